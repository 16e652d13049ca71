import * as fc from 'fast-check';
import type { SvuCommand } from '../../src/process/svu/commands.js';
import { currentDecision } from '../../src/process/svu/questions.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { svu } from '../../src/process/svu/svu.js';
import type { Actor, Side, UserActor } from '../../src/process/vocabulary.js';
import { codeSystems } from '../../src/projection/codes.js';
import { noticeFields, silentNoticeFields } from '../../src/projection/svu/notice-text.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { r4Faults } from '../support/r4-resources.js';
import { caseId, healthCentre, municipality, nurse, personId, stayId, ward } from './states.js';

/** Every free text that somebody may write, so that it can be searched for. */
const secret = 'Hemligt skäl';
const otherWard = 'SE2321000255-W102';
const journal: Actor = { kind: 'system', system: 'journal' };
const user = (unit: string, side: Side): UserActor => ({
  ...nurse,
  unit,
  side,
  responsibilities: ['read', 'write', 'acknowledge'],
});
const hospital = user(ward, 'hospital');
const others = [user(healthCentre, 'outpatient'), user(municipality, 'municipality')];
const opened = Date.parse('2026-11-20T09:00:00.000Z');

type Step = { readonly type: SvuCommand['type']; readonly by?: Actor; readonly data: unknown };

const open = (policy: SvuState['policy']): Step => ({
  type: 'open',
  by: hospital,
  data: {
    personId,
    policy,
    stayId,
    admittedAt: '2026-11-20T07:00:00.000Z',
    expectedDischarge: '2026-11-25',
    reason: secret,
    outpatient: { found: true, units: [healthCentre] },
    municipality: { found: true, units: [municipality] },
  },
});
const step = (type: Step['type'], data: object = {}, by?: Actor): Step => ({
  type,
  data,
  ...(by ? { by } : {}),
});

const inform = step('record-patient-information', {
  informed: false,
  oral: false,
  written: true,
  reason: secret,
});
const publish = step('publish-admission-notice');
const move = step('change-planned-discharge', { date: '2026-11-27', reason: secret });
const ready = step('report-ready', {
  date: '2026-11-20',
  doctor: nurse.user,
  doctorName: 'Lars Ek',
  isHospitalDoctor: true,
});
const withdraw = step('withdraw-ready', { expectedDischarge: '2026-11-28', reason: secret });
const goHome = step('discharge', {
  dischargedAt: '2026-11-20T09:00:00.000Z',
  form: 'discharge',
  dischargedTo: 'Hemmet',
  comment: secret,
  confirmedWarnings: ['no-contact-calls-to-sip'],
});
const undo = step('undo-discharge', { reason: secret });

const decide: fc.Arbitrary<Step> = fc
  .tuple(
    fc.uuid(),
    fc.constantFrom(
      { kind: 'consent', form: 'oral', givenBy: 'patient' },
      { kind: 'refusal', form: 'oral', givenBy: 'guardian' },
      {
        kind: 'harm-assessment',
        assessor: nurse.user,
        assessorName: 'Lars Ek',
        assessorTitle: 'Läkare',
        assessorLicensed: true,
        reasonConsentUnavailable: secret,
        mayHarm: false,
        necessary: true,
      },
    ),
  )
  .map(([decisionId, data]) => step('register-decision', { decisionId, ...data }));

/** What may happen between the steps of the straight way. */
const aside: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: decide },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      step('deregister-decision', { decisionId: 'current' }),
      step('publish-admission-notice', { reason: secret }),
      step('add-participant', {
        unit: 'SE2120001124-S401',
        unitName: 'Skolan',
        side: 'other',
        organisation: '2120001124',
      }),
      step('remove-participant', { unit: municipality, confirmed: true, reason: secret }),
      step('note-journal-discharge', { dischargedAt: '2026-11-20T09:30:00.000Z' }, journal),
      step('note-register-change', { changed: ['name', 'listing'] }, journal),
      step('note-admission-elsewhere', { ward: 'SE2321000255-W102' }, journal),
      step('change-ward', { ward: 'SE9999999999-W1', known: false }, journal),
      step('change-ward', { ward: otherWard, wardName: 'Avdelning 14', known: true }, journal),
      step('change-ward', { ward, wardName: 'Avdelning 12', known: true }, journal),
      step('change-ward', { ward: 'SE2321000999-W1', known: true, elsewhere: true }, journal),
      step('unfreeze', {}, journal),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...others)
      .chain((by) =>
        fc.constantFrom(
          step('complete-todo', { key: 'first' }, by),
          step(
            'name-contact',
            { contact: 'SE2321000255-P009', contactName: 'Eva Ek', callsToSip: true, responsibility: secret },
            by,
          ),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      step('annul', { reason: secret }),
      step('freeze', { cause: 'protected-identity' }, journal),
    ),
  },
);

/** The straight way from opening to home, most of its steps taken, with anything in between. */
const anyWay: fc.Arbitrary<Step[]> = fc
  .tuple(
    ...[inform, decide, publish, move, ready, withdraw, ready, goHome, undo, goHome].map((next) =>
      fc.tuple(
        'type' in next ? fc.constant(next) : next,
        fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
        fc.array(aside, { maxLength: 2 }),
      ),
    ),
  )
  .map((parts) => parts.flatMap(([next, taken, between]) => [...(taken ? [next] : []), ...between]));

/** Fills in what a step can only name once the case is there. */
function commandOf(step: Step, state: SvuState | undefined, number: number): SvuCommand {
  // The ward that has the case now.
  const by = step.by ?? { ...hospital, unit: state?.ward ?? ward };
  const data = { ...(step.data as Record<string, unknown>) };
  if (data['decisionId'] === 'current')
    data['decisionId'] = (state && currentDecision(state)?.id) ?? '00000000-0000-4000-8000-000000000000';
  if (data['key'] === 'first') {
    const todo = Object.values(state?.todos ?? {}).find(
      (each) => by.kind === 'user' && each.unit === by.unit && each.state === 'requested',
    );
    data['key'] = todo?.key ?? 'none';
  }
  const at = new Date(opened + number * 60_000).toISOString();
  return { type: step.type, at, by, data } as SvuCommand;
}

/** The states a case goes through; a step that is refused changes nothing. */
function statesOf(steps: readonly Step[]): SvuState[] {
  const states: SvuState[] = [];
  for (const [number, step] of steps.entries()) {
    const before = states.at(-1);
    const { events } = svu.decide(commandOf(step, before, number), before);
    let state = before;
    for (const event of events ?? []) {
      state = svu.evolve(state, event);
      states.push(state);
    }
  }
  return states;
}

const anyJourney = fc
  .tuple(fc.constantFrom<SvuState['policy']['name']>('skane', 'norrbotten', 'vasterbotten'), anyWay)
  .map(([name, steps]) => statesOf([open({ name, version: 1 }), ...steps]));

const everyState = (check: (state: SvuState) => void, numRuns = 60): void =>
  fc.assert(
    fc.property(anyJourney, (states) => states.forEach(check)),
    { numRuns },
  );

describe('any journey of a case through the process', () => {
  it('shows resources that are valid FHIR R4, each with one id', () => {
    everyState((state) => {
      const { resources } = projectSvu(caseId, state);
      expect(resources.flatMap(({ content }) => r4Faults(content))).toEqual([]);
      const ids = resources.map(({ content }) => `${content.resourceType}/${content.id}`);
      expect(new Set(ids).size).toBe(ids.length);
    });
    expect.hasAssertions();
  });

  it('CON-5: shows no reason and no other free text under a refusal, in any resource', () => {
    let refused = 0;
    everyState((state) => {
      if (currentDecision(state)?.data.kind !== 'refusal') return;
      refused += 1;
      expect(JSON.stringify(projectSvu(caseId, state).resources)).not.toContain(secret);
    }, 120);
    expect(refused).toBeGreaterThan(50);
  });

  it('goes through every phase, and sends every kind of notice but one of a freeze', () => {
    const phases = new Set<string>();
    const kinds = new Set<string>();
    everyState((state) => {
      phases.add(state.phase);
      for (const { kind } of Object.values(state.notices)) kinds.add(kind);
    }, 300);
    expect(phases).toEqual(new Set(['draft', 'published', 'discharged', 'annulled']));
    const sent = Object.keys(codeSystems.notice.concepts).filter(
      (kind) => kind !== 'general-message' && kind !== 'todo-note' && kind !== 'frozen',
    );
    expect(kinds).toEqual(new Set(sent));
  });

  it('words every field that a notice carries', () => {
    const known = new Set([...Object.keys(noticeFields), ...silentNoticeFields]);
    everyState((state) => {
      const fields = Object.values(state.notices).flatMap(({ content }) => Object.keys(content));
      expect(fields.filter((field) => !known.has(field))).toEqual([]);
    });
    expect.hasAssertions();
  });

  it('has a code for every value that a to-do carries', () => {
    everyState((state) => {
      const inputs = projectSvu(caseId, state).resources.flatMap(({ content }) =>
        content.resourceType === 'Task' ? (content.input ?? []) : [],
      );
      expect(inputs.filter(({ type, valueString }) => !type.coding || valueString !== undefined)).toEqual([]);
    });
    expect.hasAssertions();
  });

  it('PAT-6: has the same resources after a freeze as before it, but for the case and what is to do', () => {
    everyState((state) => {
      if (state.frozen) return;
      const lasting = (of: SvuState) =>
        projectSvu(caseId, of).resources.filter(({ content }) =>
          ['Consent', 'Communication', 'QuestionnaireResponse'].includes(content.resourceType),
        );
      expect(JSON.stringify(lasting({ ...state, frozen: true }))).toBe(JSON.stringify(lasting(state)));
    });
    expect.hasAssertions();
  });
});

it('ADR-12: staff read what units are called, not their HSA-ids', () => {
  const unitNames = { [healthCentre]: 'Vårdcentralen Ekbacken' };
  const steps = [
    { ...open({ name: 'vasterbotten', version: 1 }) },
    inform,
    step('register-decision', { decisionId: caseId, kind: 'consent', form: 'oral', givenBy: 'patient' }),
    publish,
  ].map((each) =>
    each.type === 'open'
      ? {
          ...each,
          data: { ...(each.data as object), outpatient: { found: true, units: [healthCentre], unitNames } },
        }
      : each,
  );
  const [shown] = statesOf(steps)
    .slice(-1)
    .map((state) => projectSvu(caseId, state).resources.map(({ content }) => content));
  const notice = shown?.find(({ resourceType }) => resourceType === 'Communication');
  expect(JSON.stringify(notice)).toContain('"display":"Vårdcentralen Ekbacken"');
  expect(JSON.stringify(notice?.resourceType === 'Communication' && notice.payload)).not.toMatch(/SE\d{10}/);
});
