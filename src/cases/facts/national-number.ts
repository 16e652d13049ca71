import type { PersonIdentifier } from '../../messaging/contracts/facts.js';
import { checkPersonalNumber } from '../../persons/personal-number.js';

/** The number that a fact names a person by, when it is one that a register can be asked about (PAT-3, PAT-4). */
export function nationalNumber({ type, value }: PersonIdentifier): PersonIdentifier | undefined {
  if (type !== 'personnummer' && type !== 'samordningsnummer') return undefined;
  // Journals send separators too; a user writes the number out in full (PAT-3).
  const checked = checkPersonalNumber(value.replaceAll(/[\s-]/g, ''));
  return checked.valid ? checked.identifier : undefined;
}
