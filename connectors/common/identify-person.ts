import personnummerPackage from 'personnummer';
import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { longest } from '../../src/messaging/contracts/limits.js';

// A CommonJS package whose types say `default`.
const Personnummer = personnummerPackage as unknown as typeof personnummerPackage.default;

/**
 * What a system sent as a personal number, as the facts name it: twelve digits where it is a personnummer or a
 * samordningsnummer (day + 60), with the century found for ten digits (`+`: a hundred years or more). A number that matches
 * one of the reserve patterns is a reserve number (PAT-4). Anything else, also a number with a wrong date or check digit
 * (PAT-3), is passed on as `other`, as sent: whether to refuse is the hub's to say, and the sender's answer tells nothing.
 */
export function identifyPerson(sent: string, reserve: readonly RegExp[]): PersonIdentifier {
  const value = sent.trim();
  if (/^\d{6}(?:\d{2})?[-+]?\d{4}$/.test(value) && Personnummer.valid(value)) {
    const number = Personnummer.parse(value);
    return {
      type: number.isCoordinationNumber() ? 'samordningsnummer' : 'personnummer',
      value: number.format(true),
    };
  }
  // The patterns are configuration, and are not let loose on a text of any length.
  if (value.length <= longest.id && reserve.some((pattern) => pattern.test(value)))
    return { type: 'reserve', value: value.replaceAll('-', '').toUpperCase() };
  return { type: 'other', value };
}

/** True for what a population register can be asked about. */
export function isNational(person: PersonIdentifier): boolean {
  return person.type === 'personnummer' || person.type === 'samordningsnummer';
}
