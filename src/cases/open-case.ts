import { randomUUID } from 'node:crypto';
import type { Session } from '../log/log.js';
import { LookupUnavailable } from '../messaging/contracts/lookups.js';
import type { Listing, PersonIdentifier, RegisterRecord } from '../messaging/contracts/facts.js';
import type { Reading } from '../persons/record-reading.js';
import { standingChanges } from '../persons/register-changes.js';
import { personStream } from '../persons/person-stream.js';
import type { FoundPerson } from '../persons/with-person.js';
import type { Policy } from '../process/policy/policy.js';
import { reject } from '../process/rejections/rejection.js';
import type { Rejection } from '../process/rejections/rejection.js';
import type { SharedRejectionCode } from '../process/rejections/shared-rejections.js';
import type { AddressingResult } from '../process/case/addressing-result.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import { addressMunicipality, addressOutpatient, serviceUnavailable } from './addressing.js';
import { applyReading } from './apply-reading.js';
import { noteOfKnown, withAskedPerson } from './asked-person.js';
import type { AskedPerson } from './asked-person.js';
import type { CaseKind } from './kinds/case-kind.js';
import { systemActor } from './dependencies.js';
import type { CasesDependencies } from './dependencies.js';
import { findStay, wrongStay } from './find-stay.js';
import { localDateOf } from '../process/time.js';
import { inPerson } from './merge-persons.js';
import { executeOnCase } from './on-case.js';
import { minorOf } from './minor.js';
import { hidden, openCases } from './open-cases.js';

/** A request to open a case, as the facade understood it. */
export type OpenCaseRequest = {
  readonly kind: CaseKind;
  readonly by: UserActor;
  readonly requestId: string;
  /** The number as it was entered. */
  readonly number: string;
  /** What else the client said, as the reader of the kind read it. */
  readonly asked: unknown;
};

export type OpenCaseOutcome =
  | { readonly opened: true; readonly caseId: Uuid; readonly personId: Uuid }
  | {
      readonly opened: false;
      readonly rejection: Rejection;
      /** The open case that stands in the way, only when the one who asks takes part in it (SVU-2, ACC-1). */
      readonly openCase?: Uuid;
    };

/** Work of the caller that is true together with the opening, e.g. the record of a repeatable request. */
export type WithOpening = (session: Session, outcome: OpenCaseOutcome & { opened: true }) => Promise<void>;

const rejected = (code: SharedRejectionCode, field?: string): OpenCaseOutcome => ({
  opened: false,
  rejection: reject(code, field === undefined ? {} : { field }).rejection,
});

/**
 * Opens a case: checks the number (PAT-3, PAT-4) before any lookup, asks the registers (PAT-1, PAT-2, PAT-5) outside the
 * transaction, then decides under the person's lock (SVU-2) and addresses the case (ADR-1, ADR-2, ADR-13).
 *
 * @throws {DependencyUnavailable} when the population register does not answer; nothing is stored
 */
export async function openCase(
  deps: CasesDependencies,
  request: OpenCaseRequest,
  withOpening: WithOpening,
): Promise<OpenCaseOutcome> {
  const { by, kind } = request;
  const rejection = kind.opening.mayOpen(by);
  if (rejection !== undefined) return { opened: false, rejection };
  const policy = deps.policies.ofOrganisation(deps.directory.provider(by.organisation) ?? {}, kind);
  if (policy === undefined) return rejected('no-policy');
  return withAskedPerson<OpenCaseOutcome>(deps, request, {
    rejected: ({ rejection: why }) => ({ opened: false, rejection: why }),
    isTaken: ({ opened }) => opened,
    work: (person) => openForPerson(deps, request, withOpening, { policy, ...person }),
  });
}

/** The opening from the register's answer on. */
async function openForPerson(
  deps: CasesDependencies,
  request: OpenCaseRequest,
  withOpening: WithOpening,
  { policy, identifier, person }: AskedPerson & { readonly policy: Policy },
): Promise<OpenCaseOutcome> {
  const listing = await listings(deps, identifier);
  const registers: Found = {
    policy,
    record: person.record,
    listings: listing.listings,
    reading: {
      ...(person.reading === undefined ? {} : { population: person.reading }),
      ...(listing.reading === undefined ? {} : { listing: listing.reading }),
    },
  };
  try {
    return await inPerson(
      deps,
      { asked: identifier, record: person.record },
      { cause: { kind: 'request', id: request.requestId }, recordedAt: deps.now().toISOString() },
      (session, found) => decide(deps, session, found, request, registers, withOpening),
    );
  } catch (error) {
    if (!(error instanceof OpeningRejected)) throw error;
    // The open case that stands in the way may be frozen, and nobody else asks the register about a sealed person.
    await noteOfKnown(deps, request, { asked: identifier, record: person.record }, registers.reading);
    return error.outcome;
  }
}

/** Undoes the transaction: a rejected opening leaves no trace of a person the hub did not know. */
class OpeningRejected extends Error {
  override readonly name = 'OpeningRejected';
  constructor(readonly outcome: OpenCaseOutcome) {
    super('the opening was rejected');
  }
}

type Found = {
  readonly policy: Policy;
  readonly record: RegisterRecord;
  /** Undefined: the listing service does not answer. */
  readonly listings: readonly Listing[] | undefined;
  readonly reading: Reading;
};

async function decide(
  deps: CasesDependencies,
  session: Session,
  { id: personId, joined }: FoundPerson,
  request: OpenCaseRequest,
  registers: Found,
  withOpening: WithOpening,
): Promise<OpenCaseOutcome> {
  const at = deps.now().toISOString();
  await applyReading(deps, session, personId, registers.reading, {
    at,
    by: systemActor('population-register'),
    joined,
  });
  // Sealed by another reading between the lookup and the lock.
  if ((await session.load(personStream, personId)).state?.sealed !== false) {
    throw new OpeningRejected(rejected('person-protected', 'personId'));
  }
  const found = await findStay(deps, session, personId, request);
  if (found === wrongStay) throw new OpeningRejected(rejected('stay-unknown', 'stayId'));
  const { stay, elsewhere } = found;
  const { by, kind } = request;
  const open = (await openCases(session, deps.kinds, personId)).find((each) => each.kind === kind);
  const caseId = randomUUID();
  const minor = minorOf(deps.directory, registers.record, localDateOf(at));
  const step = kind.opening.command(request.asked, {
    personId,
    policy: registers.policy,
    ...(stay === undefined ? {} : { stayId: stay }),
    ...(open === undefined ? {} : { openCase: open.id }),
    ...(minor === undefined ? {} : { minor }),
    outpatient: outpatient(deps, registers),
    municipality: addressMunicipality(deps.directory, registers.record),
  });
  const { decision } = await executeOnCase(session, kind, caseId, { ...step, at, by });
  if (decision.rejection !== undefined) {
    const knows = open !== undefined && open.state.participants[by.unit] !== undefined;
    throw new OpeningRejected({
      opened: false,
      rejection: hidden(kind, decision.rejection, by, open),
      ...(knows ? { openCase: open.id } : {}),
    });
  }
  // What stood in the register before there was a case to tell is asked about now (PAT-7).
  const changed = standingChanges(registers.record);
  if (changed.length > 0)
    await executeOnCase(session, kind, caseId, {
      type: 'note-register-change',
      at,
      by: systemActor('population-register'),
      data: { changed },
    });
  // Which stay it is, the ward knows: the journal's is another, or has not been told of where the patient is.
  if (elsewhere !== undefined && kind.opening.stay?.elsewhere !== undefined) {
    const { ward } = elsewhere.state;
    const name = ward === undefined ? undefined : deps.directory.unit(ward)?.name;
    const told = kind.opening.stay.elsewhere(elsewhere.id, elsewhere.state, name);
    await executeOnCase(session, kind, caseId, { ...told, at, by: systemActor('journal') });
  }
  const outcome = { opened: true, caseId, personId } as const;
  await withOpening(session, outcome);
  return outcome;
}

function outpatient(deps: CasesDependencies, found: Found): AddressingResult {
  return found.listings === undefined
    ? serviceUnavailable
    : addressOutpatient(deps.directory, found.listings, localDateOf(deps.now().toISOString()));
}

/** The listing service being down stops nothing: the case is kept and addressed later (ADR-13). */
async function listings(
  deps: CasesDependencies,
  identifier: PersonIdentifier,
): Promise<{ listings: readonly Listing[] | undefined; reading: Reading['listing'] }> {
  try {
    return await deps.registers.listings(identifier);
  } catch (error) {
    if (!(error instanceof LookupUnavailable)) throw error;
    return { listings: undefined, reading: undefined };
  }
}
