import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { rebuild } from '../../src/log/rebuild.js';
import { asJson, asProcessEvent } from '../../src/log/recorded-event.js';
import { StreamRegistry, type AnyStreamType } from '../../src/log/stream-registry.js';
import type { LoggedEvent, StreamType } from '../../src/log/stream-type.js';
import { upcasters } from '../../src/log/upcasters/index.js';
import type { Todo } from '../../src/process/vocabulary.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { origin } from '../log/errand.js';
import { coursesOf, golden, streams } from './golden.js';

/** What the to-do carries and its row does not, but for the names of units. */
const notInRow = ({ kind, input = {} }: Todo) =>
  Object.keys(input)
    .filter((name) => caseKinds.todos[kind]?.carries?.[name.replace(/Name$/, '')] === undefined)
    .map((name) => `${kind}: ${name}`);

const names = Object.keys(streams) as (keyof typeof streams)[];
const courses = names.flatMap((name) => coursesOf(name).map((course) => [name, course] as const));
const eventsOf = (name: keyof typeof streams, course: string) =>
  golden(name, course).map((event) => asProcessEvent(streams[name], event, upcasters));

describe.each(courses)('Every version ever written of the events of %s, course "%s"', (name, course) => {
  const type = streams[name];
  const events = eventsOf(name, course);

  it('is folded and shown, one after another, and all of it is plain data', async () => {
    let state: unknown;
    for (const event of events) {
      state = type.decider.evolve(state, event);
      expect(asJson(state)).toEqual(state);
      const shown = await type.project(randomUUID(), state, {
        registerCopy: () => Promise.resolve(undefined),
      });
      expect(asJson(shown)).toEqual(shown);
    }
    expect(state).toMatchSnapshot();
  });

  it('an event of a to-do finds it among those that the events before it opened', () => {
    let state: unknown;
    const strangers = events.filter((event) => {
      const { todos = {} } = (state ?? {}) as { readonly todos?: Readonly<Record<string, unknown>> };
      state = type.decider.evolve(state, event);
      const isOfTodo = event.type.startsWith('Todo');
      return isOfTodo && !((event.data as { readonly key: string }).key in todos);
    });
    expect(strangers).toEqual([]);
  });

  it('ORG-12: what a to-do carries stands in the row of its kind', () => {
    let state: unknown;
    const strangers = events.flatMap((event) => {
      state = type.decider.evolve(state, event);
      const { todos = {} } = state as { readonly todos?: Readonly<Record<string, Todo>> };
      return Object.values(todos).flatMap(notInRow);
    });
    expect(strangers).toEqual([]);
  });

  it.each(events.map((event) => [event.type, event] as const))(
    'is folded whatever came before: %s as the first',
    (_, event) => {
      expect(type.decider.evolve(undefined, event)).toBeDefined();
    },
  );

  it('of a type that is not known changes nothing', () => {
    const [first] = events;
    const state = type.decider.evolve(undefined, first!);
    expect(type.decider.evolve(state, { ...first!, type: 'Invented', data: {} })).toEqual(state);
  });
});

it.each(names)('Every type of event of %s changes the state, in some course', (name) => {
  const changing = coursesOf(name).flatMap((course) => {
    let state: unknown;
    return eventsOf(name, course).filter((event) => {
      const before = state;
      state = streams[name].decider.evolve(state, event);
      return !isDeepStrictEqual(state, before);
    });
  });
  const types = new Set(golden(name, '').map(({ type }) => type));
  expect(new Set(changing.map(({ type }) => type))).toEqual(types);
});

describe.each([...new Set(courses.map(([, course]) => course))])(
  'The real streams, course "%s"',
  (course) => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await createTestDatabase();
    });
    afterAll(() => test.drop());

    it('show the same live and rebuilt', async () => {
      const log = new PostgresLog({ database: test.database });
      for (const name of names) {
        const id = randomUUID();
        for (const event of eventsOf(name, course)) {
          await log.transact(origin(), (session) => session.execute(lettingHappen(streams[name]), id, event));
        }
      }
      const registry = new StreamRegistry(Object.values(streams));
      const report = await rebuild({ database: test.database, registry, swap: false, resume: false });
      expect(report.differences).toEqual([]);
      const { rows } = await test.database.query('select 1 from rebuild.resource_version');
      expect(rows.length).toBeGreaterThan(20);
    });
  },
);

/** The stream type with a decider that lets any event happen. */
function lettingHappen(type: AnyStreamType): StreamType<unknown, LoggedEvent, LoggedEvent> {
  return {
    ...type,
    personOf: (state) => type.personOf(state),
    project: (id, state, context) => type.project(id, state, context),
    decider: {
      decide: (event) => ({ events: [event] }),
      evolve: (state, event) => type.decider.evolve(state, event),
    },
  };
}
