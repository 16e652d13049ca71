import type { Session } from '../../log/log.js';
import type { StayFact } from '../../messaging/contracts/facts.js';
import type { StayState } from '../../process/stay/stay.js';
import type { SvuCommand } from '../../process/svu/commands.js';
import type { SvuState } from '../../process/svu/state.js';
import type { HsaId, Instant, Uuid } from '../../process/vocabulary.js';
import { systemActor } from '../dependencies.js';
import { openCases } from '../open-cases.js';
import { svuStream } from '../streams.js';

/** The stay before and after the fact. */
type Stay = { readonly id: Uuid; readonly before: StayState | undefined; readonly now: StayState };

type FactContext = {
  readonly ward: { readonly id: HsaId; readonly known: boolean } | undefined;
  /** The organisation of the ward, where it is known. */
  readonly organisation: string | undefined;
  readonly at: Instant;
};

/**
 * What a journal fact does to the person's open cases (the table of design, section 5): an admission asks the ward about
 * an open case elsewhere, a transfer takes the case along (SVU-25), a discharge becomes the ward's to-do to publish it
 * (SVU-21). The process may find that a fact changes nothing; that is not an error of the fact.
 *
 * @returns what was done, in words for the inbox
 */
export async function stayEffects(
  session: Session,
  personId: Uuid,
  stay: Stay,
  fact: StayFact,
  context: FactContext,
): Promise<readonly string[]> {
  const effects: string[] = [];
  for (const { id, state } of await openCases(session, personId)) {
    const command = commandFor(state, stay, fact, context);
    if (command === undefined) continue;
    const { decision } = await session.execute(svuStream, id, command);
    effects.push(
      decision.rejection === undefined
        ? command.type
        : `${command.type} not taken: ${decision.rejection.code}`,
    );
  }
  return effects;
}

function commandFor(
  state: SvuState,
  stay: Stay,
  fact: StayFact,
  { ward, organisation, at }: FactContext,
): SvuCommand | undefined {
  const envelope = { at, by: systemActor('journal') };
  const ofThisStay = belongsTo(state, stay, organisation);
  switch (fact.kind) {
    case 'admitted':
      return ward === undefined || state.ward === ward.id || state.stayId === stay.id
        ? undefined
        : { type: 'note-admission-elsewhere', ...envelope, data: { ward: ward.id } };
    case 'transferred':
      return ward === undefined || !ofThisStay || state.ward === ward.id
        ? undefined
        : { type: 'change-ward', ...envelope, data: { ward: ward.id, known: ward.known } };
    default: // discharged
      return ofThisStay
        ? {
            type: 'note-journal-discharge',
            ...envelope,
            data: { dischargedAt: fact.dischargedAt ?? fact.occurredAt },
          }
        : undefined;
  }
}

/**
 * Whether an open case is of this stay. A case opened before the admission message came names no stay: it is of the stay
 * at its ward; and of a stay that begins with a transfer (the admission never came) within its organisation.
 */
function belongsTo(state: SvuState, stay: Stay, organisation: string | undefined): boolean {
  if (state.stayId !== undefined) return state.stayId === stay.id;
  if (stay.before?.ward !== undefined) return stay.before.ward === state.ward;
  if (stay.now.ward === state.ward) return true;
  return organisation === undefined || organisation === state.organisation;
}
