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
  readonly ward:
    { readonly id: HsaId; readonly name: string | undefined; readonly known: boolean } | undefined;
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
    for (const command of commandsFor(state, stay, fact, context)) {
      const { decision } = await session.execute(svuStream, id, command);
      if (decision.rejection !== undefined) {
        effects.push(`${command.type} not taken: ${decision.rejection.code}`);
      } else if (decision.events.length > 0) effects.push(command.type);
    }
  }
  return effects;
}

function commandsFor(
  state: SvuState,
  stay: Stay,
  fact: StayFact,
  { ward, organisation, at }: FactContext,
): readonly SvuCommand[] {
  const envelope = { at, by: systemActor('journal') };
  const ofThisStay = belongsTo(state, stay, organisation);
  const linked: readonly SvuCommand[] =
    ofThisStay && state.stayId === undefined
      ? [{ type: 'link-stay', ...envelope, data: { stayId: stay.id } }]
      : [];
  switch (fact.kind) {
    case 'admitted': {
      if (ofThisStay || ward === undefined) return linked;
      // Where in another organisation the patient is, is not for this one to know (ORG-3).
      const data = organisation === state.organisation ? { ward: ward.id, ...nameOf(ward) } : {};
      return [{ type: 'note-admission-elsewhere', ...envelope, data }];
    }
    case 'transferred': {
      if (!ofThisStay || ward === undefined) return [];
      const data = { ward: ward.id, ...nameOf(ward), known: ward.known };
      return [...linked, { type: 'change-ward', ...envelope, data }];
    }
    default: {
      // discharged
      const data = { dischargedAt: fact.dischargedAt ?? fact.occurredAt };
      return ofThisStay ? [{ type: 'note-journal-discharge', ...envelope, data }] : [];
    }
  }
}

const nameOf = ({ name }: { readonly name: string | undefined }): { readonly wardName?: string } =>
  name === undefined ? {} : { wardName: name };

/**
 * Whether an open case is of this stay. A case opened before the admission message came names no stay: it is of the stay
 * at its ward, unless the journal has ended the stay it was opened in (CON-14); and of a stay that begins with a transfer or
 * a discharge (the admission never came) within its organisation.
 */
function belongsTo(state: SvuState, stay: Stay, organisation: string | undefined): boolean {
  if (state.stayId !== undefined) return state.stayId === stay.id;
  if (stay.now.ward === state.ward || stay.before?.ward === state.ward) {
    return stay.before !== undefined || state.journalDischargedAt === undefined;
  }
  if (stay.before !== undefined || stay.now.facts.some(({ kind }) => kind === 'admitted')) return false;
  return organisation === undefined || organisation === state.organisation;
}
