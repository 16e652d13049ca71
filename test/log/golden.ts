import { readdirSync, readFileSync } from 'node:fs';
import { svuStream } from '../../src/cases/kinds.js';
import { stayStream, wardNoticeStream } from '../../src/cases/streams.js';
import type { RecordedEvent } from '../../src/log/recorded-event.js';
import type { AnyStreamType } from '../../src/log/stream-registry.js';
import { personStream } from '../../src/persons/person-stream.js';
import type { WardNoticeEvent } from '../../src/process/ward-notice/ward-notice.js';
import type { PersonEvent } from '../../src/process/person/person.js';
import type { StayEvent } from '../../src/process/stay/stay.js';
import type { SvuEvent } from '../../src/process/svu/events.js';

/**
 * Every version of every event ever written, in an order in which they could have happened. A golden file
 * `golden/<stream>/<Type>.v<version>.json` holds one payload as that version wrote it; it is never changed once released. A payload
 * with an optional field that came later, in the same version, is `<Type>.v<version>.<what>.json`.
 */
const order: {
  svu: Record<SvuEvent['type'], true>;
  stay: Record<StayEvent['type'], true>;
  person: Record<PersonEvent['type'], true>;
  'ward-notice': Record<WardNoticeEvent['type'], true>;
} = {
  svu: {
    CaseOpened: true,
    ParticipantAdded: true,
    AddressingFailed: true,
    AddressingSettled: true,
    PatientInformationRecorded: true,
    NeedsAssessed: true,
    TodoDue: true,
    TodoOverdue: true,
    DecisionRegistered: true,
    AdmissionNoticePublished: true,
    TodoUpdated: true,
    TodoCompleted: true,
    ContactNamed: true,
    ContactRemoved: true,
    WardChanged: true,
    MovedElsewhereNoted: true,
    PlannedDischargeChanged: true,
    ReadyReported: true,
    ReadyWithdrawn: true,
    JournalDischargeNoted: true,
    JournalExpectedDischargeNoted: true,
    DischargeCancellationNoted: true,
    AdmissionCancellationNoted: true,
    AdmissionRestorationNoted: true,
    RegisterChangeNoted: true,
    ListedUnitChanged: true,
    StayLinked: true,
    AdmissionElsewhereNoted: true,
    IdentityQuestioned: true,
    IdentitySettled: true,
    PersonReplaced: true,
    Discharged: true,
    DischargeUndone: true,
    ParticipantRemoved: true,
    DecisionDeregistered: true,
    CaseFrozen: true,
    CaseUnfrozen: true,
    CaseAnnulled: true,
  },
  stay: {
    StayAdmitted: true,
    StayTransferred: true,
    StayChanged: true,
    StayDischarged: true,
    StayDischargeCancelled: true,
    StayAdmissionCancelled: true,
    OtherStayNoted: true,
    StayGivenUp: true,
    StayPersonReplaced: true,
  },
  person: {
    PersonRegistered: true,
    RegisterCopyChanged: true,
    PersonSealed: true,
    PersonUnsealed: true,
    IdentityMerged: true,
    IdentityMergedInto: true,
  },
  'ward-notice': {
    WardTold: true,
    TodoDue: true,
    TodoOverdue: true,
    WardNoticeClosed: true,
    TodoUpdated: true,
    TodoCompleted: true,
  },
};
/** The stream types of the hub. */
export const streams: Record<keyof typeof order, AnyStreamType> = {
  svu: svuStream,
  stay: stayStream,
  person: personStream,
  'ward-notice': wardNoticeStream,
};
/** The stream of every golden event. */
const goldenId = '9c3fb1de-6b86-4a0c-bb0a-5d0f6e0a3003';

/** The golden payloads of a stream, each event type with all its versions, all of one stream. */
export function golden(name: keyof typeof streams): RecordedEvent[] {
  const folder = new URL(`golden/${name}/`, import.meta.url);
  const files = new Set(readdirSync(folder));
  const found = Object.keys(order[name]).flatMap((type) =>
    Array.from({ length: streams[name].versions?.[type] ?? 1 }, (_, index) => {
      const file = `${type}.v${index + 1}.json`;
      if (!files.has(file)) throw new Error(`There is no golden file ${name}/${file}`);
      const later = [...files].filter((each) => each.startsWith(`${type}.v${index + 1}.`) && each !== file);
      return [file, ...later.toSorted()].map((each) => {
        files.delete(each);
        return recorded(name, type, index + 1, JSON.parse(readFileSync(new URL(each, folder), 'utf8')));
      });
    }).flat(),
  );
  if (files.size > 0) throw new Error(`Golden files of events that do not exist: ${[...files].join(', ')}`);
  return found;
}

function recorded(
  streamType: keyof typeof streams,
  type: string,
  typeVersion: number,
  data: unknown,
): RecordedEvent {
  return {
    id: goldenId,
    streamType,
    streamId: goldenId,
    streamVersion: 1,
    type,
    typeVersion,
    personId: undefined,
    occurredAt: '2026-01-05T08:00:00.000Z',
    recordedAt: '2026-01-05T08:00:00.000Z',
    actor: { kind: 'system', system: 'journal' },
    cause: { kind: 'hub', id: 'golden' },
    data,
  };
}
