import { refusal } from './outcome.js';
import { interactionsOf } from './supported.js';
import type { Interaction } from './supported.js';

/**
 * Lets through a type that has the interaction.
 * @throws {FhirError} 404 for a type that is not served, 405 for one without the interaction
 */
export function requireStored(type: string, interaction: Interaction): void {
  const interactions = interactionsOf(type);
  if (interactions === undefined) throw refusal('unknown-type');
  if (!interactions.includes(interaction)) throw refusal('unknown-interaction');
}
