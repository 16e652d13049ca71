import type { Organisation, Person, Unit } from '../../src/directory/organisation.js';

const region = '4999009014';
const municipality = '4999009022';

/** A unit that takes part, with one role that may do everything. */
export function unitOf(organisationNumber: string, suffix: string, changes: Partial<Unit> = {}): Unit {
  return {
    hsaId: `SE${organisationNumber}-${suffix}`,
    name: `Unit ${suffix}`,
    organisationNumber,
    side: 'hospital',
    kind: 'ward',
    roles: { nurse: ['read', 'write', 'acknowledge', 'sign', 'approve'] },
    active: true,
    ...changes,
  };
}

/** A person with one assignment at a unit. */
export function personAt(unit: string, titles: readonly string[], suffix = 'P1'): Person {
  const organisation = unit.slice(0, unit.indexOf('-'));
  return {
    hsaId: `${organisation}-${suffix}`,
    given: 'Given',
    surname: 'Surname',
    titles,
    assignments: [{ hsaId: `${organisation}-A${suffix}`, unit, titles }],
  };
}

export const sample = {
  region,
  municipality,
  ward: `SE${region}-W1`,
  healthCentre: `SE${region}-H1`,
  inbox: `SE${municipality}-B1`,
  homeNursing: `SE${municipality}-M1`,
  nurse: `SE${region}-P1`,
} as const;

/** The smallest organisation that has every side and no fault; `changes` replaces whole sections of it. */
export function sampleOrganisation(changes: Partial<Organisation> = {}): Organisation {
  return {
    roles: {
      nurse: { name: 'Sjuksköterska', licensed: true, titles: ['Sjuksköterska', 'Distriktssköterska'] },
      planner: { name: 'Vårdplanerare', licensed: false, titles: ['Vårdplanerare'] },
      reviewer: { name: 'Loggranskare', licensed: false, titles: ['Loggranskare'], reviewsLog: true },
    },
    providers: [
      { organisationNumber: region, name: 'Region', hsaId: `SE${region}-0001`, policy: 'skane' },
      { organisationNumber: municipality, name: 'Municipality', hsaId: `SE${municipality}-0001` },
    ],
    units: [
      unitOf(region, 'S1', { kind: 'hospital', roles: {} }),
      unitOf(region, 'W1', {
        parent: `SE${region}-S1`,
        roles: {
          nurse: ['read', 'write', 'acknowledge', 'sign', 'approve'],
          planner: ['read', 'write', 'acknowledge'],
          reviewer: [],
        },
      }),
      unitOf(region, 'H1', { side: 'outpatient', kind: 'health-centre' }),
      unitOf(municipality, 'B1', { side: 'municipality', kind: 'needs-assessment' }),
      unitOf(municipality, 'M1', { side: 'municipality', kind: 'home-nursing' }),
    ],
    people: [personAt(sample.ward, ['Sjuksköterska', 'Vårdplanerare'])],
    municipalities: [
      {
        code: '3901',
        name: 'Municipality',
        organisationNumber: municipality,
        inboxes: [
          { unit: sample.inbox, serves: ['needs-assessment', 'home-care'] },
          { unit: sample.homeNursing, serves: ['home-nursing'] },
        ],
      },
    ],
    ...changes,
  };
}
