import { expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { pino } from 'pino';
import { frame } from '../../../connectors/melior/mllp/framer.js';
import { defaultLimits } from '../../../connectors/melior/mllp/limits.js';
import { startMllpServer } from '../../../connectors/melior/mllp/mllp-server.js';
import { waitFor } from '../../support/wait-for.js';

it('a message that was there before the one ahead of it was answered presses; the first, and one after a pause, do not', async () => {
  const seen: boolean[] = [];
  const server = await startMllpServer({
    host: '127.0.0.1',
    port: 0,
    limits: defaultLimits,
    logger: pino({ level: 'silent' }),
    answer: (_frame, pressing) => {
      seen.push(pressing);
      return Promise.resolve({ kind: 'answer', bytes: Buffer.from('MSA|AA') });
    },
  });
  const socket = connect(server.address.port, '127.0.0.1');
  let answers = 0;
  socket.on('data', (chunk: Buffer) => (answers += chunk.filter((byte) => byte === 0x0b).length));
  try {
    const message = frame(Buffer.from('MSH|'));
    socket.write(Buffer.concat([message, message, message]));
    await waitFor('three answers', () => answers === 3);
    const answered = performance.now();
    await waitFor('a pause', () => performance.now() - answered > 20);
    socket.write(message);
    await waitFor('the fourth answer', () => answers === 4);
    expect(seen).toEqual([false, true, true, false]);
  } finally {
    socket.destroy();
    await server.stop();
  }
});
