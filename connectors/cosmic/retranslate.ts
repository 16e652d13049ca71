import { randomBytes } from 'node:crypto';
import type { RecordedAs } from '../common/recording/recorder.js';
import type { Retranslated } from '../common/recording/retranslated.js';
import { carePlans } from './care-plans/care-plans.js';
import type { ObservedPlan } from './care-plans/translate.js';
import { readSettings, type CosmicSettings } from './configuration-file.js';
import type { Encounter } from './fhir/resources.js';
import { Untranslatable, type LookedAt, type Remembered, type ResourceKind } from './kind.js';
import { Places } from './places.js';
import { present } from './present.js';
import type { Recorded } from './recorded.js';
import { encounters } from './stays/encounters.js';
import type { Observed } from './stays/translate.js';
import { ReadSurroundings } from './surroundings.js';

/** A message's key is no part of its fact. */
const anyKey = { keyId: 'replay', secret: randomBytes(32) };

/**
 * What a recorded Encounter would be told as today, stored nowhere. The person is who was read then, and so is the ward where the
 * Encounter itself does not lead to one: a replay asks the journal nothing.
 * @param as of the recording: which of the facts of one Encounter is meant
 * @param settings the configuration file, parsed as JSON
 */
export function retranslateEncounter(raw: Buffer, as: RecordedAs, settings: unknown): Promise<Retranslated> {
  const recorded = read(raw);
  const usable = readSettings(settings);
  const seen = recorded.seen as Observed;
  return retranslated(encounters(usable, surroundingsOf(seen, usable), anyKey), recorded, as);
}

/** The same of a recorded CarePlan; its organisations are those that were read then. */
export async function retranslateCarePlan(
  raw: Buffer,
  as: RecordedAs,
  settings: unknown,
): Promise<Retranslated> {
  const recorded = read(raw);
  const usable = readSettings(settings);
  const plans = usable.carePlans;
  if (!plans) return { kind: 'nothing', why: 'care plans are not read' };
  const { person, patient, description } = recorded.seen as ObservedPlan;
  const seen: Pick<Observed, 'person' | 'patient'> = {
    ...(person && { person }),
    ...(patient !== undefined && { patient }),
  };
  const organisations = {
    named: (_plan: unknown, from: readonly string[]) =>
      Promise.resolve(
        from === plans.author
          ? description?.author
            ? [description.author]
            : []
          : (description?.receivers ?? []),
      ),
  };
  const context = { settings: usable, plans, surroundings: surroundingsOf(seen, usable), organisations };
  return retranslated(carePlans(context, anyKey), recorded, as);
}

function read(raw: Buffer): Recorded {
  return JSON.parse(raw.toString('utf8')) as Recorded;
}

async function retranslated<Resource extends LookedAt, SeenNow, State extends Remembered>(
  kind: ResourceKind<Resource, SeenNow, State>,
  { resource, before, seen, at }: Recorded,
  as: RecordedAs,
): Promise<Retranslated> {
  const readable = kind.read(resource);
  let now: SeenNow | undefined = seen as SeenNow;
  try {
    if (readable) now = await kind.translate(readable, (before as State | null) ?? undefined);
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return { kind: 'nothing', why: `it cannot be told: ${error.code}` };
  }
  if (now === undefined) return { kind: 'nothing', why: 'its status says nothing' };
  // <id>/<version>#<sequence>/<hash>
  const [, messageId, id = '', version = ''] = /^((.+)\/([^/]*)#\d+)\/[0-9a-f]+$/.exec(as.messageId) ?? [];
  const told = kind.tell((before as State | null) ?? undefined, now, { id, version }, new Date(at));
  const report = told.reports.find((each) => each.messageId === messageId);
  if (!report) return { kind: 'nothing', why: 'nothing has happened to it since what was told before' };
  const { data } = JSON.parse(report.message.value) as { readonly data: unknown };
  return { kind: 'fact', topic: report.topic, fact: data };
}

function surroundingsOf(
  seen: Pick<Observed, 'person' | 'patient' | 'ward' | 'wardNotReadable'>,
  settings: CosmicSettings,
) {
  const gone = { read: () => Promise.resolve({ gone: true } as const) };
  const clock = () => new Date();
  const readable = new ReadSurroundings(gone, new Places(gone, clock), settings, clock);
  return {
    person(of: Pick<Encounter, 'subject'>) {
      const { person, patient } = seen;
      // There was nothing to tell then, so nobody was read for it.
      return person
        ? Promise.resolve({ person, ...(patient !== undefined && { patient }) })
        : readable.person(of);
    },
    async ward(encounter: Encounter) {
      const { ward = seen.ward } = await readable.ward(encounter);
      return present({ ward, wardNotReadable: seen.wardNotReadable });
    },
  };
}
