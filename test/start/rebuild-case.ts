import { defaultTimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import { Recorder } from '../../connectors/common/recording/recorder.js';
import type { Retranslated } from '../../connectors/common/recording/retranslated.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { svuStream } from '../../src/cases/kinds/svu.js';
import { factHandler } from '../../src/cases/facts/fact-handlers.js';
import { stayStream, wardNoticeStream } from '../../src/cases/streams/of-no-case.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { LiveDirectory } from '../../src/directory/live-directory.js';
import { readOrganisationFile } from '../../src/start/checks/configured-files.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { readLog } from '../../src/log/read-log.js';
import type { SequencedEvent } from '../../src/log/recorded-event.js';
import { readRegisterCopy } from '../../src/log/register-copy.js';
import { changeOf } from '../../src/log/stream-change.js';
import { StreamRegistry } from '../../src/log/stream-registry.js';
import { upcasters } from '../../src/log/upcasters/index.js';
import { appendChanges } from '../../src/log/write-change.js';
import type { CloudEvent } from '../../src/messaging/contracts/cloud-event.js';
import { factTopics, type ListingFact, type PersonFact } from '../../src/messaging/contracts/facts.js';
import type { Sending } from '../../src/messaging/contracts/sending.js';
import type { FactTopicName } from '../../src/messaging/contracts/topics.js';
import type { Database } from '../../src/persistence/database.js';
import { addCopy, noteReading } from '../../src/persons/person-store.js';
import { personStream } from '../../src/persons/person-stream.js';
import { readQuestionnaires } from '../../src/questionnaires/read-questionnaires.js';
import { readPolicies } from '../../src/policies/read-policies.js';
import { Registers } from '../../src/persons/registers.js';
import {
  listRecordings,
  sealedRecordings,
  type SealedRecording,
} from '../../src/administration/recordings/read-recordings.js';
import { openRecording } from '../../src/administration/recordings/replay.js';
import { retranslators } from '../../src/start/retranslators.js';

const registry = new StreamRegistry([svuStream, stayStream, personStream, wardNoticeStream]);

/** What was played: recordings that became facts, and events that somebody at the facade caused. */
type Played = { readonly facts: number; readonly answers: number; readonly commanded: number };

/**
 * Builds a case anew in an empty store from what was recorded of its person: each message and each re-read answer is translated as
 * today and goes through the hub's own handlers, which ask the registers and get what was recorded of their answers. What
 * people did at the facade is no message: their events are taken from the log, in their place.
 */
export async function rebuildCase(
  configuration: Configuration,
  live: Database,
  scratch: Database,
  caseId: string,
): Promise<Played> {
  const recordings = await recordingsOf(configuration, live, caseId);
  const answers = recordings.filter(({ outcome }) => outcome === 'answered');
  const events = await eventsOfPerson(live, caseId);
  const { rows: numbers } = await live.query<{ hash: string; person_id: string }>(
    'select hash, person_id from person_identity where person_id = $1',
    [events.find(({ streamId }) => streamId === caseId)?.personId],
  );
  // A person's id is made at random; everything else is to be found again.
  for (const { hash, person_id } of numbers)
    await scratch.query('insert into person_identity (hash, person_id) values ($1, $2)', [hash, person_id]);

  let now = new Date(0);
  const said = <Fact>(topic: string): Fact | undefined =>
    answers
      .filter((each) => each.topic === topic && each.receivedAt <= now)
      .map(({ fact }) => fact as Fact)
      .at(-1);
  const policies = readPolicies(configuration.policiesDirectory, caseKinds.all);
  const organisation = readOrganisationFile(configuration.organisationFile, policies);
  const registers = new Registers(
    scratch,
    { lookUp: () => Promise.resolve([need(said<PersonFact>(factTopics.person))]) },
    { lookUp: () => Promise.resolve(need(said<ListingFact>(factTopics.listing))) },
    {
      identitySecret: configuration.identityKey.toString('hex'),
      maxAgeMilliseconds: configuration.registers.lookup.cacheSeconds * 1000,
      allowTestPersons: true,
    },
    () => now,
  );
  const handle = factHandler({
    timeBounds: defaultTimeBounds,
    noticeLimit: 1000,
    messageLimit: 300,
    formSaveLimit: 2000,
    questionnaires: readQuestionnaires(configuration.questionnairesDirectory),
    kinds: caseKinds,
    log: new PostgresLog({ database: scratch }),
    sql: scratch,
    directory: new LiveDirectory(organisation),
    policies,
    registers,
    now: () => now,
  });

  let [facts, commanded] = [0, 0];
  for (const group of byCause(events)) {
    const [first] = group;
    now = new Date(first.recordedAt);
    const recording = recordings.find(({ eventId }) => eventId !== null && eventId === first.cause.id);
    if (recording) {
      // When and in which order it was received no message says of itself.
      const { rows } = await live.query<{ at: Date; position: number; sending?: Sending }>(
        `select received_at as at, position, envelope -> 'sending' as sending from inbox where event_id = $1`,
        [first.cause.id],
      );
      await handle(
        {
          position: need(rows[0]).position,
          eventId: first.cause.id,
          topic: recording.topic as FactTopicName,
          event: {
            data: recording.fact,
            ...(rows[0]?.sending && { sending: rows[0].sending }),
          } as CloudEvent,
          receivedAt: need(rows[0]).at.toISOString(),
        },
        () => Promise.resolve(),
      );
      facts += 1;
    } else {
      await keepCopies(scratch, group, said(factTopics.person), said(factTopics.listing));
      await append(scratch, group);
      commanded += group.length;
    }
  }
  return { facts, answers: answers.length, commanded };
}

type Replayed = SealedRecording & { readonly topic: string; readonly fact: unknown };

/** What would become a fact today, in the order it came. */
async function recordingsOf(
  configuration: Configuration,
  live: Database,
  caseId: string,
): Promise<readonly Replayed[]> {
  const recorder = new Recorder(need(configuration.recording).key);
  const replayables = retranslators(configuration);
  const ids = (await listRecordings(live, { caseId, after: 0, limit: 1000 })).map(({ id }) => id);
  const found: Replayed[] = [];
  for (const recording of await sealedRecordings(live, ids)) {
    const now: Retranslated = await need(replayables[recording.connector]).now(
      openRecording(recorder, recording),
      recording,
    );
    if (now.kind === 'fact') found.push({ ...recording, ...now });
  }
  return found;
}

async function eventsOfPerson(live: Database, caseId: string): Promise<readonly SequencedEvent[]> {
  const all = await readLog(live, 0, 100_000);
  const person = all.find(({ streamId }) => streamId === caseId)?.personId;
  return all.filter(({ personId, streamId }) => personId === person || streamId === person);
}

type Group = readonly [SequencedEvent, ...SequencedEvent[]];

/** Runs of events with one cause: what one transaction wrote. */
function byCause(events: readonly SequencedEvent[]): readonly Group[] {
  const groups: [SequencedEvent, ...SequencedEvent[]][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && JSON.stringify(last[0].cause) === JSON.stringify(event.cause)) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** The register copies that the log only numbers, from what the registers are recorded to have said. */
async function keepCopies(
  scratch: Database,
  group: Group,
  person: PersonFact | undefined,
  listing: ListingFact | undefined,
): Promise<void> {
  for (const { streamType, streamId, data } of group) {
    if (streamType !== 'person' || typeof data !== 'object' || data === null || !('copy' in data)) continue;
    const { record = null, readAt } = need(person);
    const copy = { version: Number(data.copy), record, listing: listing?.listings ?? null };
    await addCopy(scratch, streamId, copy, readAt);
    await noteReading(scratch, streamId, 'population', readAt);
    if (listing) await noteReading(scratch, streamId, 'listing', listing.readAt);
  }
}

/** Events as they were logged. @throws Error when the store has not come to where the log was then */
async function append(scratch: Database, group: Group): Promise<void> {
  for (const [id, events] of Map.groupBy(group, ({ streamId }) => streamId)) {
    const { rows } = await scratch.query<{ state: unknown; version: number }>(
      'select state, version from stream where id = $1',
      [id],
    );
    const before = { state: rows[0]?.state ?? undefined, version: rows[0]?.version ?? 0 };
    if (events[0]?.streamVersion !== before.version + 1)
      throw new Error(`stream ${id} has come to ${before.version}, the log to ${events[0]?.streamVersion}`);
    const context = {
      registerCopy: (personId: string, version: number) => readRegisterCopy(scratch, personId, version),
    };
    const type = registry.get(need(events[0]).streamType);
    const change = await changeOf(type, id, before, events, { upcasters, context });
    await scratch.transaction((sql) =>
      appendChanges(sql, [{ change, expectedVersion: before.version, events }]),
    );
  }
}

function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the recordings lack what the case was made of');
  return value;
}
