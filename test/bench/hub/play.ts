import {
  amount,
  atLeast,
  beside,
  latency,
  rate,
  ratioOf,
  type Aim,
  type BenchContext,
  type Figure,
} from '../harness/measure.js';
import { interleaved, median, percentile } from '../harness/statistics.js';
import { costOf, type Costs } from './costs.js';
import { testNumbers } from './persons.js';
import { startWholeHub, type WholeHub } from './whole-hub.js';

/** What a round of something gave. */
export type Round = {
  readonly perSecond: number;
  /** Milliseconds of each. */
  readonly latencies: readonly number[];
  readonly costs?: Costs;
};

/** Kinds of rounds by name. */
export type Rounds = Readonly<Record<string, () => Promise<Round>>>;

/** One side of a measure: a hub, or the floor beside it. */
export type Side = { readonly rounds: Rounds; close(): Promise<void> };

export type Played = {
  /** Persons whom the registers know. */
  readonly persons: number;
  /** The rounds of one hub, of this version or of another: through its doors and its database alone. */
  readonly rounds: (hub: WholeHub, numbers: readonly string[]) => Promise<Side>;
  /** The least that could be done; absent where there is none. Not asked where another version is the floor. */
  readonly floor?: () => Promise<Side>;
  /** The least program that keeps the promises that the hub keeps: says what of the distance to the floor is the promise. */
  readonly keeping?: () => Promise<Side>;
  /** Of the floor that is to be reached. */
  readonly aim?: number;
  /** Variables of the hub that differ. */
  readonly replace?: Readonly<Record<string, string>>;
};

/** Plays the rounds of this hub in turn with those of its floor, or of the version it is held against. */
export async function play(context: BenchContext, played: Played): Promise<readonly Figure[]> {
  const { pace, against } = context;
  const sides: Side[] = [];
  try {
    const subject = await hubSide(context, played, undefined, sides);
    const floor =
      against === undefined ? await played.floor?.() : await hubSide(context, played, against.root, sides);
    if (floor !== undefined && against === undefined) sides.push(floor);
    const keeping = against === undefined ? await played.keeping?.() : undefined;
    if (keeping !== undefined) sides.push(keeping);
    const named = (of: string, rounds: Rounds | undefined) =>
      Object.entries(rounds ?? {}).map(([name, round]) => [`${name}\n${of}`, round] as const);
    // The sides of each kind right after each other.
    const inTurn = [
      ...named('subject', subject.rounds),
      ...named('floor', floor?.rounds),
      ...named('keeping', keeping?.rounds),
    ].sort(([a], [b]) => (a < b ? -1 : 1));
    const results = await interleaved(pace.rounds, Object.fromEntries(inTurn));
    return Object.keys(subject.rounds).flatMap((of) => {
      const rounds = (side: string) => results[`${of}\n${side}`] ?? [];
      return [
        ...figuresOf(of, rounds('subject'), rounds('floor'), against ? undefined : played.aim),
        ...keepingFigures(of, rounds('subject'), rounds('keeping')),
      ];
    });
  } finally {
    for (const side of sides) await side.close();
  }
}

async function hubSide(
  { server, tell }: BenchContext,
  { persons, rounds, replace = {} }: Played,
  root: string | undefined,
  sides: Side[],
): Promise<Side> {
  const numbers = testNumbers(persons);
  const hub = await startWholeHub(server, numbers, undefined, { root, replace });
  const side = await rounds(hub, numbers);
  tell(`  ${root === undefined ? 'this hub' : 'the other hub'} is up`);
  sides.push({ rounds: side.rounds, close: async () => (await side.close(), await hub.stop()) });
  return side;
}

/** Does `one` again and again, so many at a time, for so long. The costs include what the hub does afterwards, until `settled`. */
export async function closedLoop(
  options: {
    readonly hub?: WholeHub;
    readonly atATime: number;
    readonly milliseconds: number;
    readonly settled?: () => Promise<void>;
  },
  one: (worker: number) => Promise<void>,
): Promise<Round> {
  const { hub, atATime, milliseconds, settled } = options;
  const latencies: number[] = [];
  let took = 0;
  const work = async (): Promise<number> => {
    const began = performance.now();
    const drive = async (worker: number): Promise<void> => {
      while (performance.now() - began < milliseconds) {
        const at = performance.now();
        await one(worker);
        latencies.push(performance.now() - at);
      }
    };
    await Promise.all(Array.from({ length: atATime }, (_, worker) => drive(worker)));
    took = performance.now() - began;
    await settled?.();
    return latencies.length;
  };
  if (hub === undefined) await work();
  const costs = hub && (await costOf(hub, work)).costs;
  return { perSecond: (latencies.length / took) * 1000, latencies, ...(costs && { costs }) };
}

const perSecond = (rounds: readonly Round[]) => median(rounds.map((round) => round.perSecond));

function keepingFigures(of: string, subject: readonly Round[], keeping: readonly Round[]): readonly Figure[] {
  if (keeping.length === 0) return [];
  return [beside(of, perSecond(subject), perSecond(keeping))];
}

/** Rate with its ratio, latency, and the costs of one. */
function figuresOf(
  of: string,
  subject: readonly Round[],
  floor: readonly Round[],
  aim: number | undefined,
): readonly Figure[] {
  const times = (rounds: readonly Round[]) => {
    const all = rounds.flatMap(({ latencies }) => latencies);
    return latency(percentile(all, 0.5), percentile(all, 0.99));
  };
  const ratio = floor.length > 0 ? ratioOf(perSecond(subject), perSecond(floor)) : undefined;
  const met: { aim?: Aim } = aim === undefined || ratio === undefined ? {} : { aim: atLeast(aim, ratio) };
  return [
    {
      of,
      subject: rate(perSecond(subject)),
      ...(floor.length > 0 && { floor: rate(perSecond(floor)) }),
      ...(ratio !== undefined && { ratio }),
      ...met,
    },
    { of: `${of}: one`, subject: times(subject), ...(floor.length > 0 && { floor: times(floor) }) },
    ...costFigures(of, subject, floor),
  ];
}

const costNames = {
  walBytes: ['write-ahead log', 'bytes'],
  statements: ['statements', 'statements'],
  hubMicroseconds: ['processor, hub', 'µs'],
  databaseMicroseconds: ['processor, database', 'µs'],
} as const;

function costFigures(of: string, subject: readonly Round[], floor: readonly Round[]): readonly Figure[] {
  return Object.entries(costNames).flatMap(([name, [shown, unit]]) => {
    const costs = (rounds: readonly Round[]) =>
      rounds.flatMap((round) => (round.costs ? [round.costs[name as keyof Costs]] : []));
    const [own, other] = [costs(subject), costs(floor)];
    if (own.length === 0) return [];
    const figure = { of: `${of}: ${shown} for one`, subject: amount(unit, median(own)) };
    if (other.length === 0) return [figure];
    return [{ ...figure, floor: amount(unit, median(other)), ratio: ratioOf(median(own), median(other)) }];
  });
}
