import type { PersonIdentifier } from '../messaging/contracts/facts.js';
import { checkPersonalNumber } from '../persons/personal-number.js';
import type { PersonalNumberFault } from '../persons/personal-number.js';
import type { Reading } from '../persons/record-reading.js';
import type { PersonReading } from '../persons/registers.js';
import { numbersOf } from '../persons/with-person.js';
import type { Numbers } from '../persons/with-person.js';
import { reject } from '../process/rejections/rejection.js';
import type { Rejected } from '../process/rejections/rejection.js';
import type { SharedRejectionCode } from '../process/rejections/shared-rejections.js';
import { applyReading } from './apply-reading.js';
import { systemActor } from './dependencies.js';
import type { CasesDependencies } from './dependencies.js';
import { needed } from './dependency-unavailable.js';
import { evenly } from './even-time.js';
import { inPerson } from './merge-persons.js';

/** A request about a person by the number as it was entered. */
type AskedByNumber = { readonly requestId: string; readonly number: string };

/** Somebody whom the population register knows and who is not protected. */
export type AskedPerson = {
  readonly identifier: PersonIdentifier;
  readonly person: Extract<PersonReading, { readonly outcome: 'found' }>;
};

const faults: Readonly<Record<PersonalNumberFault, SharedRejectionCode>> = {
  length: 'personal-number-length',
  date: 'personal-number-date',
  'check-digit': 'personal-number-check-digit',
  'reserve-number': 'reserve-number',
};

/**
 * Does something about a person whom a client names by number: checks the number (PAT-3, PAT-4) before any lookup, and asks the population
 * register (PAT-1, PAT-2, PAT-5). Whatever is rejected from its answer on takes a common time, which tells nothing of who is known here
 * ([40](../../docs/decisions/0040-limits-of-the-facade.md)).
 *
 * @throws {DependencyUnavailable} when the population register does not answer; nothing is stored
 */
export async function withAskedPerson<Outcome>(
  deps: CasesDependencies,
  request: AskedByNumber,
  {
    rejected,
    isTaken,
    work,
  }: {
    readonly rejected: (why: Rejected) => Outcome;
    readonly isTaken: (outcome: Outcome) => boolean;
    readonly work: (asked: AskedPerson) => Promise<Outcome>;
  },
): Promise<Outcome> {
  const field = 'personId';
  const checked = checkPersonalNumber(request.number);
  if (!checked.valid) return rejected(reject(faults[checked.fault], { field }));
  const { identifier } = checked;
  const person = await needed(deps.registers.person(identifier));
  const since = performance.now();
  const outcome = await answer();
  if (!isTaken(outcome)) await evenly(since);
  return outcome;

  async function answer(): Promise<Outcome> {
    if (person.outcome === 'not-found') return rejected(reject('person-unknown', { field }));
    if (person.outcome === 'found') return work({ identifier, person });
    const numbers = { asked: identifier, record: person.reading.record };
    await noteOfKnown(deps, request, numbers, { population: person.reading });
    return rejected(reject('person-protected', { field }));
  }
}

/**
 * What the registers said about a person who is known here reaches her open case also when nothing else comes of the request: one who has
 * become protected is sealed now, not at the next reading, and one who is protected no more goes on (PAT-6).
 */
export async function noteOfKnown(
  deps: CasesDependencies,
  { requestId }: Pick<AskedByNumber, 'requestId'>,
  numbers: Numbers,
  reading: Reading,
): Promise<void> {
  if (!(await deps.registers.knows(numbersOf(numbers)))) return;
  const at = deps.now().toISOString();
  await inPerson(
    deps,
    numbers,
    { cause: { kind: 'request', id: requestId }, recordedAt: at },
    async (session, { id, joined }) => {
      await applyReading(deps, session, id, reading, { at, by: systemActor('population-register'), joined });
    },
  );
}
