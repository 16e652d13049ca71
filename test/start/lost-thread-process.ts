import { pino } from 'pino';
import { startReceivingThread } from '../../connectors/common/thread/receiving-thread.js';

/** A process whose receiving thread is lost while it runs. */
const thread = await startReceivingThread({
  connector: 'test',
  entry: new URL('./lost-thread.js', import.meta.url),
  settings: process.argv[2],
  logger: pino({ level: 'silent' }),
  onStored: () => undefined,
});
process.stdout.write('listening\n');
setInterval(() => void thread.report(), 100);
