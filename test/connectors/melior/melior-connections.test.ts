import { connect, type Socket } from 'node:net';
import { frame } from '../../../connectors/melior/mllp/framer.js';
import { createTestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, logged, runMelior, transportOn } from '../common/support.js';

it('INT-1: a sender that opens one connection after another leaves places for others, and the log says who it is', async () => {
  const test = await createTestDatabase();
  const log = logged();
  const melior = await runMelior(test.url, await transportOn(test.database), {
    logger: log.logger,
    limits: { connections: 100, connectionsPerAddress: 3 },
  });
  const sockets: Socket[] = [];
  const open = (localAddress: string) => {
    const socket = connect({ host: '127.0.0.1', port: melior.address.port, localAddress });
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    sockets.push(socket);
    return { socket, answer: () => answer };
  };
  try {
    const greedy = Array.from({ length: 8 }, () => open('127.0.0.2'));
    const closed = () => greedy.filter(({ socket }) => socket.closed).length;
    await waitFor('five to be turned away', () => closed() === 5);
    const turnedAway = log.lines
      .map((line) => JSON.parse(line) as { msg: string })
      .filter(({ msg }) => msg === 'too many connections from one address');
    expect(turnedAway).toHaveLength(5);
    for (const line of turnedAway) expect(line).toMatchObject({ from: '127.0.0.2', connections: 3 });

    const other = open('127.0.0.3');
    other.socket.write(frame(Buffer.from(adt({ controlId: 'OTHER' }))));
    await waitFor('the other to be answered', () => other.answer().includes('MSA|AA|OTHER'));
    // One that was let in is heard, and its place is free again when it goes.
    const [kept] = greedy.filter(({ socket }) => !socket.closed);
    kept?.socket.end();
    await waitFor('it to be gone', () => kept?.socket.closed === true);
    const next = open('127.0.0.2');
    next.socket.write(frame(Buffer.from(adt({ controlId: 'NEXT' }))));
    await waitFor('the next to be answered', () => next.answer().includes('MSA|AA|NEXT'));
  } finally {
    for (const socket of sockets) socket.destroy();
    await melior.end();
    await test.drop();
  }
}, 120_000);
