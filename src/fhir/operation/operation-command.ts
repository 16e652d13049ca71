import type { StepOf } from '../../cases/case-commands.js';
import { isHospitalDoctor } from '../../directory/hospital-doctor.js';
import { mayBeOfOutpatientCare } from '../../directory/outpatient-staff.js';
import type { Directory } from '../../directory/organisation.js';
import { writeRefusal } from '../write/refusals.js';
import type { OperationName } from '../operations/definitions.js';
import { expressionOfParameter } from './parameters-input.js';
import type { OperationInput } from './parameters-input.js';
import type { SvuCommand } from '../../process/svu/commands.js';
import type { dischargeWarnings } from '../../process/svu/discharge.js';
import type { codeSystems } from '../../projection/codes/codes.js';
import { displayName } from '../../projection/directory/directory-view.js';

type CaseStep = StepOf<SvuCommand>;

/**
 * The step that an operation asks for. Names of staff and units come from the directory, never from the client (ORG-1).
 *
 * @throws {FhirError} 422 for a unit without roles
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
      return { type: name, data: { date: text('date'), ...maybe('reason') } };
    case 'ready':
      return {
        type: 'report-ready',
        data: {
          date: text('date'),
          doctor: text('doctor'),
          doctorName: nameOf(directory, text('doctor')),
          isHospitalDoctor: isHospitalDoctor(directory, text('doctor')),
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
          // Codes of their parameters (operations/definitions.ts).
          form: text('form') as keyof typeof codeSystems.dischargeForm.concepts,
          ...maybe('dischargedTo'),
          ...maybe('comment'),
          confirmedWarnings: (input['confirmedWarnings'] ?? []) as (typeof dischargeWarnings)[number][],
        },
      };
    case 'undo-discharge':
      return { type: name, data: maybe('reason') };
    case 'annul':
      return { type: name, data: maybe('reason') };
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
          isOfOutpatientCare: mayBeOfOutpatientCare(directory, text('contact')),
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
