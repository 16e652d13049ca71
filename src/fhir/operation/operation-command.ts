import type { CaseStep } from '../../cases/case-commands.js';
import type { Directory } from '../../directory/organisation.js';
import { writeRefusal } from '../write/refusals.js';
import type { OperationName } from '../operations/definitions.js';
import { expressionOfParameter } from './parameters-input.js';
import type { OperationInput } from './parameters-input.js';
import { dischargeWarnings } from '../../process/svu/discharge.js';
import { displayName } from '../../projection/directory/directory-view.js';

/** The forms of a discharge (SVU-21). */
const dischargeForms = ['discharge', 'early-end'] as const;

/**
 * The step that an operation asks for. Names of staff and units come from the directory, never from the client (ORG-1).
 *
 * @throws {FhirError} 422 for a code outside its list
 */
export function commandOf(name: OperationName, input: OperationInput, directory: Directory): CaseStep {
  const text = (field: string): string => String(input[field] ?? '');
  const maybe = <Field extends string>(field: Field): { [Name in Field]?: string } =>
    (input[field] === undefined ? {} : { [field]: text(field) }) as { [Name in Field]?: string };
  const yes = (field: string): boolean => input[field] === true;
  switch (name) {
    case 'record-patient-information':
      return {
        type: name,
        data: { informed: yes('informed'), oral: yes('oral'), written: yes('written'), ...maybe('reason') },
      };
    case 'record-needs-assessment':
      return { type: name, data: { needsAssessedAt: text('needsAssessedAt') } };
    case 'publish-admission-notice':
      return { type: name, data: maybe('reason') };
    case 'change-planned-discharge':
      return { type: name, data: { date: text('date'), reason: text('reason') } };
    case 'ready':
      return {
        type: 'report-ready',
        data: {
          date: text('date'),
          doctor: text('doctor'),
          doctorName: nameOf(directory, text('doctor')),
        },
      };
    case 'withdraw-ready':
      return {
        type: name,
        data: { expectedDischarge: text('expectedDischarge'), ...maybe('reason') },
      };
    case 'discharge':
      return {
        type: name,
        data: {
          dischargedAt: text('dischargedAt'),
          form: formOf(text('form')),
          ...maybe('dischargedTo'),
          ...maybe('comment'),
          confirmedWarnings: warningsOf(input['confirmedWarnings']),
        },
      };
    case 'undo-discharge':
      return { type: name, data: maybe('reason') };
    case 'annul':
      return { type: name, data: { reason: text('reason') } };
    case 'add-participant':
      return { type: name, data: unitOf(directory, text('unit')) };
    case 'remove-participant':
      return {
        type: name,
        data: { unit: text('unit'), confirmed: yes('confirmed'), ...maybe('reason') },
      };
    case 'name-contact':
      return {
        type: name,
        data: {
          contact: text('contact'),
          contactName: nameOf(directory, text('contact')),
          callsToSip: yes('callsToSip'),
          ...maybe('responsibility'),
        },
      };
    default:
      return { type: name, data: { contact: text('contact') } };
  }
}

function nameOf(directory: Directory, hsaId: string): string {
  const person = directory.person(hsaId);
  return person === undefined ? '' : displayName(person);
}

function unitOf(directory: Directory, hsaId: string): Extract<CaseStep, { type: 'add-participant' }>['data'] {
  const unit = directory.unit(hsaId);
  if (unit === undefined || !unit.active || Object.keys(unit.roles).length === 0) {
    throw writeRefusal('reference-unknown', { expression: expressionOfParameter('unit') });
  }
  return { unit: hsaId, unitName: unit.name, side: unit.side, organisation: unit.organisationNumber };
}

const formOf = (code: string): (typeof dischargeForms)[number] => oneOf('form', dischargeForms, code);

/** The warnings the user has seen; a code that is no warning is refused, not passed over. */
const warningsOf = (codes: OperationInput[string] | undefined): (typeof dischargeWarnings)[number][] =>
  (Array.isArray(codes) ? codes : []).map((code) =>
    oneOf('confirmedWarning', dischargeWarnings, String(code)),
  );

function oneOf<Code extends string>(parameter: string, codes: readonly Code[], code: string): Code {
  const known = codes.find((each) => each === code);
  if (known === undefined) {
    throw writeRefusal('value-not-taken', {
      expression: expressionOfParameter(parameter),
      values: { expected: codes.join(', ') },
    });
  }
  return known;
}
