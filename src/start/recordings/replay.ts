import { readFile } from 'node:fs/promises';
import { forLog } from '../../../connectors/frame/log-text.js';
import { RecordingUnreadable, type Recorder } from '../../../connectors/frame/recording/recorder.js';
import { retranslateMelior, type Retranslated } from '../../../connectors/melior/retranslate.js';
import type { Configuration } from '../../configuration/configuration.js';
import type { SqlConnection } from '../../persistence/database.js';
import { differences } from './differences.js';
import { effectOf, type SealedRecording } from './read-recordings.js';

/** What a connector would make of recorded bytes today. @throws as the connector refuses */
export type Retranslate = (raw: Buffer) => Retranslated;

/** Each connector's translation with the configuration of now; one line for each connector that records. */
export async function retranslators({
  melior,
}: Configuration): Promise<Readonly<Record<string, Retranslate>>> {
  const mapping = JSON.parse(await readFile(melior.mappingFile, 'utf8')) as unknown;
  return { melior: (raw) => retranslateMelior(raw, mapping) };
}

/** The message as text of lines. Bytes that are not UTF-8 are read as Latin 1, so that none is hidden. */
export function readable(raw: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf8', { fatal: true }).decode(raw);
  } catch {
    text = raw.toString('latin1');
  }
  // Nothing a sender wrote steers the terminal it is shown on.
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '?')
    .trimEnd();
}

/** The bytes of a recording. @throws RecordingUnreadable also when it was sealed with a key of another name */
export function openRecording(recorder: Recorder, recording: SealedRecording): Buffer {
  if (recording.keyId !== recorder.keyId)
    throw new RecordingUnreadable(
      `it was sealed with the key ${recording.keyId}, which is not the configured one`,
    );
  return recorder.open(recording, recording.sealed);
}

/** One line that says which recording it is; no personal data: what a sender chose is shown as a log line shows it. */
export function headline(recording: Omit<SealedRecording, 'sealed' | 'keyId'>): string {
  const { id, receivedAt, connector, sender, messageId, outcome, cause, eventId } = recording;
  return [
    id,
    receivedAt.toISOString(),
    connector,
    forLog(sender),
    forLog(messageId),
    outcome,
    cause ?? '',
    eventId ?? '',
  ]
    .filter((part) => part !== '')
    .join('  ');
}

/**
 * One recording on its way through the hub: the message, the fact it would be today and how that differs from what was stored, the events it
 * caused, and the to-dos as they stood after each. Changes nothing.
 */
export async function replayText(
  sql: SqlConnection,
  recorder: Recorder,
  recording: SealedRecording,
  translate: Retranslate | undefined,
): Promise<string> {
  const raw = openRecording(recorder, recording);
  const { inbox, events } =
    recording.eventId === null ? { inbox: undefined, events: [] } : await effectOf(sql, recording.eventId);
  const now = today(raw, translate);
  const stored = inbox?.data ?? undefined;
  const changed =
    now.kind === 'fact' && stored !== undefined
      ? differences(stored, JSON.parse(JSON.stringify(now.fact)))
      : [];
  return [
    headline(recording),
    'message:',
    indented(readable(raw)),
    now.kind === 'fact' ? `fact, as translated now: ${JSON.stringify(now.fact)}` : `no fact now: ${now.why}`,
    ...(stored === undefined
      ? ['as it was stored: not kept any more']
      : changed.length === 0
        ? ['the same as was stored']
        : ['differs from what was stored:', ...changed.map((line) => `  ${line}`)]),
    `in the inbox: ${inbox ? `${inbox.state}${inbox.outcome === null ? '' : `, ${inbox.outcome}`}` : 'not there'}`,
    ...events.flatMap(({ type, stream, version, todos }) => [
      `event: ${type}  ${stream}  version ${version}`,
      ...todos.map((todo) => `  to-do: ${todo}`),
    ]),
    '',
  ].join('\n');
}

function today(raw: Buffer, translate: Retranslate | undefined): Retranslated {
  if (!translate) return { kind: 'nothing', why: 'this connector offers no translation to replay by' };
  try {
    return translate(raw);
  } catch (error) {
    return { kind: 'nothing', why: `refused: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
