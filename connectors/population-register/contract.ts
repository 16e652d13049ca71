import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { element } from '../common/soap/xml.js';

/** GetPersonsForProfile 5 (Inera Personuppgiftstjänsten; GetPersonsForProfileResponder_5.0.xsd). */
export const responderNamespace =
  'urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5';
/** The types of the domain, whose elements are inside those of the responder's namespace. */
export const personNamespace = 'urn:riv:strategicresourcemanagement:persons:person:5';
export const action = `${responderNamespace}:GetPersonsForProfile`;

/** The most persons one question may name (service description 5.1). */
export const mostPersons = 500;

/** How much of a person is asked for: P1 name, P2 also address and registration, P3 to P5 more. */
export type LookupProfile = 'P1' | 'P2' | 'P3' | 'P4' | 'P5';

const roots = {
  personnummer: '1.2.752.129.2.1.3.1',
  samordningsnummer: '1.2.752.129.2.1.3.3',
} as const;

/** The OID a number is asked for under: the seventh digit (first of the day) is 6 or more in a samordningsnummer. */
export function rootOf(number: string): string {
  return Number(number[6]) >= 6 ? roots.samordningsnummer : roots.personnummer;
}

/** Kind of a number by its digits; the register's own roots are not to be relied on (it answers one with the other). */
export function identifierOf(extension: string): PersonIdentifier {
  if (!/^\d{12}$/.test(extension)) return { type: 'other', value: extension };
  const samordningsnummer = rootOf(extension) === roots.samordningsnummer;
  return { type: samordningsnummer ? 'samordningsnummer' : 'personnummer', value: extension };
}

/** The question about up to 500 numbers of twelve digits. Referred identities are followed (PAT-12). */
export function writeQuestion(numbers: readonly string[], profile: LookupProfile): string {
  const persons = numbers
    .map(
      (number) =>
        `<r:personId>${element('p:root', rootOf(number))}${element('p:extension', number)}</r:personId>`,
    )
    .join('');
  return (
    `<r:GetPersonsForProfile xmlns:r="${responderNamespace}" xmlns:p="${personNamespace}">${persons}` +
    `<r:profile>${profile}</r:profile><r:ignoreReferredIdentity>false</r:ignoreReferredIdentity></r:GetPersonsForProfile>`
  );
}
