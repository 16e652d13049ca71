import './end-with-reader.js';
import { randomUUID } from 'node:crypto';
import { Recorder, RecordingUnreadable } from '../../../connectors/common/recording/recorder.js';
import type { Database } from '../../persistence/database.js';
import { identityHash } from '../../persons/identity-hash.js';
import { askNumber } from '../../administration/recordings/ask-number.js';
import {
  listRecordings,
  personsOf,
  sealedRecordings,
  type SealedRecording,
  type Selection,
} from '../../administration/recordings/read-recordings.js';
import { readRequest, type Request } from '../../administration/recordings/read-request.js';
import {
  headline,
  openRecording,
  readable,
  replay,
  type Verdict,
} from '../../administration/recordings/replay.js';
import type { Replayable } from '../../administration/recordings/replayable.js';
import { retranslators } from '../retranslators.js';
import { openTrail } from '../processes/open-trail.js';
import { withCommandDatabase } from './command-database.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

const usage = `What came in, as it came, for as long as RECORDING_HOURS says (docs/connecting.md).

  npm run recordings -- list   [<which>]    which there are; no personal data
  npm run recordings -- show   <which>      what came in
  npm run recordings -- replay <which>      what came in, the fact it became then and would be now, whether they differ, events,
                                            to-dos; changes nothing

<which> is ids, or any of
  --case <case id>                          what touched the case, and everything about its person
  --person                                  everything about a person; the number is asked for, or read from what is piped in
  --connector <name>                        of one connector
  --from <time> --to <time>                 received within; Swedish time, 2026-11-25 or 2026-11-25T10:30:00
  --after <id> --limit <number>             a page; 100 unless said, at most 1000

Each needs --user <HSA-id> and --reason <why>, which stand in the trail of accesses before anything is shown.
`;

tellUsage(usage);

try {
  process.exitCode = await main();
} catch (error) {
  // Texts of these errors hold no content of a recording.
  process.stderr.write(`Nothing more is shown: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const request = readRequest(process.argv.slice(2));
  if (typeof request === 'string') {
    process.stderr.write(`${request}\n\n${usage}`);
    return 2;
  }
  const { identityKey } = commandConfiguration();
  const personHash = request.byPerson
    ? identityHash(identityKey.toString('hex'), await askNumber())
    : undefined;
  const selection: Selection = { ...request.selection, ...(personHash !== undefined && { personHash }) };
  return withCommandDatabase('recordings', async (database) => {
    const found = await listRecordings(database, selection);
    const ids = found.map(({ id }) => id);
    await writeTrail(database, request, selection, ids);
    if (request.action === 'list') {
      for (const recording of found) process.stdout.write(`${headline(recording)}\n`);
      process.stdout.write(`${found.length} shown.\n`);
      return 0;
    }
    const sealed = await sealedRecordings(database, ids);
    if (sealed.length === 0) {
      process.stdout.write('There is no such recording.\n');
      return 1;
    }
    return request.action === 'show' ? show(sealed) : replayAll(database, sealed);
  });
}

/** Who looked at what and why: one record for each person of whom something is shown. @throws AuditUnavailable: then nothing is */
async function writeTrail(
  database: Database,
  { action, user, reason }: Request,
  { caseId, personHash, ids: _ids, ...which }: Selection,
  ids: readonly number[],
): Promise<void> {
  const clock = { now: () => new Date() };
  const { trail, close } = await openTrail({ configuration: commandConfiguration(), database, clock });
  const entry = {
    context: { client: user, units: [], requestId: randomUUID() },
    at: clock.now(),
    action: `recordings-${action}`,
    outcome: 'success',
    ...(caseId !== undefined && { caseId }),
    detail: { reason, recordings: ids, ...which, ...(personHash !== undefined && { personHash }) },
  } as const;
  const persons = action === 'list' ? [] : await personsOf(database, ids);
  await trail.record(persons.length === 0 ? [entry] : persons.map((personId) => ({ ...entry, personId })));
  await close();
}

async function show(found: readonly SealedRecording[]): Promise<number> {
  const recorder = configuredRecorder();
  const translations = retranslators(commandConfiguration());
  return eachOf(found, (recording) => {
    const raw = openRecording(recorder, recording);
    const text = readable(translations[recording.connector]?.text?.(raw) ?? raw);
    process.stdout.write(`${headline(recording)}\n${text}\n\n`);
  });
}

async function replayAll(database: Database, found: readonly SealedRecording[]): Promise<number> {
  const recorder = configuredRecorder();
  const translations: Readonly<Record<string, Replayable>> = retranslators(commandConfiguration());
  const counts: Record<Verdict, number> = { same: 0, differs: 0, unknown: 0 };
  const code = await eachOf(found, async (recording) => {
    const { text, verdict } = await replay(database, recorder, recording, translations[recording.connector]);
    counts[verdict] += 1;
    process.stdout.write(`${text}\n`);
  });
  process.stdout.write(
    `${counts.same} the same today, ${counts.differs} different, ${counts.unknown} not known.\n`,
  );
  return code;
}

/** One that cannot be opened does not stop the others. Exit code 1 when there was one. */
async function eachOf(
  found: readonly SealedRecording[],
  act: (recording: SealedRecording) => Promise<void> | void,
): Promise<number> {
  let unreadable = 0;
  for (const recording of found) {
    try {
      await act(recording);
    } catch (error) {
      if (!(error instanceof RecordingUnreadable)) throw error;
      unreadable += 1;
      process.stdout.write(`${headline(recording)}\ncannot be opened: ${error.message}\n\n`);
    }
  }
  process.stdout.write(`${found.length - unreadable} shown.\n`);
  return unreadable === 0 ? 0 : 1;
}

function configuredRecorder(): Recorder {
  const { recording } = commandConfiguration();
  if (!recording)
    throw new RecordingUnreadable('no recording is configured here (RECORDING_HOURS, RECORDING_KEY)');
  return new Recorder(recording.key);
}
