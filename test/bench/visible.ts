import { startKafka } from '../support/kafka/kafka-service.js';
import {
  latency,
  ratioOf,
  type BenchContext,
  type Figure,
  type Measure,
  type Pace,
} from './harness/measure.js';
import { interleaved, median, percentile } from './harness/statistics.js';
import { startBareReceiver } from './hub/bare-receiver.js';
import { inboxEmpty } from './hub/inbox-empty.js';
import { admissions, Journal } from './hub/journal.js';
import { testNumbers } from './hub/persons.js';
import { Watcher } from './hub/watcher.js';
import { settings, startWholeHub, type WholeHub } from './hub/whole-hub.js';

const rates = [50, 100, 200] as const;
const known = 500;
/** Stays watched a second at most: reading must not become the load itself. */
const watchedPerSecond = 40;
const aimMs = { cached: 50, cold: 150 } as const;

/** From the first byte of a hospital's message to the first FHIR read that shows its stay, through the whole hub. */
export const visible: Measure = {
  name: 'visible',
  title: 'Fact to visible',
  ofWholeHubs: true,
  setting: (pace) =>
    `ADT A01 over 16 MLLP connections at a steady rate, rounds of ${roundMs(pace) / 1000} s; from sending the first byte (from its turn, where no connection is free) to the end of the first \`GET Encounter/{id}\` with a ward token that answers 200, asked every 4 ms (4 ms for each stay that is waited for at that moment) for ${watchedPerSecond} of the stays a second. The hub is one process as \`npm start\` runs it, the stand-ins another. Cached: ${known} persons known; cold: every message a new person, asked of the population register over SOAP. Floor: a receiver in a thread of its own that stores each message in one commit, and is asked by id over bare HTTP whether it has it; the ratio is that of the medians. Settings: ${Object.entries(
      settings,
    )
      .map(([name, value]) => `${name}=${value}`)
      .join(', ')} (the register allows ten questions a second, with up to 500 persons in each).`,
  run,
};

// Twice as long as the other measures: a p99 needs its hundreds.
const roundMs = ({ milliseconds }: Pace): number => milliseconds * 2;
/** Fewer rounds of more kinds. */
const roundsOf = ({ rounds }: Pace): number => Math.min(rounds, 3);

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const embedded = await measured('embedded', {}, context);
  // A broker for each hub: two that share topics but no database are taken for one that was restored.
  const kafkas: RunningKafka[] = [];
  try {
    kafkas.push(await startKafka());
    if (context.against) kafkas.push(await startKafka());
    const [own, other] = kafkas.map(({ answer }) => answer.brokers);
    return [...embedded, ...(await measured('Kafka', { own, other }, context))];
  } catch (error) {
    if (kafkas.length > 0) throw error;
    context.tell(`  Kafka: not measured, ${String(error)}`);
    return embedded;
  } finally {
    for (const kafka of kafkas) await kafka.stop();
  }
}

type RunningKafka = Awaited<ReturnType<typeof startKafka>>;

/** Of either hub; undefined: the embedded transport. */
type Brokers = { readonly own?: string | undefined; readonly other?: string | undefined };

type Round = { readonly p50: number; readonly p99: number; readonly watched: number };

async function measured(
  transport: string,
  brokers: Brokers,
  { server, pace, tell, against }: BenchContext,
): Promise<readonly Figure[]> {
  const seconds = roundMs(pace) / 1000;
  const newcomers = rates.reduce((sum, rate) => sum + rate, 0) * seconds * (roundsOf(pace) + 1);
  const numbers = testNumbers(known + Math.ceil(newcomers));
  const open: { close(): Promise<void> }[] = [];
  try {
    /** What plays the rounds of one side: this hub, another version of it, or the floor. */
    const player = async (target: Target): Promise<Player> => {
      const journal = await Journal.open(target.mllp);
      const watcher = new Watcher(target);
      open.push({ close: async () => (journal.close(), watcher.close(), await target.stop()) });
      const cached = numbers.slice(0, known);
      const fresh = numbers.slice(known);
      await journal.send(admissions(cached, known), 100, () => undefined);
      await target.settled();
      tell(`  ${transport}: ${target.name} is up and knows ${known} persons`);
      return async (persons, perSecond) => {
        const count = Math.round(perSecond * seconds);
        const whose = persons === 'cached' ? cached : fresh.splice(0, count);
        const took = await playRound(admissions(whose, count), perSecond, journal, watcher);
        await target.settled();
        return { p50: percentile(took, 0.5), p99: percentile(took, 0.99), watched: took.length };
      };
    };
    const hub = async (name: string, broker: string | undefined, root?: string): Promise<Target> => {
      const started = await startWholeHub(server, numbers, broker, { root });
      return { name, ...started, settled: () => inboxEmpty(started) };
    };
    const subject = await player(await hub('this hub', brokers.own));
    const floor = await player(
      against ? await hub('the other hub', brokers.other, against.root) : await bareTarget(server),
    );
    const kinds = (['cached', 'cold'] as const).flatMap((persons) =>
      rates.map((perSecond) => ({ of: `${perSecond}/s, ${persons}`, persons, perSecond })),
    );
    const results = await interleaved(
      roundsOf(pace),
      Object.fromEntries(
        kinds.flatMap(({ of, persons, perSecond }) => [
          [of, () => subject(persons, perSecond)],
          [`${of}, floor`, () => floor(persons, perSecond)],
        ]),
      ),
    );
    return kinds.map(({ of, persons }) =>
      figureOf(`${transport}, ${of}`, results[of] ?? [], results[`${of}, floor`] ?? [], aimMs[persons]),
    );
  } finally {
    for (const each of open) await each.close();
  }
}

type Player = (persons: 'cached' | 'cold', perSecond: number) => Promise<Round>;

type Target = Pick<WholeHub, 'mllp' | 'http' | 'authorization' | 'stop'> & {
  readonly name: string;
  settled(): Promise<void>;
};

/** A receiver that stores and answers, read over bare HTTP: a slow machine is slow there too. */
async function bareTarget(server: BenchContext['server']): Promise<Target> {
  const store = await server.createDatabase();
  const bare = await startBareReceiver(store.url);
  const stop = async () => (await bare.stop(), await store.drop());
  return {
    name: 'the floor',
    mllp: bare,
    ...bare,
    authorization: '',
    settled: () => Promise.resolve(),
    stop,
  };
}

/** @returns how long it took until each watched stay was visible, in milliseconds */
async function playRound(
  messages: ReturnType<typeof admissions>,
  perSecond: number,
  journal: Journal,
  watcher: Watcher,
): Promise<readonly number[]> {
  const every = Math.max(1, Math.ceil(perSecond / watchedPerSecond));
  const watched = new Set(messages.filter((_, index) => index % every === 0));
  const waits: Promise<number>[] = [];
  await journal.send(messages, perSecond, (message, at) => {
    if (watched.has(message)) waits.push(watcher.untilVisible(message.stayId, at));
  });
  return Promise.all(waits);
}

function figureOf(of: string, rounds: readonly Round[], floor: readonly Round[], aim: number): Figure {
  const p50 = (side: readonly Round[]) => median(side.map((round) => round.p50));
  const p99 = (side: readonly Round[]) => median(side.map((round) => round.p99));
  return {
    of,
    subject: latency(p50(rounds), p99(rounds)),
    floor: latency(p50(floor), p99(floor)),
    ratio: ratioOf(p50(rounds), p50(floor)),
    aim: { text: `p99 < ${aim} ms`, met: p99(rounds) < aim },
  };
}
