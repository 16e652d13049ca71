import type { Session } from '../log/log.js';
import { dropPayloadsOf } from '../messaging/inbox/retention.js';
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
  if (effect.sealedBy !== undefined) await dropPayloadsOf(session.sql, personId);
  const commands = commandsFor(effect, context);
  if (commands.length === 0) return effect;
  // A case that is over is sealed as well; the process knows what each command means to it.
  for (const id of await session.streamsOf(personId, 'svu')) {
    for (const command of commands) await session.execute(svuStream, id, command);
  }
  return effect;
}

function commandsFor(
  effect: ReadingEffect,
  context: { readonly at: Instant; readonly by: Actor },
): readonly SvuCommand[] {
  if (effect.sealedBy !== undefined) {
    const cause = effect.sealedBy === 'protected' ? 'protected-identity' : 'protection-unknown';
    return [{ type: 'freeze', ...context, data: { cause } }];
  }
  // Nothing was kept to compare with, and who was protected has often moved: the addressees are to be looked over.
  const changed = effect.unsealed ? (['listing', 'municipality'] as const) : effect.changed;
  return [
    ...(effect.unsealed ? [{ type: 'unfreeze', ...context, data: {} } as const] : []),
    ...(changed.length === 0
      ? []
      : [{ type: 'note-register-change', ...context, data: { changed } } as const]),
  ];
}
