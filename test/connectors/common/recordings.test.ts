import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Recorder, RecordingUnreadable } from '../../../connectors/common/recording/recorder.js';
import { sendMllp } from '../../../connectors/melior/mllp/send-mllp.js';
import { Inbox } from '../../../src/messaging/inbox/inbox.js';
import { differences } from '../../../src/administration/recordings/differences.js';
import { dropRecordings } from '../../../src/administration/recordings/drop-recordings.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { trailFindings } from '../../support/trail.js';
import { loadConfiguration } from '../../../src/configuration/load-configuration.js';
import { runCommand } from '../../support/run-command.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, codeOf, mapping, number, published, runMelior, transportOn } from './support.js';

const key = { keyId: 'test', secret: randomBytes(32) };
let test: TestDatabase;
let directory: string;
let melior: Awaited<ReturnType<typeof runMelior>>;
beforeAll(async () => {
  test = await createTestDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'hemgang-recordings-'));
  await writeFile(path.join(directory, 'mapping.json'), JSON.stringify(mapping));
  loadConfiguration(commandEnvironment()); // As a hub that starts: it makes the keys that are missing.
  melior = await runMelior(test.url, await transportOn(test.database), { recorder: new Recorder(key) });
  for (const message of [
    adt({ controlId: 'R1' }),
    adt({ controlId: 'R1' }),
    adt({ controlId: 'R2', pv1: 'PV1|1|I' }),
    adt({ controlId: 'R1', event: 'A03' }),
    adt({ controlId: 'R3', pv1: 'PV1|1|O' }),
  ])
    await sendMllp('127.0.0.1', melior.address.port, message);
  await waitFor('the refusals', async () => (await rows()).length === 4);
});
afterAll(async () => {
  await melior.end();
  await test.drop();
  await rm(directory, { recursive: true });
});

type Row = {
  id: number;
  message_id: string;
  outcome: string;
  cause: string | null;
  event_id: string | null;
  sealed: Buffer;
};
const rows = async () =>
  (await test.database.query<Row>('select * from connector_recording order by id')).rows;
const commandEnvironment = () => ({
  DATABASE_URL: test.url,
  DATA_DIRECTORY: directory,
  RECORDING_KEY: key.secret.toString('hex'),
  RECORDING_KEY_ID: key.keyId,
  MELIOR_MAPPING_FILE: path.join(directory, 'mapping.json'),
});
const command = (...parameters: readonly string[]) =>
  runCommand('recordings', commandEnvironment(), ...parameters);
const who = ['--user', 'SE2321000016-P1', '--reason', 'a ward is missing'];
const trail = async () =>
  (
    await test.database.query<{
      actor: string;
      action: string;
      case_id: string | null;
      detail: Record<string, unknown>;
    }>(
      `select actor, action, case_id, detail from audit_record where action like 'recordings-%' order by recorded_at`,
    )
  ).rows;

it('what was stored is recorded with the fact it became, once; what was refused, or told nothing, with why', async () => {
  const [fact] = await waitFor('the fact', async () => {
    const all = await published(test.database);
    return all.length > 0 && all;
  });
  expect(
    (await rows()).map(({ message_id, outcome, cause, event_id }) => [message_id, outcome, cause, event_id]),
  ).toEqual([
    ['R1', 'stored', null, fact?.id],
    ['R2', 'refused', expect.stringMatching(/^AE 101: /), null],
    ['R1', 'refused', expect.stringMatching(/^AR 205: /), null],
    ['R3', 'nothing', 'not a hospital stay', null],
  ]);
});

it('a recording is sealed: nothing of it can be read in the database, and it opens under its own name and key alone', async () => {
  const [row] = await rows();
  const sealed = row?.sealed ?? Buffer.alloc(0);
  // Whole segments: sealed bytes hold a few letters by chance.
  const segments = adt({ controlId: 'R1' })
    .split('\r')
    .filter((each) => each.length > 12);
  expect(segments.length).toBeGreaterThan(2);
  expect(segments.filter((each) => sealed.includes(each))).toEqual([]);
  const as = { connector: 'melior', sender: 'urn:hemgang:connector:melior:MELIOR:SUS', messageId: 'R1' };
  expect(new Recorder(key).open(as, sealed).toString()).toBe(adt({ controlId: 'R1' }));
  const altered = Buffer.from(sealed);
  altered[40] = (altered[40] ?? 0) ^ 1;
  for (const open of [
    () => new Recorder(key).open({ ...as, messageId: 'R2' }, sealed),
    () => new Recorder(key).open(as, altered),
    () => new Recorder({ ...key, secret: randomBytes(32) }).open(as, sealed),
  ])
    expect(open).toThrow(RecordingUnreadable);
});

it('where nothing is recorded, nothing is kept', async () => {
  const other = await createTestDatabase();
  const plain = await runMelior(other.url, await transportOn(other.database));
  expect(codeOf(await sendMllp('127.0.0.1', plain.address.port, adt({ controlId: 'P1' })))).toBe('AA');
  await plain.end();
  expect((await other.database.query('select from connector_recording')).rows).toEqual([]);
  await other.drop();
});

it('ACC-5: nothing is shown without who and why, which stand in the trail first', async () => {
  const [row] = await rows();
  const id = String(row?.id);
  for (const parameters of [
    ['show', id],
    ['show', id, '--user', 'SE2321000016-P1'],
    ['show', id, '--reason', 'why', '--user', ' '],
    ['show', id, '--user', 'SE2321000016-P1', '--reason', `about ${number}`],
    ['show', '--user', 'SE2321000016-P1', '--reason', 'why'],
  ]) {
    const refused = await command(...parameters);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
  }
  expect(await trail()).toEqual([]);
  const listed = await command('list', ...who);
  expect(listed.stdout).toMatch(/R1 {2}stored {2}\S+\n.*R2 {2}refused {2}AE 101: /);
  expect(listed.stdout).not.toMatch(/0503279812|Påhittad/);
  const shown = await command('show', id, ...who);
  expect(shown.stdout).toContain(`PID|1||${number}`);
  expect(await trail()).toMatchObject([
    { actor: 'SE2321000016-P1', action: 'recordings-list', detail: { reason: 'a ward is missing' } },
    { actor: 'SE2321000016-P1', action: 'recordings-show', detail: { recordings: [row?.id] } },
  ]);
  expect(await trailFindings(loadConfiguration(commandEnvironment()), test.database)).toEqual([]);
});

it('ACC-5: when the trail cannot be written, nothing is shown', async () => {
  const [row] = await rows();
  await test.database.query('alter table audit_record rename to audit_record_away');
  const refused = await command('show', String(row?.id), ...who);
  await test.database.query('alter table audit_record_away rename to audit_record');
  expect([refused.code, refused.stdout]).toEqual([1, '']);
});

it('a case is replayed: each message, the fact it would be with the mapping of now, what differs, events and to-dos', async () => {
  const [fact] = await published(test.database);
  await new Inbox(test.database).take([
    { topic: 'journal.stay.v1', key: 'k'.repeat(43), value: JSON.stringify(fact) },
  ] as never);
  const [caseId, stay, person] = [randomUUID(), randomUUID(), randomUUID()];
  const event = (type: string, stream: string, id: string, cause: object) =>
    test.database.query(
      `insert into event (id, stream_type, stream_id, stream_version, type, type_version, person_id, occurred_at, recorded_at, actor, cause, data)
       values ($1, $2, $3, 1, $4, 1, $5, now(), now(), '{}', $6, '{}')`,
      [randomUUID(), stream, id, type, person, JSON.stringify(cause)],
    );
  await event('CaseOpened', 'svu', caseId, { kind: 'request', id: 'x' });
  await event('StayAdmitted', 'stay', stay, { kind: 'fact', id: fact?.id });
  const same = await command('replay', '--case', caseId, ...who);
  expect(same.stdout).toMatch(/^the same$/m);
  expect(same.stdout).toContain(`event: StayAdmitted  stay/${stay}  version 1`);
  expect(same.stdout).toMatch(/in the inbox: waiting[^]*1 shown\./);
  await writeFile(
    path.join(directory, 'mapping.json'),
    JSON.stringify({ ...mapping, ward: { table: { A1: 'SE2321000016-W999' } } }),
  );
  const other = await command('replay', '--case', caseId, ...who);
  expect(other.stdout).toContain('/ward: "SE2321000016-W101" → "SE2321000016-W999"');
  expect((await trail()).at(-1)).toMatchObject({ action: 'recordings-replay', case_id: caseId });
  const [, refused, , nothing] = await rows();
  const now = async (row?: Row) => (await command('replay', String(row?.id), ...who)).stdout;
  expect(await now(refused)).toContain('would be now: no fact: refused: ');
  expect(await now(nothing)).toMatch(
    /became then: no fact: not a hospital stay\nwould be now: no fact: not a hospital stay\nthe same/,
  );
});

it('recordings are dropped when their time is over', async () => {
  await test.database.query(
    `update connector_recording set received_at = now() - interval '2 hours' where message_id = 'R2'`,
  );
  expect(await dropRecordings(test.database, 3_600_000)).toBe(1);
  expect(await rows()).toHaveLength(3);
});

it('differences between facts are told by path', () => {
  expect(differences({ a: { b: 1 }, c: [1] }, { a: { b: 2, d: 'x' }, c: [1] })).toEqual([
    '/a/b: 1 → 2',
    '/a/d: absent → "x"',
  ]);
  expect(differences({ a: 1 }, { a: 1 })).toEqual([]);
});
