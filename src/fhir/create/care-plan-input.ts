import type { CarePlan } from 'fhir/r4.js';
import { checkPersonalNumber } from '../../persons/personal-number.js';
import type { Instant, LocalDate, UserActor, Uuid } from '../../process/vocabulary.js';
import { careplanType, codeSystems, extensions, personNumberSystems } from '../../projection/codes/codes.js';
import { svuTitle } from '../../projection/svu/care-plan.js';
import { systemOfNumber } from '../person-number-system.js';
import { typeName } from '../submitted/difference.js';
import { readConcept } from '../submitted/read-concept.js';
import { extensionOf } from '../submitted/read-extension.js';
import { readIdentifier, readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { idIn } from '../write/catalogue-references.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { instantOf, dateInSweden } from '../write/times.js';

/** What a client says when it opens an SVU. */
export type CarePlanInput = {
  readonly number: string;
  readonly admittedAt: Instant;
  readonly expectedDischarge: LocalDate;
  readonly reason?: string;
  readonly needsAssessedAt?: Instant;
  readonly stayId?: Uuid;
};

/** Where in the CarePlan a field of the opening stands, for rejections. */
export const carePlanExpressions: Readonly<Record<string, string>> = {
  personId: 'CarePlan.subject.identifier',
  admittedAt: 'CarePlan.period.start',
  expectedDischarge: 'CarePlan.period.end',
  reason: 'CarePlan.description',
  stayId: 'CarePlan.encounter',
  needsAssessedAt: `CarePlan.extension('${extensions.needsAssessed}')`,
};

/** The kind of case, in the hub's own code or in Inera's type of care plan; both are written and either is read. */
const kinds = [codeSystems.caseKind, careplanType] as const;

/**
 * Reads the CarePlan that opens an SVU (design, section 6): `subject.identifier` in, `period` from admission to expected
 * discharge, `description` the reason; the unit is the token's. Faults are noted on what was sent.
 */
export function readCarePlan(
  plan: Submitted<CarePlan>,
  by: UserActor,
  catalogue: CatalogueReferences,
): CarePlanInput | undefined {
  require(plan, 'status', 'draft');
  require(plan, 'intent', 'plan');
  if (plan.value('title') !== undefined) require(plan, 'title', svuTitle);
  readKind(plan);
  const author = readReference(plan.child('author'), 'Organization');
  if (author !== undefined && catalogue.unit(author) !== by.unit)
    plan.fault('value-not-taken', '.author', { expected: by.unit });
  const number = readNumber(plan);
  const period = plan.child('period');
  const admittedAt = readInstant(plan, '.period.start', period?.value('start'));
  const expectedDischarge = readDate(plan, '.period.end', period?.value('end'));
  const stayId = readEncounter(plan);
  const needsAssessedAt = readNeedsAssessed(plan);
  const reason = plan.text('description')?.trim();
  if (number === undefined || admittedAt === undefined || expectedDischarge === undefined) return undefined;
  return {
    number,
    admittedAt,
    expectedDischarge,
    ...(reason === undefined || reason === '' ? {} : { reason }),
    ...(needsAssessedAt === undefined ? {} : { needsAssessedAt }),
    ...(stayId === undefined ? {} : { stayId }),
  };
}

function require(plan: Submitted<CarePlan>, name: 'status' | 'intent' | 'title', expected: string): void {
  if (plan.value(name) !== expected) plan.fault('value-not-taken', `.${name}`, { expected });
}

/** Every category must be the kind of case; one of another kind would say that the case is something else too. */
function readKind(plan: Submitted<CarePlan>): void {
  const expected = `${codeSystems.caseKind.system}|svu`;
  const categories = plan.children('category');
  if (categories.length === 0) plan.fault('value-not-taken', '.category', { expected });
  for (const category of categories)
    if (!kinds.some((kind) => readConcept<string>(category, kind) !== undefined))
      category.fault('value-not-taken', '', { expected });
}

/** The number of PAT-1, under the system of its own kind; its form is the register of persons' to judge (PAT-3, PAT-4). The name is the register's to say. */
function readNumber(plan: Submitted<CarePlan>): string | undefined {
  const subject = plan.child('subject');
  if (subject?.value('reference') !== undefined) return subject.fault('element-not-taken', '.reference');
  const type = subject?.value('type');
  if (type !== undefined && typeName(type) !== 'Patient')
    subject?.fault('value-not-taken', '.type', { expected: 'Patient' });
  const identifier = readIdentifier(subject?.child('identifier'));
  if (identifier?.value === undefined) return plan.fault('required', '.subject.identifier.value');
  if (identifier.system === undefined || !personNumberSystems.includes(identifier.system)) {
    return plan.fault('value-not-taken', '.subject.identifier.system', {
      expected: personNumberSystems.join(', '),
    });
  }
  const check = checkPersonalNumber(identifier.value);
  const expected = check.valid ? systemOfNumber(check.identifier) : undefined;
  if (expected !== undefined && identifier.system !== expected)
    return plan.fault('value-not-taken', '.subject.identifier.system', { expected });
  return identifier.value;
}

function readInstant(of: Submitted<object>, at: string, value: string | undefined): Instant | undefined {
  if (value === undefined) return of.fault('required', at);
  return instantOf(value) ?? of.fault('time-with-zone', at);
}

function readDate(of: Submitted<object>, at: string, value: string | undefined): LocalDate | undefined {
  if (value === undefined) return of.fault('required', at);
  return dateInSweden(value) ?? of.fault('not-a-real-date', at);
}

function readEncounter(plan: Submitted<CarePlan>): Uuid | undefined {
  const encounter = plan.child('encounter');
  if (encounter === undefined) return undefined;
  return (
    idIn(readReference(encounter, 'Encounter'), 'Encounter') ??
    encounter.fault('value-not-taken', '', { expected: 'Encounter/[id]' })
  );
}

function readNeedsAssessed(plan: Submitted<CarePlan>): Instant | undefined {
  const needs = extensionOf(plan, extensions.needsAssessed);
  return needs === undefined ? undefined : readInstant(needs, '.value', needs.value('valueDateTime'));
}
