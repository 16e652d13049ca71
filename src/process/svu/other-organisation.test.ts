import { needsAssessor, nurse, otherNurse, units } from '../../../test/support/process/cast.js';
import {
  annul,
  changeDate,
  discharge,
  fact,
  giveConsent,
  inform,
  now,
  opened,
  publish,
  publishedCase,
  reportReady,
  step,
  undo,
  withdrawConsent,
  withdrawReady,
} from '../../../test/support/process/svu.js';
import type { Case } from '../../../test/support/process/svu.js';
import { policyNames } from '../../../test/support/policies.js';
import { subjects } from './subjects.js';
import type { SvuCommand } from './subjects.js';

/** A nurse of a hospital of another region, whose unit was added to the case. */
const elsewhere = { ...otherNurse, unit: 'SE2321000099-W900', organisation: '232100-0099' };
const joins = step('add-participant', {
  unit: elsewhere.unit,
  unitName: 'Universitetssjukhuset',
  side: 'hospital',
  organisation: elsewhere.organisation,
});
const sister = step('add-participant', {
  unit: units.otherWard,
  unitName: 'Avdelning 2',
  side: 'hospital',
  organisation: otherNurse.organisation,
});
const needs = step('record-needs-assessment', { needsAssessedAt: '2026-03-02T07:00:00.000Z' });

const careplan = step('record-coordinated-care-plan', {
  date: '2026-02-27',
  doctor: 'SE2321000016-1009',
  doctorName: 'Lena Åberg',
  isHospitalDoctor: true,
  madeBy: 'chief-psychiatrist',
  law: 'LPT',
});
const handOver = step('record-information-handed-over', { handedOverAt: now, to: 'patient' });

/** Every step of the hospital, where it may be taken. */
const steps: readonly (readonly [SvuCommand, (policy: (typeof policyNames)[number]) => Case])[] = [
  [inform, opened],
  [needs, opened],
  [giveConsent, opened],
  [publish, (policy) => opened(policy).after(inform, giveConsent)],
  [changeDate, publishedCase],
  [reportReady, publishedCase],
  [withdrawReady, (policy) => publishedCase(policy).after(reportReady)],
  [careplan, publishedCase],
  [step('withdraw-coordinated-care-plan', {}), (policy) => publishedCase(policy).after(careplan)],
  [step('state-placing-municipality', { municipality: '1283' }), publishedCase],
  [withdrawConsent, publishedCase],
  [annul, publishedCase],
  // Skåne has no patient information (SVU-32).
  [handOver, (policy) => publishedCase(policy === 'skane' ? 'norrbotten' : policy)],
  [discharge, publishedCase],
  [undo, (policy) => publishedCase(policy).after(discharge)],
];
const added = (course: Case): Case =>
  course.state.phase === 'discharged' ? course : course.after(joins, sister);

/** What may be asked of a case by a person, that is no step of the hospital. */
const ofOthers: ReadonlySet<string> = new Set([
  'name-contact',
  'remove-contact',
  'add-participant',
  'remove-participant',
  'complete-todo',
  'update-todo',
  'state-homecoming',
  'report-planning-done',
  // Of the hospital, under the policies that have it (npo.test.ts).
  'record-npo-decision',
  // What a directed message of any unit asks of the case (MSG-1).
  'form-circle',
  // What any unit writes in a form of the case (SVU-14).
  'note-document-written',
  'note-document-standing',
  // The statement is of one policy; that of the hospital's steps is tried in statement.test.ts.
  'complete-statement',
  'sign-statement',
  'reopen-statement',
  'note-statement-changed',
]);

it('ORG-3: every step that a person takes is looked at here, or is no step of the hospital', () => {
  const fromUsers = Object.keys(subjects.decide).filter((type) => {
    const asked = { ...step('undo-discharge', {}, nurse), type, data: {} } as unknown as SvuCommand;
    const decide = subjects.decide as Readonly<
      Record<string, (command: SvuCommand, state: unknown) => unknown>
    >;
    const decision = decide[type]?.(asked, publishedCase().state) as { rejection?: { code: string } };
    return decision.rejection?.code !== 'fact-from-a-user';
  });
  const here = new Set([...steps.map(([{ type }]) => type as string), ...ofOthers]);
  expect(fromUsers.filter((type) => !here.has(type))).toEqual([]);
});

describe.each(policyNames)('A hospital of another organisation that takes part, under %s', (policy) => {
  it.each(steps)('ORG-3: does not take the step %j', (command, of) => {
    const before =
      command.type === 'undo-discharge'
        ? publishedCase(policy).after(joins, sister, discharge)
        : added(of(policy));
    before.when({ ...command, by: elsewhere }).thenRejected('step-of-another-organisation');
    before.when({ ...command, by: otherNurse }).thenAccepted();
    before.when({ ...command, by: nurse }).thenAccepted();
  });

  it('ADR-10: does what every participant may, and leaves', () => {
    const course = added(publishedCase(policy));
    const school = { unit: units.school, unitName: 'Skolan', side: 'other', organisation: '' } as const;
    course.when(step('add-participant', school, elsewhere)).thenAccepted();
    course
      .when(step('remove-participant', { unit: elsewhere.unit, confirmed: true }, elsewhere))
      .thenAccepted();
    expect(course.state.participants[elsewhere.unit]?.organisation).toBe(elsewhere.organisation);
  });

  it('SVU-42: takes every step once the ward has handed the case over to it, and the hospital before takes none', () => {
    const handed = publishedCase(policy).after(
      joins,
      step('remove-participant', {
        unit: units.ward,
        confirmed: true,
        organisations: { [units.ward]: nurse.organisation, [elsewhere.unit]: elsewhere.organisation },
      }),
    );
    expect(handed.state).toMatchObject({ ward: elsewhere.unit, organisation: elsewhere.organisation });
    for (const command of [changeDate, reportReady, discharge, annul])
      handed.when({ ...command, by: elsewhere }).thenAccepted();
    const back = handed.after({ ...sister, by: needsAssessor });
    back.when({ ...changeDate, by: otherNurse }).thenRejected('step-of-another-organisation');
    // Moved on within its new organisation, it stays there.
    const moved = back.after(fact('change-ward', { ward: 'SE2321000099-W901', known: true }));
    moved.when({ ...changeDate, by: { ...elsewhere, unit: 'SE2321000099-W901' } }).thenAccepted();
    moved.when({ ...changeDate, by: otherNurse }).thenRejected('step-of-another-organisation');
  });

  it('SVU-42, ORG-3: has the case once it was handed over, also where the log did not say of which organisation it is', () => {
    const { organisation: _notKept, ...older } = joins.data as Record<string, unknown>;
    const organisations = { [units.ward]: nurse.organisation, [elsewhere.unit]: elsewhere.organisation };
    const handed = publishedCase(policy).after(
      { ...joins, data: older } as unknown as SvuCommand,
      step('remove-participant', { unit: units.ward, confirmed: true, organisations }),
    );
    expect(handed.state).toMatchObject({ ward: elsewhere.unit, organisation: elsewhere.organisation });
    handed.when({ ...changeDate, by: elsewhere }).thenAccepted();
    const back = handed.after({ ...sister, by: needsAssessor });
    back.when({ ...changeDate, by: otherNurse }).thenRejected('step-of-another-organisation');
  });

  it('is as before of a unit whose organisation the log does not say', () => {
    const { organisation: _notKept, ...older } = joins.data as Record<string, unknown>;
    const course = publishedCase(policy).after({ ...joins, data: older } as unknown as SvuCommand);
    expect(course.state.participants[elsewhere.unit]?.organisation).toBeUndefined();
    course.when({ ...changeDate, by: elsewhere }).thenAccepted();
  });
});
