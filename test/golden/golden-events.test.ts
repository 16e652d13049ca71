import { readdirSync, readFileSync } from 'node:fs';
import { upcasters } from '../../src/log/upcasters/index.js';
import type { Decider } from '../../src/process/decider.js';
import type { WardNoticeEvent } from '../../src/process/ward-notice/ward-notice.js';
import { wardNotice } from '../../src/process/ward-notice/ward-notice-decider.js';
import type { PersonEvent } from '../../src/process/person/person.js';
import { person } from '../../src/process/person/person-decider.js';
import type { StayEvent } from '../../src/process/stay/stay.js';
import { stay } from '../../src/process/stay/stay-decider.js';
import type { SvuEvent } from '../../src/process/svu/events.js';
import { svu } from '../../src/process/svu/svu.js';

type Versions<Event extends { readonly type: string }> = readonly (readonly [Event['type'], number])[];

/** Every type of event, in an order in which each changes something, with the version it is written in today. */
const svuCourse: Versions<SvuEvent> = [
  ['CaseOpened', 1],
  ['AddressingFailed', 1],
  ['AddressingSettled', 1],
  ['PatientInformationRecorded', 1],
  ['NeedsAssessed', 1],
  ['TodoDue', 1],
  ['TodoOverdue', 1],
  ['DecisionRegistered', 1],
  ['AdmissionNoticePublished', 1],
  ['ParticipantAdded', 1],
  ['TodoUpdated', 1],
  ['TodoCompleted', 1],
  ['ContactNamed', 1],
  ['ContactRemoved', 1],
  ['ParticipantRemoved', 1],
  ['PlannedDischargeChanged', 1],
  ['ReadyReported', 1],
  ['ReadyWithdrawn', 1],
  ['WardChanged', 1],
  ['MovedElsewhereNoted', 1],
  ['JournalDischargeNoted', 1],
  ['JournalExpectedDischargeNoted', 1],
  ['DischargeCancellationNoted', 1],
  ['AdmissionCancellationNoted', 1],
  ['AdmissionRestorationNoted', 1],
  ['RegisterChangeNoted', 1],
  ['ListedUnitChanged', 1],
  ['StayLinked', 1],
  ['AdmissionElsewhereNoted', 1],
  ['IdentityQuestioned', 1],
  ['IdentitySettled', 1],
  ['PersonReplaced', 1],
  ['CaseFrozen', 1],
  ['CaseUnfrozen', 1],
  ['Discharged', 1],
  ['DischargeUndone', 1],
  ['DecisionDeregistered', 1],
  ['CaseAnnulled', 1],
];
const stayCourse: Versions<StayEvent> = [
  ['StayAdmitted', 1],
  ['StayTransferred', 1],
  ['StayChanged', 1],
  ['StayDischarged', 1],
  ['StayDischargeCancelled', 1],
  ['StayAdmissionCancelled', 1],
  ['OtherStayNoted', 1],
  ['StayGivenUp', 1],
  ['StayPersonReplaced', 1],
];
const personCourse: Versions<PersonEvent> = [
  ['PersonRegistered', 1],
  ['RegisterCopyChanged', 1],
  ['PersonSealed', 1],
  ['PersonUnsealed', 1],
  ['IdentityMerged', 1],
  ['IdentityMergedInto', 1],
];
const wardNoticeCourse: Versions<WardNoticeEvent> = [
  ['WardTold', 1],
  ['TodoDue', 1],
  ['TodoOverdue', 1],
  ['TodoUpdated', 1],
  ['WardNoticeClosed', 1],
  ['TodoCompleted', 1],
];

/** The compiler refuses this line when an event type is missing above. */
type Missing<Event extends { readonly type: string }, Listed extends string> = Exclude<Event['type'], Listed>;
const complete: Missing<SvuEvent, (typeof svuCourse)[number][0]> extends never ? true : false = true;

type Stored = { readonly type: string; readonly at: string; readonly by: unknown; readonly data: unknown };
type Stream = 'svu' | 'stay' | 'person' | 'ward-notice';

const folder = (stream: Stream) => new URL(`./events/${stream}/`, import.meta.url);
const golden = (stream: Stream, type: string, version: number): Stored =>
  JSON.parse(readFileSync(new URL(`${type}.v${version}.json`, folder(stream)), 'utf8')) as Stored;

describe.each<[Stream, Decider<unknown, never, never>, readonly (readonly [string, number])[]]>([
  ['svu', svu as Decider<unknown, never, never>, svuCourse],
  ['stay', stay as Decider<unknown, never, never>, stayCourse],
  ['person', person as Decider<unknown, never, never>, personCourse],
  ['ward-notice', wardNotice as Decider<unknown, never, never>, wardNoticeCourse],
])('Events of %s, as they were once written', (stream, decider, course) => {
  it('have a golden file for each type and version, and no other', () => {
    const expected = course.flatMap(([type, today]) =>
      Array.from({ length: today }, (_, index) => `${type}.v${index + 1}.json`),
    );
    expect(readdirSync(folder(stream)).toSorted()).toEqual(expected.toSorted());
    expect(complete).toBe(true);
  });

  it('are read in every version, and each still changes the state', () => {
    let state: unknown;
    for (const [type, today] of course) {
      const written = Array.from({ length: today }, (_, index) => index + 1).map((version) => {
        const event = golden(stream, type, version);
        return { ...event, data: upcasters.read(stream, type, event.data, { from: version, to: today }) };
      });
      for (const event of written) {
        const before = state;
        state = decider.evolve(before, event as never);
        expect(state).not.toEqual(before);
      }
    }
    expect(state).toMatchSnapshot();
  });

  it.each(course)('%s is borne by a log that lacks its beginning', (type, today) => {
    expect(() => decider.evolve(undefined, golden(stream, type, today) as never)).not.toThrow();
  });

  it('of a type that is not known change nothing', () => {
    const [first] = course;
    const event = golden(stream, first?.[0] ?? '', 1);
    const state = decider.evolve(undefined, event as never);
    expect(decider.evolve(state, { ...event, type: 'Invented', data: {} } as never)).toEqual(state);
  });
});
