import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';
import type { CatalogueUnavailable } from '../directory/seek.js';
import { canonicalBase, extensions } from '../projection/codes/codes.js';
import { FhirError } from './fhir-error.js';
import { allFaults } from './all-faults.js';
import type { FaultText } from './fault-text.js';
import type { FaultCode } from './all-faults.js';

/** Code systems of `issue.details.coding`: the rule of the rulebook, and the hub's own code of the fault or rejection. */
export const ruleSystem = `${canonicalBase}/CodeSystem/rule`;
export const refusalSystem = `${canonicalBase}/CodeSystem/refusal`;

export type FaultDetail = {
  /** FHIRPath of the element at fault, e.g. `CarePlan.subject.identifier`. */
  readonly expression?: string;
  /** Values for the placeholders of the text; never personal data. */
  readonly values?: Readonly<Record<string, string>>;
  /** The resource that stands in the way, `CarePlan/<id>`; only where the asker may see it. */
  readonly inTheWay?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * A fault of the facade itself.
 * @example throw fault('bad-parameter', { values: { parameter: '_count' } })
 */
export function fault(code: FaultCode, detail: FaultDetail = {}): FhirError {
  const text: FaultText = allFaults[code];
  return new FhirError(text.status, [issue(code, text, detail)], detail.headers ?? {});
}

/** The catalogue did not say whether there is such a person. */
export function catalogueUnavailable({ retryAfterSeconds }: CatalogueUnavailable): FhirError {
  return fault('catalogue-unavailable', { headers: { 'Retry-After': String(retryAfterSeconds) } });
}

/**
 * One issue of an OperationOutcome: rule and code as coding, the text in Swedish with its English translation.
 * Used for the facade's faults and for rejections of the process alike.
 * @param text.rule the rulebook's id, where it stands for a rule
 */
export function issue(
  code: string,
  text: {
    readonly type: OperationOutcomeIssue['code'];
    readonly rule?: string;
    readonly sv: string;
    readonly en: string;
  },
  detail: Pick<FaultDetail, 'expression' | 'values' | 'inTheWay'> = {},
): OperationOutcomeIssue {
  const english = fill(text.en, detail.values);
  return {
    ...(detail.inTheWay === undefined
      ? {}
      : { extension: [{ url: extensions.inTheWay, valueReference: { reference: detail.inTheWay } }] }),
    severity: 'error',
    code: text.type,
    details: {
      coding: [
        ...(text.rule === undefined ? [] : [{ system: ruleSystem, code: text.rule }]),
        { system: refusalSystem, code },
      ],
      text: fill(text.sv, detail.values),
      _text: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/translation',
            extension: [
              { url: 'lang', valueCode: 'en' },
              { url: 'content', valueString: english },
            ],
          },
        ],
      },
    },
    diagnostics: english,
    ...(detail.expression === undefined ? {} : { expression: [detail.expression] }),
  };
}

/** @see https://hl7.org/fhir/R4/operationoutcome.html */
export function operationOutcome(issues: readonly OperationOutcomeIssue[]): OperationOutcome {
  return { resourceType: 'OperationOutcome', language: 'sv', issue: [...issues] };
}

function fill(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
