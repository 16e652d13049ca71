import type { Task } from 'fhir/r4.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { outsideMessageTodoKinds } from '../../src/process/outside-message/todo-kinds.js';
import { wardNotice } from '../../src/process/ward-notice/ward-notice-decider.js';
import type {
  WardNoticeCommand,
  WardNoticeEvent,
  WardNoticeState,
} from '../../src/process/ward-notice/ward-notice.js';
import { wardTodoKinds } from '../../src/process/ward-notice/todo-kinds.js';
import type { Standing } from '../../src/process/case/standing.js';
import type { TrackStep } from '../../src/process/form/track-colour.js';
import type { Todo, UserActor } from '../../src/process/vocabulary.js';
import { foreignCanonicals } from '../../src/projection/codes/codes.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { withStaffNames } from '../../src/projection/staff-name.js';
import { projectWardNotice } from '../../src/projection/ward-notice/ward-notice.js';
import { districtNurse, homeNurse, journal, needsAssessor, nurse, units } from '../support/process/cast.js';
import { Course } from '../support/process/given.js';
import {
  changeDate,
  discharge,
  dischargedCase,
  fact,
  freeze,
  giveConsent,
  inform,
  now,
  opened,
  publish,
  publishedCase,
  reportReady,
  step,
  withdrawReady,
  type Case,
} from '../support/process/svu.js';

/** What every to-do says of who asks for it, and of who did it, whatever opened it. */

const staff = [nurse, districtNurse, homeNurse, needsAssessor].map((each): UserActor => ({
  ...each,
  name: 'Rasmus Ek',
  title: 'Sjuksköterska',
  unitName: `Enhet ${each.unit}`,
}));
const homecoming = step('state-homecoming', { homeAt: '2026-03-06T13:00:00.000Z', met: true }, needsAssessor);
const question = (cause: 'double-case' | 'stay-of-another') =>
  publishedCase().after(fact('question-identity', { cause }));
const listedElsewhere = fact('note-register-change', {
  changed: ['listing'],
  listed: { found: true, units: [units.otherHealthCentre] },
});
const byHand = step('add-participant', {
  unit: units.needsAssessment,
  unitName: 'Biståndsenheten',
  side: 'municipality',
  organisation: 'o',
});

const stands = (standing: Standing) =>
  step('note-document-standing', { document: 'planning-basis', standing });
const ownStands = (document: string) =>
  step(
    'note-document-standing',
    { document, unit: districtNurse.unit, standing: { complete: true } },
    districtNurse,
  );
const tracked = (follows: TrackStep) =>
  stands({ track: { colour: 'green', because: 'Oförändrade behov.', follows: [follows] } });
/** A statement that each side has written its part of. */
const form = {
  version: 1,
  missing: {},
  written: ['hospital', 'outpatient', 'municipality'],
  disagrees: false,
} as const;
const complete = step('complete-statement', { form });
const sign = step('sign-statement', { form, version: 1 });
const writtenStatement = publishedCase().after(step('note-document-written', { document: 'statement' }));

/** A case that has a to-do of the kind, open or done. */
const inCase: Readonly<Record<string, Case>> = {
  'acknowledge-message': publishedCase('vasterbotten').after(reportReady, withdrawReady),
  'address-by-hand': opened('skane', { municipality: { found: false, cause: 'service-unavailable' } }),
  'review-register-change': publishedCase().after(
    fact('note-register-change', { changed: ['municipality'] }),
  ),
  'forward-to-new-health-centre': publishedCase().after(listedElsewhere),
  'review-double-case': question('double-case'),
  'check-identity': question('stay-of-another'),
  'hand-over-case': publishedCase().after(
    fact('change-ward', { ward: 'SE2321000255-W101', known: true, elsewhere: true }),
  ),
  'continue-by-telephone': publishedCase().after(freeze),
  'review-missed-stay': publishedCase().after(freeze, fact('unfreeze', { hearsOfStays: true })),
  'publish-admission-notice': opened(),
  'acknowledge-admission-notice': publishedCase(),
  'acknowledge-planned-discharge': publishedCase().after(changeDate),
  'acknowledge-ready': publishedCase().after(reportReady),
  'state-homecoming': publishedCase().after(homecoming, changeDate),
  'appoint-contact': publishedCase(),
  'report-planning-done': publishedCase('norrbotten'),
  'send-planning-basis': publishedCase('norrbotten'),
  'answer-admission-notice': publishedCase('vasterbotten'),
  'write-patient-information': publishedCase('vasterbotten'),
  'hand-over-patient-information': publishedCase('norrbotten').after(reportReady),
  'receive-at-home': publishedCase('vasterbotten').after(tracked('home-within-a-day'), reportReady),
  'decide-on-sip': publishedCase('vasterbotten').after(tracked('outpatient-decides-on-sip')),
  'invite-to-sip': publishedCase('vasterbotten').after(tracked('invite-to-sip')),
  'hold-pre-meeting': publishedCase('vasterbotten').after(tracked('pre-meeting-required')),
  'decide-when-sip': publishedCase('vasterbotten').after(tracked('decide-when-sip')),
  'distribute-case': opened('skane', {
    municipality: {
      found: true,
      units: [units.needsAssessment],
      distributing: { [units.needsAssessment]: 'o' },
    },
  }).after(inform, giveConsent, publish),
  'contact-receivers': opened('vasterbotten').after(
    inform,
    giveConsent,
    step('publish-admission-notice', { shortStay: true }),
    reportReady,
  ),
  'complete-statement': writtenStatement,
  'sign-statement': writtenStatement.after(complete),
  'publish-discharge': publishedCase().after(fact('note-journal-discharge', { dischargedAt: now })),
  'review-expected-discharge': publishedCase().after(
    fact('note-journal-expected-discharge', { date: '2026-03-20' }),
  ),
  'annul-case': publishedCase().after(fact('note-admission-cancelled', { elsewhere: false })),
  'review-cancelled-admission': dischargedCase().after(
    fact('note-admission-cancelled', { elsewhere: false }),
  ),
  'undo-discharge': dischargedCase().after(fact('note-discharge-cancelled', {})),
  'review-move-after-end': dischargedCase().after(fact('note-discharge-cancelled', { moved: true })),
  'review-other-care': publishedCase().after(fact('note-other-care', {})),
  'review-open-case-elsewhere': publishedCase().after(
    fact('note-admission-elsewhere', { ward: units.otherWard }),
  ),
};
/** What ends each that its step alone ends. */
const bySteps: Readonly<Record<string, (of: Case) => Case>> = {
  'address-by-hand': (of) => of.after(byHand),
  'publish-admission-notice': () => publishedCase(),
  'publish-discharge': (of) => of.after({ ...discharge, by: nurse }),
  'state-homecoming': (of) => of.after(homecoming),
  'send-planning-basis': (of) => of.after(stands({ complete: true })),
  'answer-admission-notice': (of) => of.after(ownStands('admission-notice-answers')),
  'write-patient-information': (of) => of.after(ownStands('patient-information')),
  'hand-over-patient-information': (of) =>
    of.after(step('record-information-handed-over', { handedOverAt: now, to: 'patient' })),
  'receive-at-home': (of) => of.after(discharge),
  'report-planning-done': (of) => of.after(step('report-planning-done', {}, districtNurse)),
  'complete-statement': (of) => of.after(complete),
  'sign-statement': (of) => of.after(sign),
  'appoint-contact': (of) =>
    of.after(
      step(
        'name-contact',
        { contact: districtNurse.user, contactName: 'Rasmus Ek', isOfOutpatientCare: true, callsToSip: true },
        districtNurse,
      ),
    ),
};
const notifyWard = (kind: string) =>
  new Course<WardNoticeState, WardNoticeCommand, WardNoticeEvent>(wardNotice).after({
    type: 'notify-ward',
    at: now,
    by: journal,
    data: { ward: units.ward, reference: 'MSG00001', ...(kind === 'plan-by-telephone' ? {} : { kind }) },
  } as WardNoticeCommand);

const id = '0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01';
type Shown = {
  readonly state: { readonly todos: Readonly<Record<string, Todo>> };
  readonly tasks: readonly Task[];
};
function shown(state: Shown['state'], project: () => { resources: readonly { content: object }[] }): Shown {
  const tasks = project()
    .resources.map(({ content }) => JSON.parse(withStaffNames(JSON.stringify(content), () => true)) as Task)
    .filter(({ resourceType }) => resourceType === 'Task');
  return { state, tasks };
}
const showCase = ({ state }: Case): Shown => shown(state, () => projectSvu(id, state));
const showNotice = ({ state }: ReturnType<typeof notifyWard>): Shown =>
  shown(state, () => projectWardNotice(id, state));
const ofKind = ({ tasks }: Shown, kind: string): readonly Task[] =>
  tasks.filter(({ code }) => code?.coding?.[0]?.code === kind);

const kinds = [...Object.keys(inCase), ...Object.keys(wardTodoKinds)];

it('every kind of to-do of the hub is looked at here', () => {
  // Of messages test/fhir/messages says it: their to-dos are in streams of their own.
  const all = new Set([...kinds, ...Object.keys(outsideMessageTodoKinds)]);
  expect([...all].toSorted()).toEqual(Object.keys(caseKinds.todos).toSorted());
});

describe.each(kinds)('The to-do %s', (kind) => {
  const course = inCase[kind];
  const asked = course === undefined ? showNotice(notifyWard(kind)) : showCase(course);

  it('VIEW-12: says who asks for it', () => {
    const tasks = ofKind(asked, kind);
    expect(tasks.length).toBeGreaterThan(0);
    for (const { requester } of tasks) expect(requester?.display).toMatch(/\S/u);
  });

  it('VIEW-12: says, once it is done, who did it: name, title and unit, and when', () => {
    const todo = Object.values(asked.state.todos).find((each) => each.kind === kind);
    const by = staff.find(({ unit }) => unit === todo?.unit) ?? nurse;
    const completing = { type: 'complete-todo', at: now, by, data: { key: todo?.key ?? '' } } as const;
    const done =
      course === undefined
        ? showNotice(notifyWard(kind).after(completing))
        : showCase(bySteps[kind]?.(course) ?? course.after(completing));
    const tasks = ofKind(done, kind).filter(({ status }) => status === 'completed');
    expect(tasks.length).toBeGreaterThan(0);
    for (const { extension = [], executionPeriod } of tasks) {
      const performer = extension.find(({ url }) => url === foreignCanonicals.taskPerformer);
      const display = performer?.extension?.[0]?.valueReference?.display;
      expect(display).toMatch(bySteps[kind] === undefined ? /^Rasmus Ek, Sjuksköterska, Enhet SE/u : /\S/u);
      expect(executionPeriod?.end).toBe(now);
    }
  });
});
