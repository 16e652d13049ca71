import * as fc from 'fast-check';
import { newest } from '../support/policies.js';
import { describedSteps } from '../support/process/described-steps.js';
import type { SvuCommand } from '../../src/process/svu/subjects.js';
import { currentDecision } from '../../src/process/case/questions.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { svu } from '../../src/process/svu/svu.js';
import type { Actor, Side, UserActor } from '../../src/process/vocabulary.js';
import { healthCentre, municipality, nurse, personId, stayId, ward } from './states.js';

/** Every free text that somebody may write, so that it can be searched for. */
export const secret = 'Hemligt skäl';
export const otherWard = 'SE2321000255-W102';
/** A hospital unit that never is the ward. */
export const consultant = 'SE2321000255-W109';
/** No other day or time of a case is the same. */
export const admittedAt = '2026-11-19T07:13:00.000Z';
export const doctorName = 'Lars Ek';
const journal: Actor = { kind: 'system', system: 'journal' };
const user = (unit: string, side: Side): UserActor => ({
  ...nurse,
  unit,
  unitName: side === 'hospital' ? nurse.unitName : unit,
  side,
  responsibilities: ['read', 'write', 'acknowledge'],
});
const hospital = user(ward, 'hospital');
const others = [user(healthCentre, 'outpatient'), user(municipality, 'municipality')];
const opened = Date.parse('2026-11-20T09:00:00.000Z');

type Step = { readonly type: SvuCommand['type']; readonly by?: Actor; readonly data: unknown };

export const open = (policy: SvuState['policy']): Step => ({
  type: 'open',
  by: hospital,
  data: {
    personId,
    policy,
    stayId,
    admittedAt,
    expectedDischarge: '2026-11-25',
    reason: secret,
    outpatient: { found: true, units: [healthCentre] },
    municipality: { found: true, units: [municipality] },
  },
});
export const step = (type: Step['type'], data: object = {}, by?: Actor): Step => ({
  type,
  data,
  ...(by ? { by } : {}),
});

export const inform = step('record-patient-information', {
  informed: false,
  oral: false,
  written: true,
  reason: secret,
});
export const publish = step('publish-admission-notice');
const move = step('change-planned-discharge', { date: '2026-11-27', reason: secret });
const ready = step('report-ready', {
  date: '2026-11-20',
  doctor: nurse.user,
  doctorName,
  isHospitalDoctor: true,
});
const withdraw = step('withdraw-ready', { expectedDischarge: '2026-11-28', reason: secret });
const goHome = step('discharge', {
  dischargedAt: '2026-11-20T09:00:00.000Z',
  form: 'discharge',
  dischargedTo: 'Ordinärt boende',
  comment: secret,
  confirmedWarnings: ['no-contact-calls-to-sip', 'units-not-ready'],
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
        assessorName: doctorName,
        assessorTitle: 'Läkare',
        assessorLicensed: true,
        reasonConsentUnavailable: secret,
        mayHarm: false,
        necessary: true,
      },
    ),
  )
  .map(([decisionId, data]) => step('register-decision', { decisionId, ...data }));

/** What the other sides do that takes no more than a day, a moment, a text and yes or no. */
const ofOthers = describedSteps({
  boolean: fc.boolean(),
  date: fc.constant('2026-11-29'),
  dateTime: fc.constant('2026-11-29T13:37:00.000Z'),
  string: fc.constant(secret),
});

/** What may happen between the steps of the straight way. */
const aside: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: decide },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      step('deregister-decision', { decisionId: 'current' }),
      step('publish-admission-notice', { reason: secret, confirmedWarnings: ['primary-care-missing'] }),
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
      step('note-other-care', {}, journal),
      step('change-ward', { ward: 'SE9999999999-W1', known: false }, journal),
      step('change-ward', { ward: otherWard, wardName: 'Avdelning 14', known: true }, journal),
      step('change-ward', { ward, wardName: 'Avdelning 12', known: true }, journal),
      step('add-participant', {
        unit: consultant,
        unitName: 'Konsulten',
        side: 'hospital',
        organisation: '2321000255',
      }),
      step('remove-participant', { unit: consultant, confirmed: true }),
      step('change-ward', { ward: 'SE2321000999-W1', known: true, elsewhere: true }, journal),
      step('unfreeze', {}, journal),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...others).chain((by) =>
      fc.oneof(
        fc.constant(step('complete-todo', { key: 'first' }, by)),
        fc.constant(
          step(
            'name-contact',
            {
              contact: 'SE2321000255-P009',
              contactName: 'Eva Ek',
              isOfOutpatientCare: true,
              callsToSip: true,
              responsibility: secret,
            },
            by,
          ),
        ),
        ...ofOthers
          .filter(({ side }) => side === undefined || side === by.side)
          .map(({ type, data }) => data.map((each) => step(type as Step['type'], each, by))),
      ),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      step('record-coordinated-care-plan', {
        date: '2026-11-19',
        doctor: nurse.user,
        doctorName,
        isHospitalDoctor: true,
        madeBy: 'chief-psychiatrist',
        law: 'LRV',
      }),
      step('withdraw-coordinated-care-plan'),
      step('state-placing-municipality', { municipality: '1283', municipalityName: 'Ort' }),
      step('state-placing-municipality'),
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
export function statesOf(steps: readonly Step[]): SvuState[] {
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

/** Under the newest of Norrbotten units say that their own planning is done (SVU-27). */
const policiesOfJourneys: readonly SvuState['policy'][] = [
  { name: 'skane', version: 1 },
  newest('norrbotten'),
  { name: 'vasterbotten', version: 1 },
];

const anyJourney = fc
  .tuple(fc.constantFrom(...policiesOfJourneys), anyWay)
  .map(([policy, steps]) => statesOf([open(policy), ...steps]));

export const everyState = (check: (state: SvuState) => void, numRuns = 60): void =>
  fc.assert(
    fc.property(anyJourney, (states) => states.forEach(check)),
    { numRuns },
  );
