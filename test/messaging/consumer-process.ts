import { connectTransport } from './connect-transport.js';

/** Takes messages and never finishes with them; see the contract of the transports. */
const [kind, url, group, topic] = process.argv.slice(2);
if (!kind || !url || !group || !topic) throw new Error('kind, url, group and topic are needed');
const transport = connectTransport(kind, url);
await transport.subscribe({
  group,
  topics: [topic],
  handle: (batch) => {
    process.stdout.write(`taken ${batch.length}\n`);
    return new Promise(() => undefined);
  },
});
