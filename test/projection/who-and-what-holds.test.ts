import type { CarePlan, Communication, Task } from 'fhir/r4.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { extensions, foreignCanonicals } from '../../src/projection/codes/codes.js';
import { practitionerRoleId } from '../../src/projection/identity.js';
import { withStaffNames } from '../../src/projection/staff-name.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { districtNurse, homeNurse, needsAssessor, nurse, units } from '../support/process/cast.js';
import {
  changeDate,
  discharge,
  opened,
  giveConsent,
  inform,
  publish,
  publishedCase,
  reportReady,
  step,
  undo,
  withdrawReady,
  type Case,
} from '../support/process/svu.js';

const caseId = '0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01';
const named = { ...districtNurse, name: 'Rasmus Ek', title: 'Distriktssköterska', unitName: 'Ekbacken' };

function shown<Kind extends Task | Communication | CarePlan>(state: SvuState, type: Kind['resourceType']) {
  return projectSvu(caseId, state)
    .resources.map(({ content }) => JSON.parse(withStaffNames(JSON.stringify(content), () => true)) as Kind)
    .filter(({ resourceType }) => resourceType === type);
}
const kindOf = ({ code, category }: { code?: Task['code']; category?: Communication['category'] }) =>
  (code ?? category?.[0])?.coding?.[0]?.code;
const everybodyAcknowledges = (of: Case, kind: string): Case =>
  Object.values(of.state.todos)
    .filter((todo) => todo.kind === kind && todo.state === 'requested')
    .reduce<Case>((each, { key, unit }) => {
      const by = [named, needsAssessor, homeNurse].find((one) => one.unit === unit) ?? nurse;
      return each.after(step('complete-todo', { key }, by));
    }, of);

describe('who acknowledged', () => {
  const steps: readonly (readonly [string, Case])[] = [
    ['acknowledge-admission-notice', publishedCase()],
    ['acknowledge-planned-discharge', publishedCase().after(changeDate)],
    ['acknowledge-ready', publishedCase().after(reportReady)],
  ];

  it.each(steps)('VIEW-12: %s shows name, title, unit and when, to all who see the step', (kind, course) => {
    const { state } = everybodyAcknowledges(course, kind);
    const done = shown<Task>(state, 'Task').filter((task) => kindOf(task) === kind);
    const mine = done.find(({ owner }) => owner?.identifier?.value === units.healthCentre);
    expect(mine?.extension).toEqual([
      {
        url: foreignCanonicals.taskPerformer,
        extension: [
          {
            url: 'actor',
            valueReference: {
              reference: `PractitionerRole/${practitionerRoleId(named.user, named.unit)}`,
              display: 'Rasmus Ek, Distriktssköterska, Ekbacken',
            },
          },
        ],
      },
    ]);
    expect(done.map(({ executionPeriod }) => executionPeriod?.end)).not.toContain(undefined);
    for (const task of done) expect(task.extension).toHaveLength(1);
  });

  it('ORG-1: a name is shown no more once the person is protected', () => {
    const { state } = everybodyAcknowledges(publishedCase(), 'acknowledge-admission-notice');
    const text = withStaffNames(JSON.stringify(projectSvu(caseId, state)), () => false);
    expect(text).not.toContain('Rasmus');
    expect(text).toContain('Skyddade personuppgifter, Distriktssköterska, Ekbacken');
  });

  it('every Task has a requester, every Communication a sender, with a display', () => {
    const { state } = everybodyAcknowledges(publishedCase(), 'acknowledge-admission-notice').after(
      changeDate,
      reportReady,
      discharge,
    );
    const tasks = shown<Task>(state, 'Task').map(({ requester }) => requester?.display);
    const notices = shown<Communication>(state, 'Communication').map(({ sender }) => sender?.display);
    expect([...tasks, ...notices]).not.toContain(undefined);
    expect(new Set(tasks)).toEqual(new Set([nurse.unitName, 'Hemgång']));
  });
});

describe('what holds of the notices', () => {
  const links = (state: SvuState) => {
    const all = shown<Communication>(state, 'Communication');
    const nameOf = (reference = '') => {
      const found = all.find(({ id }) => `Communication/${id}` === reference);
      return found && kindOf(found);
    };
    return all
      .flatMap((each) =>
        (each.extension ?? []).map(
          ({ url, valueReference }) =>
            `${kindOf(each)} ${url.split('/').at(-1)} ${nameOf(valueReference?.reference)}`,
        ),
      )
      .toSorted();
  };
  const later = step('report-ready', {
    date: '2026-03-02',
    doctor: 'SE2321000016-1010',
    doctorName: 'Olle Ask',
    isHospitalDoctor: true,
  });

  it.each([
    [
      'changed day twice',
      [changeDate, step('change-planned-discharge', { date: '2026-03-09', reason: 'x' })],
      [
        'planned-discharge-changed replaced-by planned-discharge-changed',
        'planned-discharge-changed replaces planned-discharge-changed',
      ],
    ],
    ['ready changed', [reportReady, later], ['ready replaced-by ready', 'ready replaces ready']],
    [
      'ready withdrawn',
      [reportReady, withdrawReady],
      ['ready replaced-by ready-withdrawn', 'ready-withdrawn replaces ready'],
    ],
    [
      'discharge undone',
      [discharge, undo],
      ['discharge replaced-by discharge-undone', 'discharge-undone replaces discharge'],
    ],
    ['nothing said anew', [changeDate, reportReady], []],
  ] as const)(
    'VIEW-12, SVU-12: %s: what no longer holds is linked and marked, both ways',
    (_, steps, expected) => {
      expect(links(publishedCase().after(...steps).state)).toEqual(expected);
    },
  );

  it('a notice to a unit that joined late replaces nothing for the others', () => {
    const { state } = publishedCase().after(
      step('add-participant', {
        unit: units.otherHealthCentre,
        unitName: 'Hamnen',
        side: 'outpatient',
        organisation: 'o',
      }),
    );
    expect(Object.keys(state.notices)).toContain('admission-notice:2');
    expect(links(state)).toEqual([]);
  });

  it('SVU-12: a changed ready reads as changed, the one before as replaced', () => {
    const { state } = publishedCase().after(reportReady, later);
    const [before, now] = shown<Communication>(state, 'Communication').filter(
      (each) => kindOf(each) === 'ready',
    );
    expect(before?.payload?.[0]?.contentString).toMatch(/^Gäller inte längre\. Ersatt 2026-03-02/u);
    expect(now?.payload?.[0]?.contentString).toMatch(
      /Ändrat\. Ersätter meddelandet från 2026-03-02.*Olle Ask/su,
    );
    expect(now?.category?.map(({ coding }) => coding?.[0]?.code)).toEqual(['ready', 'changed']);
  });
});

it('SVU-21: the planned day of discharge stays in the period, the actual one stands beside it', () => {
  const planned = publishedCase().after(changeDate);
  const [before] = shown<CarePlan>(planned.state, 'CarePlan');
  const [after] = shown<CarePlan>(planned.after(discharge).state, 'CarePlan');
  expect(after?.period).toEqual(before?.period);
  expect(after?.period?.end).toBe('2026-03-08');
  const home = after?.extension?.find(({ url }) => url === extensions.discharge)?.extension;
  expect(home).toContainEqual({ url: 'dischargedAt', valueDateTime: '2026-03-02T08:00:00.000Z' });
});

it('a draft has its requesters too', () => {
  const { state } = opened().after(inform, giveConsent, publish);
  expect(shown<Task>(state, 'Task').every(({ requester }) => requester?.display !== undefined)).toBe(true);
});
