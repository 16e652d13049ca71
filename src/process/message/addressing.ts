import { circleFor, isFullFor, mostCircles } from '../case/circles.js';
import { everyUnit, nameOf, policyOfCase } from '../case/questions.js';
import type { CaseState } from '../case/state.js';
import { reject } from '../rejections/rejection.js';
import type { Rejected } from '../rejections/rejection.js';
import type { HsaId } from '../vocabulary.js';
import { chosenToAcknowledge } from './acknowledging.js';
import type { MessageCommand } from './message.js';

type Asked = Pick<Extract<MessageCommand, { type: 'send' }>['data'], 'to' | 'acknowledgedBy' | 'answers'>;

/** Who gets a message, who alone reads it, and who is asked to acknowledge it. */
type Addressed = {
  readonly recipients: readonly HsaId[];
  readonly readers?: readonly HsaId[];
  readonly circle?: string;
  readonly acknowledgedBy: readonly HsaId[];
};

/** Whom a message of a unit goes to (MSG-1, MSG-2, MSG-7), or why it cannot. */
export function addressed(
  of: CaseState,
  sender: HsaId,
  asked: Asked,
): { readonly to: Addressed; readonly rejected?: undefined } | { readonly rejected: Rejected } {
  const { directedMessages } = policyOfCase(of);
  const thread = asked.answers?.readers;
  const to = asked.to ?? thread?.filter((unit) => unit !== sender);
  const rejected =
    first(to, (unit) => outsideCase(of, unit)) ??
    (thread === undefined
      ? undefined
      : first(to, (unit) => (thread.includes(unit) || unit === sender ? undefined : beyondThread(of, unit))));
  if (rejected !== undefined) return { rejected };
  // Of an answer to what was directed the others do not read either, whatever the policy says by now.
  const directed = to !== undefined && (directedMessages === 'addressees-read' || thread !== undefined);
  const readers = directed ? [...new Set([sender, ...to])].toSorted() : undefined;
  const circle = readers && circleFor(of, readers);
  if (circle !== undefined && isFullFor(of, circle))
    return { rejected: reject('circles-full', { field: 'to', values: { most: String(mostCircles) } }) };
  const readable = readers ?? everyUnit(of);
  const recipients =
    to === undefined ? readable.filter((unit) => unit !== sender) : [...new Set(to)].toSorted();
  const acknowledging = chosenToAcknowledge(policyOfCase(of), {
    sender,
    chosen: asked.acknowledgedBy,
    readable,
    recipients,
    called: (unit) => called(of, unit),
  });
  if ('rejection' in acknowledging) return { rejected: acknowledging };
  return {
    to: {
      recipients,
      ...(readers === undefined || circle === undefined ? {} : { readers, circle }),
      acknowledgedBy: acknowledging,
    },
  };
}

function outsideCase(of: CaseState, unit: HsaId): Rejected | undefined {
  return of.participants[unit] === undefined
    ? reject('message-beyond-case', { field: 'to', values: { unit: called(of, unit) } })
    : undefined;
}

const beyondThread = (of: CaseState, unit: HsaId): Rejected =>
  reject('answer-beyond-thread', { field: 'to', values: { unit: called(of, unit) } });

/** The name, where the case knows it; else the id that the sender gave. */
const called = (of: CaseState, unit: HsaId): string => nameOf(of, unit) || unit;

function first(
  units: readonly HsaId[] = [],
  faultOf: (unit: HsaId) => Rejected | undefined,
): Rejected | undefined {
  for (const unit of units) {
    const rejected = faultOf(unit);
    if (rejected !== undefined) return rejected;
  }
  return undefined;
}
