import type { Encounter, Reference } from '../fhir/resources.js';

/** Where the patient is now, or was last: an active location before others, then the latest. */
export function currentLocation({ location }: Pick<Encounter, 'location'>): Reference | undefined {
  const been = (location ?? []).filter(({ status }) => status !== 'planned' && status !== 'reserved');
  const active = been.filter((each) => each.status === 'active' || (!each.status && !each.period?.end));
  const candidates = active.length > 0 ? active : been;
  let latest = candidates[0];
  for (const each of candidates)
    if (latest && startOf(each.period?.start) >= startOf(latest.period?.start)) latest = each;
  return latest?.location;
}

/**
 * What an Encounter itself names as its place, as one text: its location and who provides it, whatever they lead to and whatever the
 * settings say. Two that are equal name the same place. It may hold anything that a reference holds, so it is sealed where it is kept.
 */
export function placeOf(encounter: Pick<Encounter, 'location' | 'serviceProvider'>): string {
  return JSON.stringify(
    [currentLocation(encounter), encounter.serviceProvider].map((each) => [
      each?.reference ?? null,
      each?.identifier?.system ?? null,
      each?.identifier?.value ?? null,
    ]),
  );
}

function startOf(text: string | undefined): number {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? 0 : at;
}
