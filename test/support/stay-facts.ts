import type { PersonIdentifier, StayFact } from '../../src/messaging/contracts/facts.js';
import { staff } from './staff.js';

/**
 * What a journal says of stays at the ward of the fictional region: each message is another, the time is given, and so are changes.
 * @param sender as the messages name it
 */
export function stayFacts(sender: string) {
  let message = 0;
  return (
    person: string | PersonIdentifier,
    visit: string,
    kind: StayFact['kind'],
    at: Date,
    changes: Partial<StayFact> = {},
  ): StayFact => {
    const time = at.toISOString();
    message += 1;
    return {
      kind,
      person: typeof person === 'string' ? { type: 'personnummer', value: person } : person,
      visit,
      ward: staff.nurse.unit,
      ...(kind === 'admitted' ? { admittedAt: time } : {}),
      ...(kind === 'discharged' ? { dischargedAt: time } : {}),
      occurredAt: time,
      sender,
      messageId: `${sender}${message}`,
      ...changes,
    };
  };
}

const people = [
  '193406129829',
  '194102039817',
  '194711199846',
  '192908059831',
  '193804289860',
  '195209179851',
  '194401309887',
  '193612229876',
  '195007149908',
  '194505099921',
  '193902169899',
  '195310089940',
  '194206219919',
  '190503279812',
  '195801149823',
  '196311909847',
];

/** Persons of the fictional region, each once. */
export function peopleOfRegion(): () => string {
  const left = [...people];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error('the tests have used up the region');
    return next;
  };
}
