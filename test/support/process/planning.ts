import { districtNurse, homeNurse, needsAssessor, nurse, register, units } from './cast.js';
import { giveConsent, inform, opened, openTodos, publish, step, consent, discharge } from './svu.js';
import type { Case } from './svu.js';
import type { SvuCommand } from '../../../src/process/svu/subjects.js';
import { svu } from '../../../src/process/svu/svu.js';
import type { Actor, HsaId, Instant } from '../../../src/process/vocabulary.js';
import { projectSvu } from '../../../src/projection/svu/svu.js';

/** Own planning under Norrbotten (SVU-27): a published case, what its units say of their planning, and what comes of it. */

export const minute = (count: number): Instant => new Date(Date.UTC(2026, 2, 2, 9, count)).toISOString();
export const inTurn = (course: Case, from: number, ...steps: readonly SvuCommand[]): Case =>
  steps.reduce((each, one, index) => each.after({ ...one, at: minute(from + index) }), course);

export const welcomeFrom = '2026-03-06T13:00:00.000Z';
export const done = (by: Actor, data: { readonly welcomeFrom?: string } = {}) =>
  step('report-planning-done', data, by);
export const centreDone = done(districtNurse);
export const assessorDone = done(needsAssessor);
export const homeDone = done(homeNurse, { welcomeFrom });
export const allDone = [centreDone, assessorDone, homeDone];
export const joins = (unit: HsaId, side: 'outpatient' | 'municipality') =>
  step('add-participant', { unit, unitName: 'Tillagd', side, organisation: '' });
export const leaves = (unit: HsaId, by: Actor = nurse) =>
  step('remove-participant', { unit, confirmed: true, reason: 'Flyttat' }, by);
export const unfreeze = step('unfreeze', {}, register);
export const again = step('register-decision', {
  decisionId: '0b1d3a52-0000-4000-8000-0000000000a9',
  ...consent,
});
export const inFull = step('publish-admission-notice', { reason: 'Höftfraktur' });
export const leave = (...confirmedWarnings: readonly string[]) =>
  step('discharge', { ...discharge.data, confirmedWarnings } as never);

const named = (...of: readonly HsaId[]) => ({
  found: true as const,
  units: of,
  unitNames: Object.fromEntries(of.map((unit) => [unit, unit])),
});
export const published = (...after: readonly SvuCommand[]): Case => {
  const { healthCentre, homeNursing, needsAssessment } = units;
  const addressed = {
    outpatient: named(healthCentre),
    municipality: named(needsAssessment, homeNursing),
  };
  return inTurn(opened('norrbotten', addressed).after(inform, giveConsent, publish), 0, ...after);
};
export const key = (unit: HsaId, number = 1) => `report-planning-done:${unit}:${number}`;
export const receivers = [units.healthCentre, units.homeNursing, units.needsAssessment];
export const asked = ({ state }: Case): readonly string[] =>
  openTodos(state).filter((each) => each.startsWith('report-planning-done:'));
export const ofAll = (number: number) => receivers.map((unit) => key(unit, number)).toSorted();
export const texts = ({ state }: Case): readonly string[] =>
  projectSvu('0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01', state)
    .resources.map(({ content }) => content)
    .filter((each) => each.resourceType === 'Communication')
    .map(({ payload }) => payload?.[0]?.contentString ?? '')
    .filter((text) => text.includes('Egen planering'));
export const standing = (course: Case) =>
  texts(course).filter((text) => !text.startsWith('Gäller inte längre'));
export const warned = (course: Case): string => {
  const decision = svu.decide(leave('no-contact-calls-to-sip', 'no-receiver-of-side'), course.state);
  const { rejection } = decision;
  return rejection === undefined ? '' : `${rejection.code}: ${rejection.values?.['unit'] ?? ''}`;
};
