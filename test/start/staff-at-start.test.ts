import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { keepCopy } from '../../src/cases/catalogue/copies.js';
import { start } from '../../src/start/start.js';
import { createTestDatabase } from '../support/database.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/** Both with a name in the organisation file. */
const [hidden, open] = ['SE4999000013-P017', 'SE4999000013-P009'];

it('ORG-1: a hub that starts shows nobody by the name of the organisation file whom the catalogue said to be protected', async () => {
  const store = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'hemgang-staff-'));
  const readAt = new Date().toISOString();
  await store.database.transaction((sql) =>
    keepCopy(sql, 'practitioner', { practitioner: hidden, found: true, protectedPerson: true, readAt }),
  );
  // Earlier versions of protected staff are removed, so what was shown for a moment is seen only as it is written.
  await store.database.query(`create table shown (hsa_id text, named boolean)`);
  await store.database.query(
    `create function note_shown() returns trigger language plpgsql as $$ begin
       insert into shown select new.content::jsonb #>> '{identifier,0,value}', new.content::jsonb ? 'name'; return null; end $$`,
  );
  await store.database.query(
    `create trigger note_shown after insert or update on resource_version for each row
       when (new.type = 'Practitioner') execute function note_shown()`,
  );
  const configuration = await wholeHubConfiguration(store.url, folder);
  // Without the catalogue's own connector: what it said last is all there is.
  const processes = new Set([...configuration.processes].filter((each) => each !== 'hsa'));
  const started = await start({ ...configuration, processes }, pino({ level: 'silent' }));
  try {
    const { rows } = await store.database.query<{ hsaId: string; named: boolean }>(
      `select distinct hsa_id as "hsaId", named from shown where hsa_id in ($1, $2) order by 1`,
      [hidden, open],
    );
    expect(rows).toEqual([
      { hsaId: open, named: true },
      { hsaId: hidden, named: false },
    ]);
  } finally {
    await started.stop();
    await store.drop();
    await rm(folder, { recursive: true });
  }
}, 120_000);
