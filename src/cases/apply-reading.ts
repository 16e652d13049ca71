import type { Session } from '../log/log.js';
import type { SvuCommand } from '../process/svu/commands.js';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import { recordReading } from '../persons/record-reading.js';
import type { Reading, ReadingEffect } from '../persons/record-reading.js';
import { svuStream } from './streams.js';

/**
 * Keeps what the registers said about a person and lets it reach the person's open cases in the same transaction: a
 * protected person's cases are frozen (PAT-6) until the register says clearly that the person is not protected; other
 * changes are noted (PAT-7).
 */
export async function applyReading(
  session: Session,
  personId: Uuid,
  reading: Reading,
  context: { readonly at: Instant; readonly by: Actor },
): Promise<ReadingEffect> {
  const effect = await recordReading(session, personId, reading, context);
  const command = commandFor(effect, context);
  if (command === undefined) return effect;
  // A case that is over is sealed as well; the process knows what each command means to it.
  for (const id of await session.streamsOf(personId, 'svu')) await session.execute(svuStream, id, command);
  return effect;
}

function commandFor(
  effect: ReadingEffect,
  context: { readonly at: Instant; readonly by: Actor },
): SvuCommand | undefined {
  if (effect.sealedBy !== undefined) {
    const cause = effect.sealedBy === 'protected' ? 'protected-identity' : 'protection-unknown';
    return { type: 'freeze', ...context, data: { cause } };
  }
  if (effect.unsealed) return { type: 'unfreeze', ...context, data: {} };
  if (effect.changed.length === 0) return undefined;
  return { type: 'note-register-change', ...context, data: { changed: effect.changed } };
}
