import { factTopics, type IdentityFact, type StayFact } from '../../src/messaging/contracts/facts.js';
import type { RecordedAs } from '../frame/recording/recorder.js';
import type { Retranslated } from '../frame/recording/retranslated.js';
import { readSettings } from './configuration-file.js';
import { derive, type Step, type Told } from './derive.js';
import type { Encounter } from './fhir/resources.js';
import { ReadSurroundings } from './surroundings.js';
import { translate, Untranslatable, type Seen } from './translate.js';

/**
 * What is recorded beside each fact of an Encounter: the Encounter as the server gave it (null: it was deleted there), and what it
 * is told by, because a fact is what an Encounter differs in from what was told before.
 */
type Recorded = {
  readonly encounter: Encounter | null;
  /** What had been told of it. */
  readonly before: Told | null;
  /** What it was read as, by the settings of then and what it referred to. */
  readonly seen: Seen;
  /** Our own time. */
  readonly at: string;
};

/** @param at our own time */
export function recordedEncounter(recorded: Omit<Recorded, 'at'> & { readonly at: Date }): Buffer {
  return Buffer.from(JSON.stringify({ ...recorded, at: recorded.at.toISOString() } satisfies Recorded));
}

/**
 * What a recorded Encounter would be told as today, stored nowhere. The person is who was read then, and so is the ward where the
 * Encounter itself does not lead to one: a replay asks the journal nothing.
 * @param as of the recording: which of the facts of one Encounter is meant
 * @param settings the configuration file, parsed as JSON
 */
export async function retranslateCosmic(
  raw: Buffer,
  as: RecordedAs,
  settings: unknown,
): Promise<Retranslated> {
  const { encounter, before, seen, at } = JSON.parse(raw.toString('utf8')) as Recorded;
  const usable = readSettings(settings);
  let now: Seen | undefined = seen;
  try {
    if (encounter) now = await translate(encounter, usable, surroundingsOf(seen, usable));
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return { kind: 'nothing', why: `it cannot be told: ${error.code}` };
  }
  if (!now) return { kind: 'nothing', why: 'its status says nothing' };
  // <id>/<version>#<sequence>/<hash>
  const [, messageId = '', id = '', sequence] = /^((.+)\/[^/]*#(\d+))\/[0-9a-f]+$/.exec(as.messageId) ?? [];
  const step = derive(before ?? undefined, now, at).steps.find(
    (each) => sequenceOf(each) === Number(sequence),
  );
  if (!step) return { kind: 'nothing', why: 'nothing has happened to the stay since what was told before' };
  const origin = { sender: as.sender.split(':').slice(4).join(':'), messageId };
  if (step.topic === 'stay') {
    const visit = step.visit === 1 ? id : `${id}~${step.visit}`;
    const fact: StayFact = { ...step.fact, visit, ...origin };
    return { kind: 'fact', topic: factTopics.stay, fact };
  }
  const { person, replaced, occurredAt, sequence: number } = step;
  const fact: IdentityFact = { person, replaced: [replaced], occurredAt, sequence: number, ...origin };
  return { kind: 'fact', topic: factTopics.identity, fact };
}

function sequenceOf(step: Step): number {
  return step.topic === 'stay' ? step.fact.sequence : step.sequence;
}

function surroundingsOf(seen: Seen, settings: ReturnType<typeof readSettings>) {
  const gone = { read: () => Promise.resolve({ gone: true } as const) };
  const readable = new ReadSurroundings(gone, settings, () => new Date());
  return {
    person(encounter: Encounter) {
      const { person, patient } = seen;
      // It was no stay then, so nobody was read for it.
      return person
        ? Promise.resolve({ person, ...(patient !== undefined && { patient }) })
        : readable.person(encounter);
    },
    async ward(encounter: Encounter) {
      return (await readable.ward(encounter)) ?? seen.ward;
    },
  };
}
