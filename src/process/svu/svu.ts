import type { Decider } from '../decider.js';
import type { Decision } from '../rejections/rejection.js';
import { followDeadlines } from '../deadlines/follow-deadlines.js';
import { decideBy, evolveBy } from '../subject.js';
import { followEvent } from './followings.js';
import { blank, decideOpen, evolveCaseOpened } from './opening.js';
import type { SvuState } from './state.js';
import { stepsOf } from './steps.js';
import { subjects } from './subjects.js';
import { svuTables } from './tables.js';
import type { SvuCommand, SvuEvent } from './subjects.js';
import { reject } from './rejections.js';

/** Coordination at discharge: every rule of an SVU case, one file for each subject. */
export const svu: Decider<SvuState, SvuCommand, SvuEvent> = { decide, evolve };

/** Every event that an SVU can have. */
export const svuEvents: ReadonlySet<string> = new Set(['CaseOpened', ...Object.keys(subjects.evolve)]);

function decide(command: SvuCommand, state: SvuState | undefined): Decision<SvuEvent> {
  if (command.type === 'open') return decideOpen(command, state);
  if (state === undefined) return reject('no-such-case');
  return decideBy(subjects, command, state) ?? reject('step-unknown');
}

/** Never refuses: an event that this build does not know changes nothing, and a log without its beginning is borne. */
function evolve(state: SvuState | undefined, event: SvuEvent): SvuState {
  const before = state ?? blank(event);
  const next =
    event.type === 'CaseOpened'
      ? state === undefined
        ? evolveCaseOpened(event)
        : before
      : evolveBy(subjects, before, event);
  const followed = followDeadlines(svuTables.todos, followEvent(before, next, event));
  return { ...followed, steps: stepsOf(followed) };
}
