import { newest, policyNames } from '../../../test/support/policies.js';
import { opened, opening, step } from '../../../test/support/process/svu.js';
import { svu } from '../svu/svu.js';

const verdicts = { skane: 'minor-not-handled', norrbotten: undefined, vasterbotten: undefined } as const;

describe('A person under 18', () => {
  it.each(policyNames)('PAT-11: under %s, where the municipality does not handle minors', (name) => {
    const asked = step('open', { ...opening, policy: newest(name), minor: { handled: false } });
    expect(svu.decide(asked, undefined).rejection?.code).toBe(verdicts[name]);
  });

  it('PAT-11: where it does, and the log does not keep that she is one', () => {
    const { events } = opened('skane', { minor: { handled: true } });
    expect(events[0]).toMatchObject({ type: 'CaseOpened' });
    expect(events[0]?.data).not.toHaveProperty('minor');
  });
});
