import type { SvuCommand } from '../../../src/process/svu/subjects.js';
import type { SvuEvent } from '../../../src/process/svu/subjects.js';
import type { DecisionData } from '../../../src/process/case/decision-data.js';
import type { SvuState } from '../../../src/process/svu/state.js';
import { svu } from '../../../src/process/svu/svu.js';
import type { Actor, HsaId, Instant } from '../../../src/process/vocabulary.js';
import { newest, type PolicyName } from '../policies.js';
import { journal, nurse, register, units } from './cast.js';
import { Course } from './given.js';

/** The moment of the tests: a Monday, 09:00 in Stockholm. */
export const now: Instant = '2026-03-02T08:00:00.000Z';
export const today = '2026-03-02';
export const personId = '0b1d3a52-0000-4000-8000-000000000001';
export const otherCase = '0b1d3a52-0000-4000-8000-00000000000c';

export type DataOf<Type extends SvuCommand['type']> = Extract<SvuCommand, { type: Type }>['data'];

/** A command of a user, by default of the ward's nurse now. */
export function step<Type extends SvuCommand['type']>(
  type: Type,
  data: DataOf<Type>,
  by: Actor = nurse,
  at: Instant = now,
): SvuCommand {
  return { type, at, by, data } as SvuCommand;
}

/** A fact from a connected system. */
export function fact<Type extends SvuCommand['type']>(
  type: Type,
  data: DataOf<Type>,
  at: Instant = now,
): SvuCommand {
  return step(type, data, type === 'freeze' || type === 'note-register-change' ? register : journal, at);
}

export const opening: DataOf<'open'> = {
  personId,
  policy: newest('skane'),
  admittedAt: '2026-03-02T06:30:00.000Z',
  expectedDischarge: '2026-03-06',
  reason: 'Höftfraktur efter fall',
  outpatient: { found: true, units: [units.healthCentre] },
  municipality: { found: true, units: [units.needsAssessment, units.homeNursing] },
};

export const consentId = '0b1d3a52-0000-4000-8000-0000000000a1';
export const refusalId = '0b1d3a52-0000-4000-8000-0000000000a2';
export const assessmentId = '0b1d3a52-0000-4000-8000-0000000000a3';

export const consent: DecisionData = { kind: 'consent', form: 'oral', givenBy: 'patient' };
export const refusal: DecisionData = { kind: 'refusal', form: 'oral', givenBy: 'patient' };
export const harmAssessment: Extract<DecisionData, { kind: 'harm-assessment' }> = {
  kind: 'harm-assessment',
  assessor: 'SE2321000016-1009',
  assessorName: 'Lena Åberg',
  assessorTitle: 'Överläkare',
  assessorLicensed: true,
  reasonConsentUnavailable: 'Patienten är medvetslös',
  mayHarm: false,
  necessary: true,
};

export const inform = step('record-patient-information', { informed: true, oral: true, written: true });
export const giveConsent = step('register-decision', { decisionId: consentId, ...consent });
export const refuse = step('register-decision', { decisionId: refusalId, ...refusal });
export const assessHarm = step('register-decision', { decisionId: assessmentId, ...harmAssessment });
export const withdrawConsent = step('deregister-decision', { decisionId: consentId });
export const withdrawRefusal = step('deregister-decision', { decisionId: refusalId });
/** The refusal was registered by mistake. */
export const refusedByMistake = step('deregister-decision', { decisionId: refusalId, mistake: true });
export const publish = step('publish-admission-notice', { confirmedWarnings: ['primary-care-missing'] });
export const reportReady = step('report-ready', {
  date: today,
  doctor: 'SE2321000016-1009',
  doctorName: 'Lena Åberg',
  isHospitalDoctor: true,
});
export const withdrawReady = step('withdraw-ready', {
  expectedDischarge: '2026-03-09',
  reason: 'Feber i natt',
});
export const changeDate = step('change-planned-discharge', {
  date: '2026-03-08',
  reason: 'Väntar på hjälpmedel',
});
export const discharge = step('discharge', {
  dischargedAt: now,
  form: 'discharge',
  dischargedTo: 'Ordinärt boende',
  confirmedWarnings: ['no-contact-calls-to-sip', 'units-not-ready'],
});
export const undo = step('undo-discharge', { reason: 'Åter samma dag' });
export const annul = step('annul', { reason: 'Fel patient' });
export const freeze = fact('freeze', { cause: 'protected-identity' });

/** A case at some point of its course. */
export type Case = Course<SvuState, SvuCommand, SvuEvent>;

export function opened(policy: PolicyName = 'skane', more: Partial<DataOf<'open'>> = {}): Case {
  const start: Case = new Course(svu);
  return start.after(step('open', { ...opening, policy: newest(policy), ...more }));
}

export const publishedCase = (policy: PolicyName = 'skane'): Case =>
  opened(policy).after(inform, giveConsent, publish);

export const publishedUnderRefusal = (policy: PolicyName = 'skane'): Case =>
  opened(policy).after(inform, refuse, publish);

export const dischargedCase = (policy: PolicyName = 'skane'): Case => publishedCase(policy).after(discharge);

/** Keys of the to-dos that are open, sorted; of one unit, where one is named. */
export function openTodos(state: SvuState, of?: HsaId): readonly string[] {
  return Object.values(state.todos)
    .filter((todo) => todo.state === 'requested' && (of === undefined || todo.unit === of))
    .map((todo) => todo.key)
    .toSorted();
}
