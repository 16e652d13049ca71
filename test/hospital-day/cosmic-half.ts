import type { CosmicStandIn } from '../../connectors/cosmic/stand-in.js';
import { foreignCanonicals } from '../../src/projection/codes/codes.js';
import type { Random } from '../endurance/random.js';
import { national, patient } from '../connectors/cosmic/cosmic-support.js';
import type { Person } from './persons.js';
import { assumed, sourceOf, type Step } from './plan.js';

const savedAgain = 0.05;

/** What the file of the server begins with: the patients and the wards. */
export function resourcesOf(persons: readonly Person[], wardIds: readonly string[]): readonly object[] {
  const patients = persons.map(({ kind, number: value }, person) =>
    patient(`p${person}`, [
      { system: `${national}/${kind === 'reserve' ? 'nationelltReservnummer' : 'personnummer'}`, value },
    ]),
  );
  const wards = Array.from({ length: assumed.wards }, (_, ward) => ward)
    .filter((ward) => sourceOf(ward) === 'cosmic')
    .map((ward) => ({
      resourceType: 'Location',
      id: `D${ward}`,
      identifier: [{ system: 'urn:oid:1.2.752.29.4.19', value: wardIds[ward] }],
    }));
  return [...patients, ...wards];
}

/** Writes what these steps make of their Encounters, each at the moment the journal was written; some are saved twice. */
export function write(server: CosmicStandIn, steps: readonly Step[], random: Random): number {
  let versions = 0;
  for (const step of steps.toSorted((one, other) => one.toldAt - other.toldAt)) {
    for (let times = random.chance(savedAgain) ? 2 : 1; times > 0; times -= 1) {
      // Half a second in, so that the whole second is the one of the plan whenever this runs.
      server.clock({ stamps: step.toldAt + 500 - Date.now(), coarse: 1000 });
      server.put(encounterAfter(step));
      versions += 1;
    }
  }
  return versions;
}

function encounterAfter({ stay, kind, at, ward, expectedDischarge }: Step) {
  const statuses = { discharge: 'finished', 'cancel-admission': 'cancelled' } as const;
  const instant = (time: number): string => new Date(time).toISOString();
  return {
    resourceType: 'Encounter' as const,
    id: stay.visit,
    status: kind === 'discharge' || kind === 'cancel-admission' ? statuses[kind] : 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    subject: { reference: `Patient/p${stay.person}` },
    period: { start: instant(stay.admittedAt), ...(kind === 'discharge' && { end: instant(at) }) },
    location: [{ location: { reference: `Location/D${ward}` }, status: 'active' }],
    ...(expectedDischarge !== undefined && {
      extension: [{ url: foreignCanonicals.plannedEndDate, valueDateTime: expectedDischarge }],
    }),
  };
}
