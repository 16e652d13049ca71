import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Recorder, RecordingUnreadable } from '../../../connectors/frame/recording/recorder.js';
import { GroupedAuditTrail } from '../../access/audit/grouped-audit-trail.js';
import { loadConfiguration } from '../../configuration/load-configuration.js';
import type { Database } from '../../persistence/database.js';
import {
  listRecordings,
  recordingsById,
  recordingsOfCase,
  type SealedRecording,
} from '../recordings/read-recordings.js';
import { mayNotLook } from '../recordings/may-look.js';
import { headline, openRecording, readable, replayText, retranslators } from '../recordings/replay.js';
import { withCommandDatabase } from './command-database.js';

const usage = `What came in, as it came, for as long as RECORDING_HOURS says (docs/connecting.md).

  npm run recordings -- list [--after <id>] [--limit <number>]       which there are; no personal data
  npm run recordings -- show <id>...                                 the messages
  npm run recordings -- replay --case <case id> | <id>...            message, fact as translated now, events, to-dos; changes nothing

Each needs --user <HSA-id> and --reason <why>, which stand in the trail of accesses before anything is shown.
`;

const actions = ['list', 'show', 'replay'];

try {
  process.exitCode = await main();
} catch (error) {
  // Texts of these errors hold no content of a recording.
  process.stderr.write(`Nothing more is shown: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      after: { type: 'string', default: '0' },
      limit: { type: 'string', default: '100' },
      case: { type: 'string' },
      user: { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
    },
  });
  const [action = '', ...ids] = positionals;
  const caseId = values.case;
  const numbers = [values.after, values.limit, ...ids].every((text) => /^\d{1,15}$/.test(text));
  const isCase = caseId === undefined || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(caseId);
  const wanted = action === 'list' || (action === 'replay' && caseId !== undefined) || ids.length > 0;
  const refused = mayNotLook(values.user, values.reason);
  if (!actions.includes(action) || !numbers || !isCase || !wanted || refused !== undefined) {
    process.stderr.write(`${refused === undefined ? '' : `${refused}\n\n`}${usage}`);
    return 2;
  }
  return withCommandDatabase('recordings', async (database) => {
    await writeTrail(database, {
      action: `recordings-${action}`,
      user: values.user,
      reason: values.reason.trim(),
      ...(caseId !== undefined && { caseId }),
      ids: ids.map(Number),
    });
    if (action === 'list') return list(database, Number(values.after), Number(values.limit));
    const found =
      caseId === undefined
        ? await recordingsById(database, ids.map(Number))
        : await recordingsOfCase(database, caseId);
    return action === 'show' ? show(found) : replay(database, found);
  });
}

type Access = {
  readonly action: string;
  readonly user: string;
  readonly reason: string;
  readonly caseId?: string;
  readonly ids: readonly number[];
};

/** @throws AuditUnavailable: then nothing is shown */
async function writeTrail(database: Database, { action, user, reason, caseId, ids }: Access): Promise<void> {
  const clock = { now: () => new Date() };
  const trail = new GroupedAuditTrail(database, clock);
  await trail.record([
    {
      context: { client: user, units: [], requestId: randomUUID() },
      at: clock.now(),
      action,
      outcome: 'success',
      ...(caseId !== undefined && { caseId }),
      detail: { reason, recordings: ids },
    },
  ]);
  await trail.close();
}

async function list(database: Database, after: number, limit: number): Promise<number> {
  const found = await listRecordings(database, { after, limit });
  for (const recording of found) process.stdout.write(`${headline(recording)}\n`);
  process.stdout.write(`${found.length} shown.\n`);
  return 0;
}

function show(found: readonly SealedRecording[]): number {
  const recorder = configuredRecorder();
  for (const recording of found) {
    process.stdout.write(`${headline(recording)}\n`);
    process.stdout.write(`${readable(openRecording(recorder, recording))}\n\n`);
  }
  return tellCount(found.length);
}

async function replay(database: Database, found: readonly SealedRecording[]): Promise<number> {
  const recorder = configuredRecorder();
  const translations = await retranslators(loadConfiguration());
  for (const recording of found)
    process.stdout.write(
      `${await replayText(database, recorder, recording, translations[recording.connector])}\n`,
    );
  return tellCount(found.length);
}

function configuredRecorder(): Recorder {
  const { recording } = loadConfiguration();
  if (!recording)
    throw new RecordingUnreadable('no recording is configured here (RECORDING_HOURS, RECORDING_KEY)');
  return new Recorder(recording.key);
}

function tellCount(count: number): number {
  process.stdout.write(count === 0 ? 'There is no such recording.\n' : `${count} shown.\n`);
  return count === 0 ? 1 : 0;
}
