import type { ServedType } from '../projection/search-parameters.js';
import { fault } from './outcome.js';

/** FHIR RESTful interactions. @see https://hl7.org/fhir/R4/valueset-type-restful-interaction.html */
export type Interaction = 'read' | 'vread' | 'history-instance' | 'search-type' | 'create' | 'update';

const reading = ['read', 'vread', 'history-instance', 'search-type'] as const;

/**
 * What the facade serves: one table from which the routes are refused or let through, the CapabilityStatement is
 * generated, and the tests are made. AuditEvent is rendered from the trail on read, so it has no versions; CodeSystem is the program's own and Questionnaire the configuration's.
 */
export const supported: Readonly<
  Record<ServedType | 'AuditEvent' | 'CodeSystem' | 'Questionnaire', readonly Interaction[]>
> = {
  AuditEvent: ['read', 'search-type'],
  CarePlan: [...reading, 'create'],
  CareTeam: reading,
  CodeSystem: ['read', 'search-type'],
  Communication: [...reading, 'create', 'update'],
  Consent: [...reading, 'create', 'update'],
  Encounter: reading,
  Location: reading,
  Organization: reading,
  Patient: reading,
  Practitioner: reading,
  PractitionerRole: reading,
  Questionnaire: ['read', 'search-type'],
  QuestionnaireResponse: reading,
  Task: [...reading, 'update'],
};

/** What a type can do; undefined where it is not served. */
export function interactionsOf(type: string): readonly Interaction[] | undefined {
  return Object.hasOwn(supported, type) ? supported[type as ServedType] : undefined;
}

/**
 * Lets through a type that has the interaction.
 * @throws {FhirError} 404 for a type that is not served, 405 for one without the interaction
 */
export function requireInteraction(type: string, interaction: Interaction): void {
  const interactions = interactionsOf(type);
  if (interactions === undefined) throw fault('unknown-type');
  if (!interactions.includes(interaction)) throw fault('unknown-interaction');
}
