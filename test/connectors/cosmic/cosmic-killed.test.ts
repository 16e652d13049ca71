import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { waitFor } from '../../support/wait-for.js';
import { cosmicTest, encounter } from './cosmic-support.js';
import { published } from '../common/support.js';

const end = '2026-01-14T10:00:00+01:00';

it('killed again and again while Encounters change: every change is told, once and in order', async () => {
  const at = await cosmicTest();
  const ids = Array.from({ length: 60 }, (_, index) => `k${index}`);
  const step = async (change: (id: string) => void): Promise<void> => {
    for (const id of ids) change(id);
    const child = spawn(
      process.execPath,
      [
        '--import',
        path.resolve('test/support/typescript.mjs'),
        path.resolve('test/connectors/cosmic/cosmic-process.ts'),
        at.test.url,
        at.server.url,
        at.server.tokenUrl,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await after(50 + Math.random() * 250);
    child.kill('SIGKILL');
    await ended;
  };
  await step((id) => at.server.put(encounter({ id })));
  // Seen or not before the kill, what went before is told before what comes after.
  const cosmic = await at.start({ more: { pollSeconds: 0.1 } });
  await waitFor('every admission', async () => (await at.facts()).length === ids.length);
  await cosmic.end();
  await step((id) => at.server.put(encounter({ id, ward: 'B' })));
  await step((id) => at.server.put(encounter({ id, ward: 'B', status: 'finished', end })));
  const last = await at.start({ more: { pollSeconds: 0.1 } });
  await waitFor('every discharge', async () => {
    const facts = await at.facts();
    return facts.filter(({ kind }) => kind === 'discharged').length >= ids.length;
  });
  await waitFor('a poll', () => last.pollNow());
  // A crash between append and mark may repeat a message on the wire; it is the same event.
  await at.settled();
  const events = [
    ...new Map((await published(at.test.database)).map((event) => [event.id, event.data])).values(),
  ];
  expect(events).toHaveLength(3 * ids.length);
  for (const id of ids)
    expect(events.filter(({ visit }) => visit === id).map(({ kind }) => kind)).toEqual([
      'admitted',
      'transferred',
      'discharged',
    ]);
  await at.end();
});
