import { trailFindings } from '../support/trail.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Configuration } from '../../src/configuration/configuration.js';
import type { Database } from '../../src/persistence/database.js';
import { patients } from '../../src/demo/cast.js';
import { playJourney } from '../../src/demo/journeys/journeys.js';
import { Timeline } from '../../src/demo/timeline.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { pipeToCommand } from '../support/run-command.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';
import { rebuildCase } from './rebuild-case.js';

const [{ number }] = patients;
let store: TestDatabase;
let configuration: Configuration;
let dataDirectory: string;
let started: Started;
let caseId: string;

beforeAll(async () => {
  store = await createTestDatabase();
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-recorded-'));
  configuration = await wholeHubConfiguration(store.url, dataDirectory);
  started = await start(configuration, pino({ level: 'silent' }));
  caseId = await playJourney({
    fhir: configuration.http.baseUrl,
    mllp: { host: configuration.melior.host, port: configuration.melior.port },
    issuer: await openDemoIssuer(configuration),
    timeline: new Timeline(() => undefined),
  });
  for (const [status, period, facts] of [
    ['in-progress', { start: '2026-01-10T08:30:00Z' }, 1],
    ['finished', { start: '2026-01-10T08:30:00Z', end: '2026-01-12T08:30:00Z' }, 2],
  ] as const) {
    await putEncounter(status, period);
    await waitFor('Cosmic is read', async () => (await recordedOf('cosmic')) === facts);
  }
  await waitFor('everything is dealt with', async () => {
    const { rows } = await store.database.query(
      `select from inbox where state = 'waiting' union all select from connector_receipt where not published`,
    );
    return rows.length === 0;
  });
}, 120_000);
afterAll(async () => {
  await started?.stop();
  await store?.drop();
  await rm(dataDirectory, { recursive: true, force: true });
});

/** As a nurse in Cosmic would: the stand-in is written by FHIR. */
async function putEncounter(status: string, period: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${configuration.standIns.cosmicPort}/fhir/Encounter/e1`, {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'Encounter',
      id: 'e1',
      status,
      period,
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject: { reference: 'Patient/tage' },
      location: [{ location: { reference: 'Location/vmed-12-2' }, status: 'active' }],
    }),
  });
  expect(answer.ok).toBe(true);
}

async function recordedOf(connector: string): Promise<number> {
  const { rows } = await store.database.query('select from connector_recording where connector = $1', [
    connector,
  ]);
  return rows.length;
}

const who = ['--user', 'SE4999000013-P014', '--reason', 'case stands wrong'];
const recordings = (input: string, ...parameters: readonly string[]) =>
  pipeToCommand(
    input,
    'recordings',
    { DATABASE_URL: store.url, DATA_DIRECTORY: dataDirectory },
    ...parameters,
    ...who,
  );
const trail = async () =>
  (
    await store.database.query<{
      action: string;
      person_id: string | null;
      case_id: string | null;
      detail: object;
    }>(
      `select action, person_id, case_id, detail from audit_record where action like 'recordings-%' order by recorded_at`,
    )
  ).rows;

it('what came in through real doors is replayed by person: messages, register answers, facts, to-dos', async () => {
  const { code, stdout, stderr } = await recordings(
    `${number.slice(2, 8)}-${number.slice(8)}\n`,
    'replay',
    '--person',
  );
  expect([code, stderr]).toEqual([0, '']);
  // HL7 as it came, and what both registers said when the case was opened.
  expect(stdout).toMatch(/melior .* stored .*\nwhat came in:\n {2}MSH\|/);
  expect(stdout).toMatch(/population-register .* answered\nwhat came in:\n {2}<requestedPersonRecord/);
  expect(stdout).toMatch(/listing .* answered\nwhat came in:\n {2}<getListingResponse/);
  expect(stdout).toMatch(/event: StayAdmitted {2}stay\/\S+ {2}version 1/);
  // The journal said that the patient had gone home: the ward's to-do stands beneath the message.
  expect(stdout).toMatch(/event: JournalDischargeNoted .*\n( {2}to-do: Task\/\S+ \S+ \S+\n)+/);
  expect(stdout).toMatch(/\n(\d+) the same today, 0 different, 0 not known\.\n$/);
  const [person, ...others] = await trail();
  expect(others).toEqual([]);
  expect(person).toMatchObject({ action: 'recordings-replay', detail: { reason: 'case stands wrong' } });
  const { rows } = await store.database.query('select person_id from event where stream_id = $1 limit 1', [
    caseId,
  ]);
  expect(rows).toEqual([{ person_id: person?.person_id }]);
  expect(JSON.stringify(person)).not.toContain(number.slice(2));
}, 120_000);

it('by case the same is found as by person, and both can be listed', async () => {
  const [byCase, byPerson] = await Promise.all([
    recordings('', 'list', '--case', caseId),
    recordings(number, 'list', '--person'),
  ]);
  expect(byCase.stdout).toBe(byPerson.stdout);
  // Both registers are asked once or twice: a message's own question may come before what the other kept is there.
  const shown = byCase.stdout.split('\n').flatMap((line) => line.split('  ')[2] ?? []);
  expect(shown.filter((connector) => connector === 'melior')).toHaveLength(3);
  expect(new Set(shown)).toEqual(new Set(['melior', 'population-register', 'listing']));
  expect(byCase.stdout).not.toMatch(new RegExp(`${number.slice(2)}|${patients[0].family}`));
  expect((await trail()).filter(({ case_id }) => case_id === caseId)).toHaveLength(1);
}, 120_000);

it('an Encounter of Cosmic is replayed by connector and time, with the fact it became and would become', async () => {
  const { code, stdout } = await recordings('', 'replay', '--connector', 'cosmic', '--from', '2020-01-01');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /became then: \{.*"kind":"admitted".*\}\nwould be now: \{.*"kind":"admitted".*\}\nthe same\n/,
  );
  expect(stdout).not.toContain('melior');
  expect(stdout).toMatch(/\n\d+ the same today, 0 different, 0 not known\.\n$/);
  const past = await recordings('', 'replay', '--connector', 'cosmic', '--to', '2020-01-01');
  expect([past.code, past.stdout]).toEqual([1, 'There is no such recording.\n']);
}, 120_000);

it('a number is taken from standard input alone, and nothing of it is repeated', async () => {
  const asArgument = await recordings('', 'show', number);
  expect([asArgument.code, asArgument.stdout]).toEqual([2, '']);
  const wrong = await recordings('190503279813', 'replay', '--person');
  expect([wrong.code, wrong.stdout]).toEqual([1, '']);
  expect(asArgument.stderr + wrong.stderr).not.toMatch(/\d{10}/);
  const stranger = await recordings('190503279812', 'replay', '--person');
  expect([stranger.code, stranger.stdout]).toEqual([1, 'There is no such recording.\n']);
  expect(
    await trailFindings(
      loadConfiguration({ DATABASE_URL: store.url, DATA_DIRECTORY: dataDirectory }),
      store.database,
    ),
  ).toEqual([]);
}, 120_000);

/** The case, its person and the person's stays, and what is shown of them. */
async function shownOf(database: Database) {
  const { rows: streams } = await database.query<{
    id: string;
    type: string;
    version: number;
    state: unknown;
  }>(
    `select stream.id, type, version, state from stream join (select person_id from event where stream_id = $1 limit 1) person
       on stream.person_id = person.person_id or stream.id = person.person_id order by type, stream.id`,
    [caseId],
  );
  const { rows: resources } = await database.query(
    `select type, id, version, deleted, content from resource
     where stream_id = any($1::uuid[]) order by type, id`,
    [streams.map(({ id }) => id)],
  );
  return { streams, resources };
}

it('a case is rebuilt in an empty store from what was recorded, and stands as the live one does', async () => {
  const scratch = await createTestDatabase();
  const played = await rebuildCase(configuration, store.database, scratch.database, caseId);
  // Admission, transfer and discharge; both registers were asked.
  expect(played.facts).toBeGreaterThan(2);
  expect(played.answers).toBeGreaterThan(1);
  const { rows: facts } = await store.database.query(
    `select event_id from connector_recording where outcome = 'stored' and connector = 'melior'`,
  );
  expect(played.facts).toBe(facts.length);
  const [live, rebuilt] = [await shownOf(store.database), await shownOf(scratch.database)];
  expect(live.streams.map(({ type }) => type)).toEqual(['person', 'stay', 'svu']);
  expect(live.resources.length).toBeGreaterThan(5);
  expect(rebuilt).toEqual(live);
  await scratch.drop();
}, 120_000);

it('with another mapping the rebuilt case comes to stand otherwise, and the rebuilding says so', async () => {
  const mappingFile = path.join(dataDirectory, 'other-mapping.json');
  const mapping = await readFile(configuration.melior.mappingFile, 'utf8');
  // The geriatric ward's messages now name the medical ward.
  await writeFile(mappingFile, mapping.replaceAll(/SE4999000013-W10\d/g, 'SE4999000013-W101'));
  const scratch = await createTestDatabase();
  const changed = { ...configuration, melior: { ...configuration.melior, mappingFile } };
  // The transfer comes to another ward, so what people did next finds the case where it was not.
  await expect(rebuildCase(changed, store.database, scratch.database, caseId)).rejects.toThrow(
    /has come to \d+, the log to \d+/,
  );
  await scratch.drop();
}, 120_000);
