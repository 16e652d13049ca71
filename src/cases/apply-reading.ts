import type { Directory } from '../directory/organisation.js';
import type { Session } from '../log/log.js';
import { dropPayloadsOf } from '../messaging/inbox/retention.js';
import type { SharedCommand } from '../process/case/shared-subjects.js';
import type { Relisting } from '../process/case/relisting.js';
import { localDateOf } from '../process/time.js';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import { recordReading } from '../persons/record-reading.js';
import type { Reading, ReadingEffect } from '../persons/record-reading.js';
import { latestCopy } from '../persons/person-store.js';
import { personStream } from '../persons/person-stream.js';
import { protection } from '../persons/protection.js';
import { addressMunicipality, addressOutpatient } from './addressing.js';
import type { CasesDependencies } from './dependencies.js';
import { freeze } from './freeze.js';
import { casesOf } from './open-cases.js';
import type { FoundCase } from './open-cases.js';
import { executeOnCase } from './on-case.js';
import { tellOutsideMessages } from './outside-messages.js';

type Context = { readonly at: Instant; readonly by: Actor };

/**
 * Keeps what the registers said about a person and lets it reach the person's open cases in the same transaction: a
 * protected person's cases are frozen (PAT-6) until the register says clearly that the person is not protected; other
 * changes are noted (PAT-7).
 */
export async function applyReading(
  { directory, kinds }: Pick<CasesDependencies, 'directory' | 'kinds'>,
  session: Session,
  personId: Uuid,
  reading: Reading,
  { joined = false, ...context }: Context & { readonly joined?: boolean },
): Promise<ReadingEffect> {
  const { state } = await session.load(personStream, personId);
  const kept = joined && state?.sealed === true ? withoutUnsealing(reading) : reading;
  const effect = await recordReading(session, personId, kept, context);
  if (effect.sealedBy !== undefined) {
    for (const each of [personId, ...(state?.absorbed ?? [])]) await dropPayloadsOf(session.sql, each);
    await tellOutsideMessages(session, personId, { type: 'seal', ...context, data: {} });
  }
  if (effect.unsealed) await tellOutsideMessages(session, personId, { type: 'unseal', ...context, data: {} });
  const addresses = await addressesNow(directory, session, personId, reading, effect, context.at);
  const commands = commandsFor(effect, context, addresses);
  if (commands.length === 0) return effect;
  // A case that is over is sealed as well; the process knows what each command means to it.
  for (const each of await casesOf(session, kinds, personId)) {
    for (const command of commands) {
      if (command.type === 'freeze') await freeze(session, each, command.data.cause, context);
      else await executeOnCase(session, each.kind, each.id, ofKind(each, command));
    }
  }
  return effect;
}

/** PAT-6: a case that hears of stays has missed what journals told of them while it was frozen. */
const ofKind = ({ kind }: Pick<FoundCase, 'kind'>, command: SharedCommand): SharedCommand =>
  command.type === 'unfreeze' && kind.stays !== undefined
    ? { ...command, data: { hearsOfStays: true } }
    : command;

/**
 * PAT-12: who is protected under one number is protected under the other. The reading that brought the number does not end the
 * protection; a later one, of the person as she is now, may.
 */
function withoutUnsealing({ population, ...rest }: Reading): Reading {
  return population === undefined || protection(population.record) === 'none'
    ? rest
    : { ...rest, population };
}

/** What of the registers a case may follow (ADR-2, ADR-7). */
type Addresses = Pick<Relisting['data'], 'listed' | 'registered'>;

/**
 * ADR-7: the unit where a person is listed today, as the copy says, also where nothing in it changed: a listing begins and ends on its
 * day; none where the hub keeps no listing. ADR-2: the inboxes of the municipality, where that has changed.
 */
async function addressesNow(
  directory: Directory,
  session: Session,
  personId: Uuid,
  reading: Reading,
  effect: ReadingEffect,
  at: Instant,
): Promise<Addresses> {
  const moved = effect.changed.includes('municipality');
  if (reading.listing === undefined && !moved) return {};
  const copy = await latestCopy(session.sql, personId);
  if (copy === undefined || copy.record === null) return {};
  return {
    ...(reading.listing === undefined || copy.listing === null
      ? {}
      : { listed: addressOutpatient(directory, copy.listing, localDateOf(at)) }),
    ...(moved ? { registered: addressMunicipality(directory, copy.record) } : {}),
  };
}

function commandsFor(
  effect: ReadingEffect,
  context: Context,
  addresses: Addresses,
): readonly SharedCommand[] {
  if (effect.sealedBy !== undefined) {
    const cause = effect.sealedBy === 'protected' ? 'protected-identity' : 'protection-unknown';
    return [{ type: 'freeze', ...context, data: { cause } }];
  }
  // Nothing was kept to compare with, and who was protected has often moved: the addressees are to be looked over.
  const changed = effect.unsealed
    ? [...effect.standing, 'listing' as const, 'municipality' as const]
    : effect.changed;
  return [
    ...(effect.unsealed ? [{ type: 'unfreeze', ...context, data: {} } as const] : []),
    ...(changed.length === 0 && addresses.listed === undefined
      ? []
      : [
          {
            type: 'note-register-change',
            ...context,
            data: { changed, ...addresses },
          } as const,
        ]),
  ];
}
