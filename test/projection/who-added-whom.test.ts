import type { CareTeam, Communication } from 'fhir/r4.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { extensions } from '../../src/projection/codes/codes.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { policyNames } from '../support/policies.js';
import { districtNurse, units } from '../support/process/cast.js';
import { publishedCase, refuse, step } from '../support/process/svu.js';

const shown = <Kind extends CareTeam | Communication>(state: SvuState, type: Kind['resourceType']) =>
  projectSvu('0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01', state)
    .resources.map(({ content }) => content as Kind)
    .filter(({ resourceType }) => resourceType === type);

/** The units that the CareTeam says were added, with which added them. */
const addings = (state: SvuState) =>
  shown<CareTeam>(state, 'CareTeam').flatMap(({ participant = [] }) =>
    participant.flatMap(({ member, extension = [] }) =>
      extension
        .filter(({ url }) => url === extensions.participantAddedBy)
        .map(({ valueReference }) => [member?.identifier?.value, valueReference?.identifier?.value]),
    ),
  );
const texts = (state: SvuState) =>
  shown<Communication>(state, 'Communication')
    .map(({ payload }) => payload?.[0]?.contentString ?? '')
    .filter((text) => text.startsWith('Enhet tillagd'));

describe.each(policyNames)('Who added a unit, under %s', (policy) => {
  const forwarded = publishedCase(policy).after(
    step(
      'add-participant',
      { unit: units.otherHealthCentre, unitName: 'Hamnen', side: 'outpatient', organisation: 'x' },
      districtNurse,
    ),
  );

  it(`ADR-15 (${policy}): is shown in the CareTeam and in the notice`, () => {
    expect(addings(forwarded.state)).toEqual([[units.otherHealthCentre, units.healthCentre]]);
    expect(texts(forwarded.state)).toEqual([expect.stringMatching(/\nEnhet: Hamnen\n?/u)]);
    expect(texts(forwarded.state)[0]).toContain('\nTillagd av: ');
  });

  it(`ADR-15 (${policy}), CON-5: is in nothing that a refusal leaves`, () => {
    const { state } = forwarded.after(refuse);
    expect(addings(state)).toEqual([]);
    expect(texts(state).filter((text) => text.includes('Tillagd av'))).toEqual([]);
  });
});

describe('ORG-10: a unit that is bound by weaker secrecy', () => {
  const school = {
    unit: 'SE4999000062-G101',
    unitName: 'Elevhälsan',
    side: 'other',
    organisation: 'x',
  } as const;
  const invited = publishedCase().after(step('add-participant', school, districtNurse));
  const marked = (state: SvuState) =>
    shown<CareTeam>(state, 'CareTeam').flatMap(({ participant = [] }) =>
      participant
        .filter(({ extension = [] }) => extension.some(({ url }) => url === extensions.participantSecrecy))
        .map(({ member }) => member?.identifier?.value),
    );

  it('is marked as such in the case, and all who take part are told when it is added', () => {
    expect(marked(invited.state)).toEqual([school.unit]);
    expect(texts(invited.state)).toEqual([expect.stringContaining('\nSekretess: svagare')]);
  });

  it('stays marked under a refusal', () => {
    expect(marked(invited.after(refuse).state)).toEqual([school.unit]);
  });

  it('is in no case that nobody invited it to', () => {
    expect(Object.values(publishedCase().state.participants).filter(({ side }) => side === 'other')).toEqual(
      [],
    );
    expect(marked(publishedCase().state)).toEqual([]);
  });
});
