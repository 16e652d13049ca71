import { policies } from '../../test/support/policies.js';
import { sampleOrganisation } from '../../test/support/organisation.js';
import { kindOfSvu } from '../process/svu/kind.js';
import type { Organisation, Provider } from '../directory/organisation.js';
import { checkPoliciesOf } from './check-providers.js';

const { settings } = policies;
const settingNames = Object.keys(settings);

/** The sample organisation with its region changed, and what is wrong with it. */
function problems(changes: Partial<Record<keyof Provider, unknown>>, of = sampleOrganisation()) {
  const [region, ...others] = of.providers;
  const organisation = { ...of, providers: [{ ...region, ...changes }, ...others] } as Organisation;
  return checkPoliciesOf(organisation, policies).map(({ rule, problem, place }) => ({
    rule,
    problem,
    place,
  }));
}

describe('What an organisation says of its policy', () => {
  it('ORG-11: is right where the policy is there', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ local: {} })).toEqual([]);
  });

  it.each(['constructor', '', 'Skane'])('ORG-11: a policy that nobody has is refused: "%s"', (policy) => {
    expect(problems({ policy })).toMatchObject([{ rule: 'ORG-11', place: ['providers', 0, 'policy'] }]);
  });

  it.each(settingNames.filter((name) => settings[name]?.local === undefined))(
    'ORG-11: %s is left to no organisation, whatever it says',
    (name) => {
      for (const policy of policies.names) {
        const own = policies.newest(policy)?.settings[name];
        expect(problems({ policy, local: { [name]: own } })).toMatchObject([
          { rule: settings[name]?.rule, place: ['providers', 0, 'local', name] },
        ]);
      }
    },
  );

  it.each(settingNames.filter((name) => settings[name]?.local !== undefined))(
    'MSG-2: %s may be what the policy says, and no value of another kind',
    (name) => {
      for (const policy of policies.names) {
        const own = policies.newest(policy)?.settings[name];
        expect(problems({ policy, local: { [name]: own } })).toEqual([]);
        expect(problems({ policy, local: { [name]: { own } } })).toHaveLength(1);
      }
    },
  );

  it('MSG-2: messages are acknowledged always where an organisation asks for it, and never less than its policy asks', () => {
    const [asks, asksNot] = [{ messagesAcknowledged: true }, { messagesAcknowledged: false }];
    expect(problems({ policy: 'vasterbotten', local: asks })).toEqual([]);
    expect(problems({ policy: 'vasterbotten', local: asksNot })).toMatchObject([{ rule: 'MSG-2' }]);
    expect(policies.ofOrganisation({ policy: 'vasterbotten', local: asks }, kindOfSvu)?.settings).toEqual({
      ...policies.newest('vasterbotten')?.settings,
      ...asks,
    });
  });

  it.each(['skane', 'norrbotten'])(
    'MSG-6: under %s, which has no messages, asking for acknowledgements is refused',
    (policy) => {
      expect(problems({ policy, local: { messagesAcknowledged: true } })).toMatchObject([
        { rule: 'MSG-2', problem: expect.stringContaining('says something only where a withdrawal') },
      ]);
    },
  );

  it('ORG-11: a setting that there is none of, and a narrowing of no policy, are refused', () => {
    expect(problems({ local: { readyHour: 12, constructor: 1 } })).toHaveLength(2);
    expect(problems({ policy: undefined, local: { messagesAcknowledged: true } })).toMatchObject([
      { problem: 'only an organisation with a policy narrows one' },
    ]);
  });
});
