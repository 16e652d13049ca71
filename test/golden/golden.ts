import { readdirSync, readFileSync } from 'node:fs';
import { formStream } from '../../src/cases/streams/under-case/form.js';
import { svuStream } from '../../src/cases/kinds/svu.js';
import { messageStream } from '../../src/cases/streams/under-case/message.js';
import { outsideMessageStream, stayStream, wardNoticeStream } from '../../src/cases/streams/of-no-case.js';
import type { RecordedEvent } from '../../src/log/recorded-event.js';
import type { AnyStreamType } from '../../src/log/stream-registry.js';
import { personStream } from '../../src/persons/person-stream.js';
import type { FormEvent } from '../../src/process/form/form.js';
import type { MessageEvent } from '../../src/process/message/message.js';
import type { OutsideMessageEvent } from '../../src/process/outside-message/outside-message.js';
import type { WardNoticeEvent } from '../../src/process/ward-notice/ward-notice.js';
import type { PersonEvent } from '../../src/process/person/person.js';
import type { StayEvent } from '../../src/process/stay/stay.js';
import type { SvuEvent } from '../../src/process/svu/subjects.js';

/**
 * Every version of every event ever written, in an order in which they could have happened. A golden file
 * `events/<stream>/<Type>.v<version>.json` holds one event as that version wrote it; it is never changed once released. An event with
 * other content in the same version is `<Type>.v<version>.<course>.json`: a course is the same events, with those of its name in
 * their place. Where a course needs another file of a type, all that must fit together (ids, keys of to-dos) gets one.
 */
const order: {
  svu: Record<SvuEvent['type'], true>;
  stay: Record<StayEvent['type'], true>;
  person: Record<PersonEvent['type'], true>;
  'ward-notice': Record<WardNoticeEvent['type'], true>;
  message: Record<MessageEvent['type'], true>;
  form: Record<FormEvent['type'], true>;
  'outside-message': Record<OutsideMessageEvent['type'], true>;
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
    CircleFormed: true,
    ContactNamed: true,
    ContactRemoved: true,
    WardChanged: true,
    MovedElsewhereNoted: true,
    PlannedDischargeChanged: true,
    ReadyReported: true,
    ReadyWithdrawn: true,
    HomecomingStated: true,
    PlanningReported: true,
    CoordinatedCarePlanRecorded: true,
    CoordinatedCarePlanWithdrawn: true,
    PlacingMunicipalityStated: true,
    NpoDecisionRecorded: true,
    InformationHandedOver: true,
    JournalDischargeNoted: true,
    JournalExpectedDischargeNoted: true,
    DischargeCancellationNoted: true,
    AdmissionCancellationNoted: true,
    AdmissionRestorationNoted: true,
    DocumentWritten: true,
    DocumentStands: true,
    StatementCompleted: true,
    StatementSigned: true,
    StatementChanged: true,
    StatementReopened: true,
    RegisterChangeNoted: true,
    ListedUnitChanged: true,
    StayLinked: true,
    AdmissionElsewhereNoted: true,
    AdmissionElsewhereEnded: true,
    OtherCareNoted: true,
    OtherCareEnded: true,
    IdentityQuestioned: true,
    IdentitySettled: true,
    PersonReplaced: true,
    WardQuestionEnded: true,
    Discharged: true,
    MovedAfterEndNoted: true,
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
  message: {
    MessageSent: true,
    TodoUpdated: true,
    TodoCompleted: true,
    UnitLeftCase: true,
    PersonOfCaseReplaced: true,
    MessageAnnulled: true,
  },
  form: {
    FormOpened: true,
    AnswersSaved: true,
    UnitLeftCase: true,
    PersonOfCaseReplaced: true,
  },
  'outside-message': {
    OutsideMessageSent: true,
    TodoUpdated: true,
    TodoCompleted: true,
    PersonReplaced: true,
    MessageSealed: true,
    MessageUnsealed: true,
    ConsentWithdrawn: true,
    MessageAnnulled: true,
  },
};
type StreamName = keyof typeof order;

/** The stream types of the hub. */
export const streams: Record<StreamName, AnyStreamType> = {
  svu: svuStream,
  stay: stayStream,
  person: personStream,
  'ward-notice': wardNoticeStream,
  message: messageStream,
  form: formStream,
  'outside-message': outsideMessageStream,
};
/** The stream of every golden event. */
const goldenId = '9c3fb1de-6b86-4a0c-bb0a-5d0f6e0a3003';

type Written = Pick<RecordedEvent, 'type' | 'data'> & {
  readonly at: string;
  readonly by: RecordedEvent['actor'];
};

const folderOf = (name: StreamName) => new URL(`events/${name}/`, import.meta.url);
const filesOf = (name: StreamName): readonly string[] => readdirSync(folderOf(name));

/** The courses of a stream by name; the first is `''`, of the files that name none. */
export function coursesOf(name: StreamName): readonly string[] {
  return [
    ...new Set(['', ...filesOf(name).map((file) => file.split('.').slice(2, -1).join('.'))]),
  ].toSorted();
}

/** The golden events of a course of a stream, each type with all its versions. @throws when a file is missing or of no event */
export function golden(name: StreamName, course: string): RecordedEvent[] {
  const files = filesOf(name);
  const versions = Object.keys(order[name]).flatMap((type) =>
    Array.from({ length: streams[name].versions?.[type] ?? 1 }, (_, index) => ({ type, version: index + 1 })),
  );
  const known = new Set(versions.map(({ type, version }) => `${type}.v${version}`));
  const strangers = files.filter((file) => !known.has(file.split('.').slice(0, 2).join('.')));
  if (strangers.length > 0)
    throw new Error(`Golden files of events that do not exist: ${strangers.join(', ')}`);
  return versions.map(({ type, version }) => {
    const own = `${type}.v${version}.${course}.json`;
    const file = files.includes(own) ? own : `${type}.v${version}.json`;
    if (!files.includes(file)) throw new Error(`There is no golden file ${name}/${file}`);
    const written = JSON.parse(readFileSync(new URL(file, folderOf(name)), 'utf8')) as Written;
    if (written.type !== type) throw new Error(`${name}/${file} holds an event of another type`);
    return recorded(name, written, version);
  });
}

function recorded(
  streamType: StreamName,
  { type, at, by, data }: Written,
  typeVersion: number,
): RecordedEvent {
  return {
    id: goldenId,
    streamType,
    streamId: goldenId,
    streamVersion: 1,
    type,
    typeVersion,
    personId: undefined,
    occurredAt: at,
    recordedAt: at,
    actor: by,
    cause: { kind: 'hub', id: 'golden' },
    data,
  };
}
