import { connect, type Socket } from 'node:net';
import { frame } from '../../../connectors/melior/mllp/framer.js';
import { MllpClient } from '../../../connectors/melior/mllp/send-mllp.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { heapInUse } from '../../support/heap.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, codeOf, runMelior, transportOn } from '../common/support.js';

/** Several hospitals at once for some seconds, and neighbours that behave badly meanwhile. */

const senders = 8;
const messagesEach = 600;
const warmUp = 100;

let test: TestDatabase;
let melior: Awaited<ReturnType<typeof runMelior>>;
const neighbours: Socket[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  melior = await runMelior(test.url, await transportOn(test.database));
});
afterAll(async () => {
  for (const each of neighbours) each.destroy();
  await melior.end();
  await test.drop();
});

const neighbour = (): Socket => {
  const socket = connect({ host: '127.0.0.1', port: melior.address.port, noDelay: true });
  socket.on('error', () => undefined);
  neighbours.push(socket);
  return socket;
};

/** Sends a sender's messages one after the other; the codes of the answers with how often each came, and the longest wait. */
async function send(sender: number, from: number, to: number) {
  const client = await MllpClient.open('127.0.0.1', melior.address.port, 30_000);
  const codes = new Map<string | undefined, number>();
  let longest = 0;
  for (let number = from; number < to; number += 1) {
    const began = performance.now();
    const answer = await client.send(Buffer.from(adt({ controlId: `L${sender}-${number}` })));
    longest = Math.max(longest, performance.now() - began);
    const code = codeOf(answer.toString('latin1'));
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  client.close();
  return { codes, longest };
}

it('INT-1: thousands of messages a minute leave no memory behind, and a silent or trickling sender holds up nobody', async () => {
  neighbour().write('\u000bMSH|^~\\&|never ends');
  const trickling = neighbour();
  const trickle = frame(Buffer.from(adt({ controlId: 'TRICKLE' })));
  let at = 0;
  const drop = setInterval(() => trickling.write(trickle.subarray(at, (at += 1))), 20);
  const deaf = neighbour();
  deaf.pause();
  for (let number = 0; number < 200; number += 1)
    deaf.write(frame(Buffer.from(adt({ controlId: `DEAF${number}` }))));
  const all = Array.from({ length: senders }, (_, sender) => sender);
  await Promise.all(all.map((sender) => send(sender, 0, warmUp)));
  const before = heapInUse();
  const began = performance.now();
  const results = await Promise.all(all.map((sender) => send(sender, warmUp, messagesEach)));
  const seconds = (performance.now() - began) / 1000;
  clearInterval(drop);
  // What is still on its way to the topic is let go of soon; what leaks stays.
  const grown = await waitFor('what was received to be let go of', () => {
    const more = heapInUse() - before;
    return more < 25 * 1024 * 1024 && { more };
  });

  expect(results.map(({ codes }) => [...codes])).toEqual(all.map(() => [['AA', messagesEach - warmUp]]));
  expect(Math.max(...results.map(({ longest }) => longest))).toBeLessThan(10_000);
  expect(((messagesEach - warmUp) * senders) / seconds).toBeGreaterThan(3_000 / 60);
  const { rows } = await test.database.query<{ count: number }>(
    `select count(*)::integer as count from connector_receipt where control_id like 'L%'`,
  );
  expect(rows[0]?.count).toBe(messagesEach * senders);
  process.stdout.write(
    `${Math.round(((messagesEach - warmUp) * senders) / seconds)} messages a second, heap ${Math.round(grown.more / 1024)} KiB more\n`,
  );
}, 180_000);
