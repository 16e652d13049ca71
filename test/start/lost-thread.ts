import { runThread } from '../../connectors/common/thread/run-thread.js';

await runThread<string>(
  ({ settings: how }) =>
    Promise.resolve({
      address: { host: '127.0.0.1', port: 1 },
      report() {
        if (how === 'ends') process.exit(0);
        throw new Error('lost');
      },
      stop: () => Promise.resolve(),
    }),
  (line) => line,
);
