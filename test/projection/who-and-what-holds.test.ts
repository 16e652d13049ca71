import type { CarePlan, CareTeam, Communication, Task } from 'fhir/r4.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { extensions, foreignCanonicals } from '../../src/projection/codes/codes.js';
import { practitionerRoleId } from '../../src/projection/identity.js';
import { withStaffNames } from '../../src/projection/staff-name.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { policyNames, type PolicyName } from '../support/policies.js';
import { districtNurse, homeNurse, needsAssessor, nurse, units } from '../support/process/cast.js';
import {
  changeDate,
  consent,
  discharge,
  fact,
  opened,
  giveConsent,
  inform,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refusal,
  refusalId,
  refuse,
  reportReady,
  step,
  undo,
  withdrawReady,
  type Case,
} from '../support/process/svu.js';

const consentAgainId = '0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c09';
const caseId = '0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01';
const named = { ...districtNurse, name: 'Rasmus Ek', title: 'Distriktssköterska', unitName: 'Ekbacken' };

function shown<Kind extends Task | Communication | CarePlan | CareTeam>(
  state: SvuState,
  type: Kind['resourceType'],
) {
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

  const undone = ['discharge replaced-by discharge-undone', 'discharge-undone replaces discharge'];
  const withdrawn = ['ready replaced-by ready-withdrawn', 'ready-withdrawn replaces ready'];
  const otherDay = step('change-planned-discharge', { date: '2026-03-11', reason: 'x' });
  const both = (later: string, before: string): readonly string[] => [
    `${before} replaced-by ${later}`,
    `${later} replaces ${before}`,
  ];
  const [anew, changed] = [
    both('admission-notice', 'admission-notice'),
    both('planned-discharge-changed', 'planned-discharge-changed'),
  ];
  /** What is linked where a changed day has a notice of its own, and where it is told by the admission notice (SVU-9, SVU-12). */
  const courses = [
    ['changed day twice', [changeDate, otherDay], changed, [...anew, ...anew]],
    ['ready changed', [reportReady, later], both('ready', 'ready'), both('ready', 'ready')],
    ['ready withdrawn', [reportReady, withdrawReady], withdrawn, [...anew, ...withdrawn]],
    ['discharge undone', [discharge, undo], undone, undone],
    [
      'ready again after a withdrawal',
      [reportReady, withdrawReady, { ...reportReady, at: '2026-03-02T09:00:00.000Z' }],
      [...both('ready', 'ready-withdrawn'), ...withdrawn],
      [...anew, ...both('ready', 'ready-withdrawn'), ...withdrawn],
    ],
    [
      'another day after a withdrawal',
      [reportReady, withdrawReady, { ...otherDay, at: '2026-03-02T09:00:00.000Z' }],
      [...both('planned-discharge-changed', 'ready-withdrawn'), ...withdrawn],
      [...anew, ...anew, ...both('admission-notice', 'ready-withdrawn'), ...withdrawn],
    ],
  ] as const;
  it.each(policyNames.flatMap((policy) => courses.map((course) => [policy, ...course] as const)))(
    'VIEW-12, SVU-12: under %s: %s: what no longer holds is linked and marked, both ways',
    (policy, _, steps, ownNotice, byAdmissionNotice) => {
      const expected = policy === 'vasterbotten' ? byAdmissionNotice : ownNotice;
      expect(links(publishedCase(policy).after(...steps).state)).toEqual([...expected].toSorted());
    },
  );

  it('VIEW-12: where nothing is said anew all holds', () => {
    expect(links(publishedCase().after(changeDate, reportReady).state)).toEqual([]);
  });

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

  const refused = [
    step('register-decision', { decisionId: refusalId, ...refusal }),
    step('withdraw-ready', { expectedDischarge: '2026-03-09' }),
  ];
  const consentAgain = step('register-decision', { decisionId: consentAgainId, ...consent });
  const publishAgain = step('publish-admission-notice', { reason: 'Höftfraktur' });

  it.each(policyNames)(
    'SVU-12: under %s a ready that was withdrawn while a refusal hid it does not stand once all is shared again',
    (policy) => {
      const hidden = publishedCase(policy).after(reportReady, ...refused);
      const texts = (state: SvuState) =>
        shown<Communication>(state, 'Communication').map(({ payload }) => payload?.[0]?.contentString ?? '');
      expect(texts(hidden.state).join()).not.toMatch(/utskrivningsklar/iu);
      const { state } = hidden.after(consentAgain, publishAgain);
      expect(links(state)).toEqual(
        expect.arrayContaining(['ready replaced-by ready-withdrawn', 'ready-withdrawn replaces ready']),
      );
      expect(state.notices['ready-withdrawn:1']?.recipients).toContain(units.healthCentre);
      const messages = Object.values(state.todos).filter(({ kind }) => kind === 'acknowledge-message');
      expect(messages.map(({ about }) => about).includes('ready-withdrawn:1')).toBe(
        policy === 'vasterbotten',
      );
      // Told once.
      expect(state.withdrawalUntold).toBeUndefined();
    },
  );

  it.each<PolicyName>(['skane', 'norrbotten'])(
    'CON-5: under %s a refusal leaves of a withdrawal that the day changed, beside the notice of the old day',
    (policy) => {
      const { state } = publishedCase(policy).after(reportReady, withdrawReady, refuse);
      const told = shown<Communication>(state, 'Communication');
      expect(told.map(kindOf)).toEqual(['admission-notice', 'planned-discharge-changed']);
      expect(told[1]?.payload?.[0]?.contentString).toContain('2026-03-09');
      expect(JSON.stringify(told)).not.toMatch(/utskrivningsklar|ready/iu);
    },
  );

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

it('CON-5: under skane a change of ward shows in nothing that receivers read of who takes part', () => {
  const before = publishedUnderRefusal('skane');
  const moved = before.after({
    ...fact('change-ward', { ward: units.otherWard, known: true }),
    at: '2026-03-03T09:00:00.000Z',
  });
  expect(moved.state.ward).toBe(units.otherWard);
  const team = (state: SvuState) => shown<CareTeam>(state, 'CareTeam');
  expect(team(moved.state)).toEqual(team(before.state));
  expect(JSON.stringify(team(moved.state))).not.toContain(units.otherWard);
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
