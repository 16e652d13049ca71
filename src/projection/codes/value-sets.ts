/**
 * The value sets that R4 requires of the elements of datatype `code` which can be searched: each code with its system. The element
 * itself holds no system, it is implied by the binding, so a search may name it or leave it out.
 * @see https://hl7.org/fhir/R4/search.html#token
 */
export type RequiredCodes = Readonly<Record<string, string>>;

const hl7 = (system: string, codes: string): RequiredCodes =>
  Object.fromEntries(codes.split(' ').map((code) => [code, `http://hl7.org/fhir/${system}`]));

/** By `Type.element`. Each is the required binding of that element in R4 (4.0.1). */
export const requiredCodes = {
  'CarePlan.status': hl7('request-status', 'draft active on-hold revoked completed entered-in-error unknown'),
  'CareTeam.status': hl7('care-team-status', 'proposed active suspended inactive entered-in-error'),
  'Communication.status': hl7(
    'event-status',
    'preparation in-progress not-done on-hold stopped completed entered-in-error unknown',
  ),
  'Consent.status': hl7('consent-state-codes', 'draft proposed active rejected inactive entered-in-error'),
  'Encounter.status': hl7(
    'encounter-status',
    'planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown',
  ),
  'Location.status': hl7('location-status', 'active suspended inactive'),
  'QuestionnaireResponse.status': hl7(
    'questionnaire-answers-status',
    'in-progress completed amended entered-in-error stopped',
  ),
  'Task.status': hl7(
    'task-status',
    'draft requested received accepted rejected ready cancelled in-progress on-hold failed completed entered-in-error',
  ),
  // One code of its own; the others are those of a request.
  'Task.intent': {
    ...hl7('task-intent', 'unknown'),
    ...hl7(
      'request-intent',
      'proposal plan order original-order reflex-order filler-order instance-order option',
    ),
  },
} as const satisfies Readonly<Record<string, RequiredCodes>>;
