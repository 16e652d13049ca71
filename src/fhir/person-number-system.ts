import type { PersonIdentifier } from '../messaging/contracts/facts.js';
import { identifierSystems } from '../projection/codes/codes.js';

/**
 * The identifier system of a number's own kind. What a client says of the kind must hold in searches as in what is written: a number
 * under the other's system is another claim than the one that is looked up. Undefined where the hub registers no such number.
 */
export const systemOfNumber = ({ type }: PersonIdentifier): string | undefined =>
  type === 'personnummer' || type === 'samordningsnummer' ? identifierSystems[type] : undefined;
