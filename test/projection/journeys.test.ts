import * as fc from 'fast-check';
import type { SvuCommand } from '../../src/process/svu/commands.js';
import { currentDecision } from '../../src/process/svu/questions.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { svu } from '../../src/process/svu/svu.js';
import type { Actor, Side, UserActor } from '../../src/process/vocabulary.js';
import { noticeFields, silentNoticeFields } from '../../src/projection/svu/notice-text.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { r4Faults } from '../support/r4-resources.js';
import { caseId, healthCentre, municipality, nurse, personId, stayId, ward } from './states.js';

/** Every free text that somebody may write, so that it can be searched for. */
const secret = 'Hemligt skäl';
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
const registered = (decisionId: string, data: object): Step => ({
  type: 'register-decision',
  data: { decisionId, ...data },
});

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>(
    {
      type: 'record-patient-information',
      data: { informed: false, oral: false, written: true, reason: secret },
    },
    { type: 'publish-admission-notice', data: {} },
    { type: 'publish-admission-notice', data: { reason: secret } },
    { type: 'change-planned-discharge', data: { date: '2026-11-27', reason: secret } },
    { type: 'report-ready', data: { date: '2026-11-20', doctor: nurse.user, doctorName: 'Lars Ek' } },
    { type: 'withdraw-ready', data: { expectedDischarge: '2026-11-28', reason: secret } },
    {
      type: 'discharge',
      data: {
        dischargedAt: '2026-11-20T09:00:00.000Z',
        form: 'discharge',
        dischargedTo: 'Hemmet',
        comment: secret,
        confirmedWarnings: ['no-contact-calls-to-sip'],
      },
    },
    { type: 'undo-discharge', data: { reason: secret } },
    { type: 'annul', data: { reason: secret } },
    {
      type: 'add-participant',
      data: { unit: 'SE2120001124-S401', unitName: 'Skolan', side: 'other', organisation: '2120001124' },
    },
    { type: 'remove-participant', data: { unit: municipality, confirmed: true, reason: secret } },
    { type: 'change-ward', by: journal, data: { ward: 'SE2321000255-W102', known: true } },
    { type: 'change-ward', by: journal, data: { ward: 'SE9999999999-W1', known: false } },
    { type: 'note-journal-discharge', by: journal, data: { dischargedAt: '2026-11-20T09:30:00.000Z' } },
    { type: 'note-register-change', by: journal, data: { changed: ['name', 'listing'] } },
    { type: 'note-admission-elsewhere', by: journal, data: { ward: 'SE2321000255-W102' } },
    { type: 'freeze', by: journal, data: { cause: 'protected-identity' } },
    { type: 'unfreeze', by: journal, data: {} },
  ),
  fc.uuid().chain((id) =>
    fc.constantFrom<Step>(
      registered(id, { kind: 'consent', form: 'oral', givenBy: 'patient' }),
      registered(id, { kind: 'refusal', form: 'oral', givenBy: 'guardian' }),
      registered(id, {
        kind: 'harm-assessment',
        assessor: nurse.user,
        assessorName: 'Lars Ek',
        assessorTitle: 'Läkare',
        assessorLicensed: true,
        reasonConsentUnavailable: secret,
        mayHarm: false,
        necessary: true,
      }),
      { type: 'deregister-decision', data: { decisionId: 'current' } },
    ),
  ),
  fc.constantFrom(...others).chain((by) =>
    fc.constantFrom<Step>(
      { type: 'complete-todo', by, data: { key: 'first' } },
      {
        type: 'name-contact',
        by,
        data: {
          contact: 'SE2321000255-P009',
          contactName: 'Eva Ek',
          callsToSip: true,
          responsibility: secret,
        },
      },
    ),
  ),
);

/** Fills in what a step can only name once the case is there. */
function commandOf(step: Step, state: SvuState | undefined, number: number): SvuCommand {
  const by = step.by ?? hospital;
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
  .tuple(
    fc.constantFrom<SvuState['policy']['name']>('skane', 'norrbotten', 'vasterbotten'),
    fc.array(anyStep, { minLength: 5, maxLength: 25 }),
  )
  .map(([name, steps]) => statesOf([open({ name, version: 1 }), ...steps]));

const everyState = (check: (state: SvuState) => void): void =>
  fc.assert(
    fc.property(anyJourney, (states) => states.forEach(check)),
    { numRuns: 150 },
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
    });
    expect(refused).toBeGreaterThan(100);
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
      expect(lasting({ ...state, frozen: true })).toEqual(lasting(state));
    });
    expect.hasAssertions();
  });
});
