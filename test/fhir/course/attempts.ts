import * as fc from 'fast-check';
import type { CarePlan, Consent, FhirResource, Task } from 'fhir/r4.js';
import { parameters } from '../../support/svu.js';
import { cast, type Who } from './cast.js';
import { decide, reads, type ModelCase } from './model.js';
import type { Operation } from './operation.js';
import { anyOperation } from './operations.js';
import { mayRead, rowsOf, type Row } from './sight.js';
import type { Sent, World } from './world.js';
import {
  anyDecision,
  anyOpening,
  anyRedecision,
  anySaying,
  forward,
  ownerOf,
  type Deciding,
  type Opening,
  type Redeciding,
  type Saying,
} from './writes.js';

/** A request that writes, with what the model says of it. */
export type Attempt = {
  readonly who: Who;
  readonly sent: Sent;
  readonly of: ModelCase | undefined;
  /** False: the caller may not see what it is about, and learns nothing but that. */
  readonly seen: boolean;
  /** Why it is refused whatever it is about. */
  readonly faults: readonly string[];
  /** Every reason for which it may be refused; none: it must be taken. */
  readonly refusedFor: readonly string[];
  readonly status: 200 | 201;
  /** Version of what it writes on, for `If-Match`; undefined where that is not asked. */
  readonly version: (() => Promise<number | undefined>) | undefined;
  /** The status of a to-do before. */
  readonly from?: string;
  readonly take: (answered: FhirResource) => Promise<void> | void;
};

/** What somebody may want: several of a kind, of which one is taken by its sense. */
export type Intent =
  | { readonly kind: 'open'; readonly opening: Opening }
  | { readonly kind: 'operate'; readonly operations: readonly Operation[] }
  | { readonly kind: 'decide'; readonly decisions: readonly Deciding[] }
  | { readonly kind: 'redecide'; readonly redeciding: Redeciding; readonly pick: number }
  | { readonly kind: 'say'; readonly sayings: readonly Saying[]; readonly pick: number };

const some = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(of, { minLength: 6, maxLength: 6 });

export const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 2, arbitrary: anyOpening.map((opening) => ({ kind: 'open' as const, opening })) },
  {
    weight: 12,
    arbitrary: some(anyOperation).map((operations) => ({ kind: 'operate' as const, operations })),
  },
  { weight: 4, arbitrary: some(anyDecision).map((decisions) => ({ kind: 'decide' as const, decisions })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('redecide' as const),
      redeciding: anyRedecision,
      pick: fc.nat(),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('say' as const), sayings: some(anySaying), pick: fc.nat() }),
  },
);

/** What is looked for: what nothing speaks against, what one thing alone speaks against, or whatever comes first. */
export type Sense = 'right' | 'almost' | 'any';

/**
 * What comes of an intent in the world as it is; undefined where there is nothing to do it with.
 * @param whos who may do it
 */
export async function attempt(
  world: World,
  intent: Intent,
  whos: readonly Who[],
  of: ModelCase,
  sense: Sense,
): Promise<Attempt | undefined> {
  let first: Attempt | undefined;
  const type = { redecide: 'Consent', say: 'Task', open: '', operate: '', decide: '' }[intent.kind];
  const rows = type === '' ? [] : await rowsOf(world.hub.store.database, [type], of.id);
  for (const who of whos) {
    for (const each of attempts(world, intent, who, of, rows)) {
      first ??= each;
      const against = new Set([...each.faults, ...each.refusedFor]).size;
      if (sense === 'any' || (each.seen && against === (sense === 'right' ? 0 : 1))) return each;
    }
  }
  return first;
}

function* attempts(
  world: World,
  intent: Intent,
  who: Who,
  of: ModelCase,
  rows: readonly Row[],
): Generator<Attempt> {
  switch (intent.kind) {
    case 'open': {
      const attempt = opening(world, intent.opening, who);
      if (attempt !== undefined) yield attempt;
      return;
    }
    case 'operate':
      for (const operation of intent.operations) yield operating(world, operation, who, of);
      return;
    case 'decide':
      for (const deciding of intent.decisions) yield decidingBy(deciding, who, of);
      return;
    case 'redecide':
      yield* redeciding(world, intent, who, of, rows);
      return;
    default:
      yield* saying(world, intent, who, of, rows);
  }
}

const decidingBy = ({ body, faults, refusedFor, kind }: Deciding, who: Who, of: ModelCase): Attempt => ({
  who,
  sent: { method: 'POST', path: 'Consent', body: body(of.id) },
  of,
  seen: reads(of, cast[who].unit),
  faults,
  refusedFor: refusedFor(of, cast[who]),
  status: 201,
  version: undefined,
  take: ({ id = '' }) => decide(of, id, kind),
});

export function opening(world: World, { number, body, refusedFor }: Opening, who: Who): Attempt | undefined {
  const by = cast[who];
  const open = world.openCaseOf(number);
  // Another region's cases have another policy, which the model does not know.
  if (by.unit === cast.farAway.unit && open === undefined) return undefined;
  return {
    who,
    sent: { method: 'POST', path: 'CarePlan', body },
    of: undefined,
    seen: true,
    faults: [],
    refusedFor: refusedFor(by, open),
    status: 201,
    version: undefined,
    take: (answered) => {
      world.opened(answered as CarePlan & { readonly id: string }, number, by);
    },
  };
}

function operating(
  world: World,
  { name, parameter, refusedFor, take }: Operation,
  who: Who,
  of: ModelCase,
): Attempt {
  const by = cast[who];
  const open = world.openCaseOf(of.number);
  return {
    who,
    sent: {
      method: 'POST',
      path: `CarePlan/${of.id}/$${name}`,
      ...(parameter.length === 0 ? {} : { body: parameters(...parameter) }),
    },
    of,
    seen: reads(of, by.unit),
    faults: name === 'forget' ? ['unknown-operation'] : [],
    refusedFor: refusedFor(of, by, open !== undefined && open !== of),
    status: 200,
    version: async () => (await rowsOf(world.hub.store.database, ['CarePlan'], of.id))[0]?.version,
    take: () => take(of, by),
  };
}

function* redeciding(
  world: World,
  { redeciding: { change, refusedFor, take }, pick }: Extract<Intent, { kind: 'redecide' }>,
  who: Who,
  of: ModelCase,
  rows: readonly Row[],
): Generator<Attempt> {
  const row = rows[pick % Math.max(1, rows.length)];
  if (row === undefined) return;
  const stored = row.content as Consent;
  yield {
    ...written(row, change(stored), of, who, world),
    refusedFor: refusedFor(stored, of, cast[who]),
    take: () => {
      take(of, row.id);
    },
  };
}

/** Of what the own unit has still to do more often than of what it did, and than of another's. */
function* saying(
  world: World,
  { sayings, pick }: Extract<Intent, { kind: 'say' }>,
  who: Who,
  of: ModelCase,
  all: readonly Row[],
): Generator<Attempt> {
  const own = all.filter(({ content }) => ownerOf(content as Task) === cast[who].unit);
  const open = own.filter(({ content }) => Object.hasOwn(forward, (content as Task).status));
  const among = pick % 6 === 0 ? all : pick % 6 === 1 || open.length === 0 ? own : open;
  for (const [index, { change, refusedFor }] of sayings.entries()) {
    const row = among[(pick + index) % Math.max(1, among.length)];
    if (row === undefined) return;
    const stored = row.content as Task;
    yield {
      ...written(row, change(stored), of, who, world),
      from: stored.status,
      refusedFor: refusedFor(stored, of, cast[who]),
      take: () => {},
    };
  }
}

/** An update of something that is stored. */
const written = (row: Row, body: object, of: ModelCase, who: Who, world: World) => ({
  who,
  sent: { method: 'PUT' as const, path: `${row.type}/${row.id}`, body },
  of,
  seen: mayRead(row, cast[who].unit, world.cases),
  faults: [],
  status: 200 as const,
  version: () => Promise.resolve(row.version),
});
