import { forLog } from '../../../connectors/common/log-text.js';
import { RecordingUnreadable, type Recorder } from '../../../connectors/common/recording/recorder.js';
import type { Retranslated } from '../../../connectors/common/recording/retranslated.js';
import type { SqlConnection } from '../../persistence/database.js';
import { differences } from './differences.js';
import { effectOf, type Effect, type Recording, type SealedRecording } from './read-recordings.js';
import type { Replayable } from './replayable.js';

/** Whether a recording would become today what it became then. `unknown`: what it became is not kept any more. */
export type Verdict = 'same' | 'differs' | 'unknown';

/** The message as text of lines. Bytes that are not UTF-8 are read as Latin 1, so that none is hidden. */
export function readable(raw: Buffer | string): string {
  let text: string;
  try {
    text = typeof raw === 'string' ? raw : new TextDecoder('utf8', { fatal: true }).decode(raw);
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
export function headline(recording: Recording): string {
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
 * One recording on its way through the hub: what came in, the fact it became then beside the one it would be today and whether they
 * differ, the events it caused, and the to-dos as they stood after each. Changes nothing.
 */
export async function replay(
  sql: SqlConnection,
  recorder: Recorder,
  recording: SealedRecording,
  replayable: Replayable | undefined,
): Promise<{ readonly text: string; readonly verdict: Verdict }> {
  const raw = openRecording(recorder, recording);
  const effect: Effect = recording.eventId === null ? { events: [] } : await effectOf(sql, recording.eventId);
  const became = then(recording, raw, replayable, effect);
  const now = await today(raw, recording, replayable);
  const { verdict, lines } = compare(became, now);
  const text = [
    headline(recording),
    'what came in:',
    indented(readable(replayable?.text?.(raw) ?? raw)),
    `became then: ${said(became)}`,
    `would be now: ${said(now)}`,
    ...lines,
    ...(recording.eventId === null ? [] : [inboxLine(effect)]),
    ...effect.events.flatMap(({ type, stream, version, todos }) => [
      `event: ${type}  ${stream}  version ${version}`,
      ...todos.map((todo) => `  to-do: ${todo}`),
    ]),
    '',
  ].join('\n');
  return { text, verdict };
}

type Became = Retranslated | { readonly kind: 'unknown' };

function then(
  { outcome, cause }: Recording,
  raw: Buffer,
  replayable: Replayable | undefined,
  { inbox }: Effect,
): Became {
  if (outcome === 'refused' || outcome === 'nothing')
    return { kind: 'nothing', why: `${outcome === 'refused' ? 'refused: ' : ''}${cause ?? ''}` };
  const fact = replayable?.became ? replayable.became(raw) : inbox?.data;
  return fact === undefined || fact === null ? { kind: 'unknown' } : { kind: 'fact', topic: '', fact };
}

async function today(
  raw: Buffer,
  recording: SealedRecording,
  replayable: Replayable | undefined,
): Promise<Retranslated> {
  if (!replayable) return { kind: 'nothing', why: 'this connector offers no translation to replay by' };
  try {
    return await replayable.now(raw, recording);
  } catch (error) {
    return { kind: 'nothing', why: `refused: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function compare(then: Became, now: Retranslated): { verdict: Verdict; lines: readonly string[] } {
  if (then.kind === 'unknown')
    return { verdict: 'unknown', lines: ['whether that differs cannot be said any more'] };
  if (then.kind === 'nothing' && now.kind === 'nothing')
    return { verdict: 'same', lines: ['the same: no fact'] };
  if (then.kind !== 'fact' || now.kind !== 'fact')
    return {
      verdict: 'differs',
      lines: [`differs: ${then.kind === 'fact' ? 'no fact any more' : 'a fact now'}`],
    };
  const changed = differences(then.fact, JSON.parse(JSON.stringify(now.fact)));
  return changed.length === 0
    ? { verdict: 'same', lines: ['the same'] }
    : { verdict: 'differs', lines: ['differs:', ...changed.map((line) => `  ${line}`)] };
}

function said(what: Became): string {
  if (what.kind === 'unknown') return 'a fact that is not kept any more';
  return what.kind === 'fact' ? readable(JSON.stringify(what.fact)) : `no fact: ${readable(what.why)}`;
}

function inboxLine({ inbox }: Effect): string {
  const outcome = inbox?.outcome ?? undefined;
  return `in the inbox: ${inbox ? [inbox.state, ...(outcome === undefined ? [] : [outcome])].join(', ') : 'not there'}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
