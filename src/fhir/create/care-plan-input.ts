import type { CarePlan, OperationOutcomeIssue } from 'fhir/r4.js';
import type { Instant, LocalDate, UserActor, Uuid } from '../../process/vocabulary.js';
import { codeSystems, extensions, foreignSystems, personNumberSystems } from '../../projection/codes.js';
import { FhirError } from '../fhir-error.js';
import { idIn } from '../write/catalogue-references.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { writeIssue } from '../write/refusals.js';
import { instantOf, localDateOf } from '../write/times.js';

/** What a client says when it opens an SVU. */
export type CarePlanInput = {
  readonly number: string;
  readonly admittedAt: Instant;
  readonly expectedDischarge: LocalDate;
  readonly reason?: string;
  readonly needsAssessedAt?: Instant;
  readonly stayId?: Uuid;
};

/** Elements that are read; another is refused rather than silently dropped. */
const taken: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  'meta',
  'text',
  'language',
  'status',
  'intent',
  'category',
  'title',
  'author',
  'subject',
  'encounter',
  'period',
  'description',
  'extension',
]);

/** Where in the CarePlan a field of the opening stands, for rejections. */
export const carePlanExpressions: Readonly<Record<string, string>> = {
  personId: 'CarePlan.subject.identifier',
  admittedAt: 'CarePlan.period.start',
  expectedDischarge: 'CarePlan.period.end',
  reason: 'CarePlan.description',
  stayId: 'CarePlan.encounter',
  needsAssessedAt: `CarePlan.extension('${extensions.needsAssessed}')`,
};

/**
 * Reads the CarePlan that opens an SVU (design, section 6): `subject.identifier` in, `period` from admission to expected
 * discharge, `description` the reason; the unit is the token's.
 *
 * @throws {FhirError} 422 with every fault against the profile at once
 */
export function readCarePlan(plan: CarePlan, by: UserActor, catalogue: CatalogueReferences): CarePlanInput {
  const issues: OperationOutcomeIssue[] = [];
  const fault = (...of: Parameters<typeof writeIssue>): undefined => {
    issues.push(writeIssue(...of));
  };
  for (const element of Object.keys(plan)) {
    if (!taken.has(element)) fault('element-not-taken', { expression: `CarePlan.${element}` });
  }
  if (plan.status !== 'draft')
    fault('value-not-taken', { expression: 'CarePlan.status', values: { expected: 'draft' } });
  if (plan.intent !== 'plan')
    fault('value-not-taken', { expression: 'CarePlan.intent', values: { expected: 'plan' } });
  if (!isSvu(plan)) {
    fault('value-not-taken', {
      expression: 'CarePlan.category',
      values: { expected: `${codeSystems.caseKind.system}|svu` },
    });
  }
  if (plan.author !== undefined && catalogue.unit(plan.author) !== by.unit) {
    fault('value-not-taken', { expression: 'CarePlan.author', values: { expected: by.unit } });
  }
  const number = readNumber(plan, fault);
  const admittedAt = readInstant(plan.period?.start, 'CarePlan.period.start', fault);
  const expectedDischarge = readDate(plan.period?.end, 'CarePlan.period.end', fault);
  const stayId = readEncounter(plan, fault);
  const needsAssessedAt = readExtensions(plan, fault);
  const reason = plan.description?.trim();
  if (
    issues.length > 0 ||
    number === undefined ||
    admittedAt === undefined ||
    expectedDischarge === undefined
  ) {
    throw new FhirError(422, issues);
  }
  return {
    number,
    admittedAt,
    expectedDischarge,
    ...(reason === undefined || reason === '' ? {} : { reason }),
    ...(needsAssessedAt === undefined ? {} : { needsAssessedAt }),
    ...(stayId === undefined ? {} : { stayId }),
  };
}

type Fault = (...of: Parameters<typeof writeIssue>) => undefined;

function isSvu(plan: CarePlan): boolean {
  return (plan.category ?? []).some((category) =>
    (category.coding ?? []).some(
      ({ system, code }) =>
        (system === codeSystems.caseKind.system && code === 'svu') ||
        (system === foreignSystems.careplanType && code === 'SPU'),
    ),
  );
}

/** The number of PAT-1; its form is the register of persons' to judge (PAT-3, PAT-4). */
function readNumber(plan: CarePlan, fault: Fault): string | undefined {
  const { identifier, reference } = plan.subject;
  if (reference !== undefined)
    return fault('element-not-taken', { expression: 'CarePlan.subject.reference' });
  if (identifier?.value === undefined)
    return fault('required', { expression: 'CarePlan.subject.identifier.value' });
  if (identifier.system === undefined || !personNumberSystems.includes(identifier.system)) {
    return fault('value-not-taken', {
      expression: 'CarePlan.subject.identifier.system',
      values: { expected: personNumberSystems.join(', ') },
    });
  }
  return identifier.value;
}

function readInstant(value: string | undefined, expression: string, fault: Fault): Instant | undefined {
  if (value === undefined) return fault('required', { expression });
  return instantOf(value) ?? fault('time-with-zone', { expression });
}

function readDate(value: string | undefined, expression: string, fault: Fault): LocalDate | undefined {
  if (value === undefined) return fault('required', { expression });
  return localDateOf(value) ?? fault('not-a-real-date', { expression });
}

function readEncounter(plan: CarePlan, fault: Fault): Uuid | undefined {
  if (plan.encounter === undefined) return undefined;
  return (
    idIn(plan.encounter, 'Encounter') ??
    fault('value-not-taken', { expression: 'CarePlan.encounter', values: { expected: 'Encounter/[id]' } })
  );
}

function readExtensions(plan: CarePlan, fault: Fault): Instant | undefined {
  let needsAssessedAt: Instant | undefined;
  for (const [index, extension] of (plan.extension ?? []).entries()) {
    const expression = `CarePlan.extension[${index}]`;
    if (extension.url === extensions.needsAssessed) {
      needsAssessedAt = readInstant(extension.valueDateTime, `${expression}.value`, fault);
    } else fault('element-not-taken', { expression });
  }
  return needsAssessedAt;
}
