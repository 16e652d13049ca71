import { MllpClient } from '../../connectors/melior/mllp/send-mllp.js';
import type { BenchContext, Figure, Measure } from './harness/measure.js';
import { startBareReceiver } from './hub/bare-receiver.js';
import { inboxEmpty } from './hub/inbox-empty.js';
import { admissions } from './hub/journal.js';
import { startKeepingReceiver } from './hub/keeping-receiver.js';
import { closedLoop, play, type Rounds, type Side } from './hub/play.js';
import { testNumbers } from './hub/persons.js';
import type { WholeHub } from './hub/whole-hub.js';

const persons = 500;
const connections = [1, 8, 32] as const;
const aim = 0.5;

/** From a hospital's message to the answer that it is on durable storage, while the hub deals with what it has taken. */
export const acknowledge: Measure = {
  name: 'acknowledge',
  title: 'A01 to durable answer',
  ofWholeHubs: true,
  setting: () =>
    `ADT A01 of ${persons} known persons over ${connections.join(', ')} MLLP connections, each sending its next message when it has its answer, while the hub deals with the facts. Floor: a receiver in a thread of its own that takes the frame apart, stores it in one commit and answers, and does nothing more. Beside it the least program that keeps the same promises: sealed, recorded, in order, and facts gone on with meanwhile as the hub does. What one costs is counted until its fact has been dealt with.`,
  run,
};

function run(context: BenchContext): Promise<readonly Figure[]> {
  const { server, pace } = context;
  return play(context, {
    persons,
    aim,
    rounds: async (hub, numbers) => {
      await send(hub.mllp, 16, admissions(numbers, persons));
      await inboxEmpty(hub);
      return sideOf(hub.mllp, pace.milliseconds, numbers, hub);
    },
    floor: async () => {
      const bare = await startBareReceiver((await server.createDatabase()).url);
      const side = sideOf(bare, pace.milliseconds, testNumbers(persons));
      return { rounds: side.rounds, close: async () => (await side.close(), await bare.stop()) };
    },
    keeping: async () => {
      const store = await server.createDatabase();
      const keeping = await startKeepingReceiver(store.database);
      const side = sideOf(keeping, pace.milliseconds, testNumbers(persons));
      const close = async () => (await side.close(), await keeping.stop(), await store.drop());
      return { rounds: side.rounds, close };
    },
  });
}

type Door = { readonly host: string; readonly port: number };

function sideOf(door: Door, milliseconds: number, numbers: readonly string[], hub?: WholeHub): Side {
  const round = (count: number) => async () => {
    const clients = await openClients(door, count);
    try {
      const settled = hub && (() => inboxEmpty(hub));
      const options = { atATime: count, milliseconds, ...(hub && { hub }), ...(settled && { settled }) };
      let next = 0;
      return await closedLoop(options, async (worker) => {
        const [message] = admissions([numbers[next++ % numbers.length] ?? ''], 1);
        await deliver(clients[worker], message?.bytes);
      });
    } finally {
      for (const client of clients) client.close();
    }
  };
  const rounds: Rounds = Object.fromEntries(
    connections.map((count) => [`${count} connection${count === 1 ? '' : 's'}`, round(count)]),
  );
  return { rounds, close: () => Promise.resolve() };
}

const openClients = ({ host, port }: Door, count: number): Promise<readonly MllpClient[]> =>
  Promise.all(Array.from({ length: count }, () => MllpClient.open(host, port)));

/** Sends them all over so many connections. */
async function send(door: Door, count: number, messages: ReturnType<typeof admissions>): Promise<void> {
  const clients = await openClients(door, count);
  const rest = [...messages];
  const drive = async (client: MllpClient): Promise<void> => {
    for (let message = rest.shift(); message !== undefined; message = rest.shift())
      await deliver(client, message.bytes);
  };
  await Promise.all(clients.map(drive));
  for (const client of clients) client.close();
}

async function deliver(client: MllpClient | undefined, bytes: Buffer | undefined): Promise<void> {
  if (client === undefined || bytes === undefined) throw new Error('nothing to send');
  const answer = (await client.send(bytes)).toString('latin1');
  if (!answer.includes('\rMSA|AA|')) throw new Error(`a message was not taken: ${answer.split('\r')[1]}`);
}
