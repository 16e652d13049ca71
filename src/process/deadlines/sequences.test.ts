import { svuTables } from '../svu/tables.js';
import * as fc from 'fast-check';
import { nurse, journal, units } from '../../../test/support/process/cast.js';
import { leadTimeOf } from '../todo/kind-of-todo.js';
import type { Instant, Todo } from '../vocabulary.js';
import { nextDeadline, standingOf } from './deadlines.js';
import type { Todos } from './deadlines.js';
import { decideNoteDeadlines, evolveDeadlineTold } from './telling.js';
import type { DeadlineEvent } from './telling.js';

/** Any to-dos whose dates move, which end and come back, and clocks of several processes that go unevenly. */
const hour = 3_600_000;
const start = Date.parse('2026-03-02T08:00:00.000Z');
const iso = (time: number): Instant => new Date(time).toISOString();

const keys = fc.constantFrom('a', 'b', 'c');
/** From long ago to far ahead, as often as not on the moment of another. */
const offset = fc.oneof(
  fc.integer({ min: -48 * hour, max: 48 * hour }),
  fc.integer({ min: -12, max: 12 }).map((hours) => hours * hour),
);
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ act: fc.constant('open' as const), key: keys, offset }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('move' as const), key: keys, offset }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('complete' as const, 'cancel' as const, 'resume' as const, 'no-date' as const),
      key: keys,
    }),
  },
  // A process whose clock is somewhat behind asks too.
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('look' as const),
      pass: fc.oneof(fc.integer({ min: 0, max: 6 * hour }), fc.constant(0)),
      behind: fc.constantFrom(0, 0, 1, 60_000),
    }),
  },
);

const opened = (key: string, deadline: Instant): Todo => ({
  key,
  kind: key === 'a' ? 'publish-admission-notice' : 'acknowledge-ready',
  unit: units.ward,
  responsibility: 'write',
  openedAt: iso(start),
  deadline,
  state: 'requested',
  personal: true,
});

function change(
  todos: Todos,
  todo: Todo,
  { act, offset }: { act: string; offset?: number },
  now: number,
): Todos {
  const { deadline: _date, ...rest } = todo;
  const next: Todo =
    act === 'move'
      ? { ...todo, deadline: iso(now + (offset ?? 0)) }
      : act === 'no-date'
        ? rest
        : act === 'complete'
          ? { ...todo, state: 'completed', endedAt: iso(now), endedBy: nurse }
          : { ...todo, state: act === 'cancel' ? 'cancelled' : 'requested' };
  return { ...todos, [todo.key]: next };
}

it('SVU-5: whatever moves, ends and comes back, each thing is told when it is true, of the date that holds, and once', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      let now = start;
      let todos: Todos = {};
      const last = new Map<string, DeadlineEvent>();
      for (const each of acts) {
        if (each.act !== 'look') {
          const todo = todos[each.key];
          if (each.act === 'open') {
            todos = { ...todos, [each.key]: opened(each.key, iso(now + each.offset)) };
            last.delete(each.key);
          } else if (todo !== undefined) todos = change(todos, todo, each, now);
          continue;
        }
        now += each.pass;
        const at = iso(now - each.behind);
        const command = { type: 'note-deadlines', at, by: journal, data: {} } as const;
        const asked = nextDeadline(svuTables.todos, todos);
        const events = decideNoteDeadlines(svuTables.todos, command, todos).events ?? [];
        // The column by which the job finds the stream says the same as the decision.
        expect(events.length > 0).toBe(asked !== undefined && asked <= at);
        expect(new Set(events.map(({ data }) => data.key)).size).toBe(events.length);
        for (const event of events) {
          const todo = todos[event.data.key];
          expect(todo).toMatchObject({ state: 'requested', deadline: event.data.deadline });
          expect(event.type).toBe(event.data.deadline < at ? 'TodoOverdue' : 'TodoDue');
          const before = last.get(event.data.key);
          const again = before?.data.deadline === event.data.deadline;
          // Of the same date only the later of the two follows the earlier.
          expect(!again || (before.type === 'TodoDue' && event.type === 'TodoOverdue')).toBe(true);
          last.set(event.data.key, event);
          todos = evolveDeadlineTold(todos, event);
        }
        expect(decideNoteDeadlines(svuTables.todos, command, todos).events).toEqual([]);
        const next = nextDeadline(svuTables.todos, todos);
        expect(next === undefined || next > at).toBe(true);
        for (const todo of Object.values(todos)) {
          if (todo.state !== 'requested' || todo.deadline === undefined) continue;
          // Whatever the to-do itself says, the last that was told of its date is the newest truth.
          const told = last.get(todo.key);
          const of = told?.data.deadline === todo.deadline ? told.type : undefined;
          const near = Date.parse(todo.deadline) - leadTimeOf(svuTables.todos, todo) <= Date.parse(at);
          expect(todo.deadline >= at || of === 'TodoOverdue').toBe(true);
          expect(!near || of !== undefined).toBe(true);
          expect(standingOf(todo)).toBe(of && (of === 'TodoDue' ? 'due' : 'overdue'));
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
