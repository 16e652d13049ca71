import type { Address, Patient } from 'fhir/r4.js';
import type { PersonState } from '../../process/person/person.js';
import type { Uuid } from '../../process/vocabulary.js';
import { foreignCanonicals, foreignSystems, identifierSystems } from '../codes.js';
import type { Projection } from '../projection.js';
import { humanName } from './human-name.js';
import { readRegisterCopy, type RegisterCopy } from './register-copy.js';

/** Where the view of a person gets the register copy, which is kept outside the log. */
export type RegisterCopies = { registerCopy(personId: Uuid, version: number): Promise<unknown> };

/**
 * A person as SEBasePatient, from the register copy the state points to. A person who is sealed, whose copy was destroyed,
 * or whose copy does not clearly say "not protected", is not shown at all (PAT-5, PAT-6). Never found by number through
 * the search index, and opened only by the grants of a case or stay.
 */
export async function projectPerson(
  id: Uuid,
  state: PersonState,
  context: RegisterCopies,
): Promise<Projection> {
  if (state.sealed) return { resources: [], grants: [] };
  const copy = readRegisterCopy(await context.registerCopy(id, state.copy));
  const content = copy && renderPatient(id, state, copy);
  if (content === undefined) return { resources: [], grants: [] };
  return {
    resources: [{ content, scope: id, personId: id, personal: true, draft: false, tokens: [] }],
    grants: [],
  };
}

function renderPatient(
  id: Uuid,
  state: PersonState,
  copy: RegisterCopy,
): (Patient & { id: string }) | undefined {
  const { type, value } = copy.identifier;
  // Others (reserve numbers) are never registered (PAT-4).
  if (type !== 'personnummer' && type !== 'samordningsnummer') return undefined;
  const birthDate = dateOf(copy.birthDate);
  return {
    resourceType: 'Patient',
    id,
    meta: { profile: [foreignCanonicals.seBasePatient] },
    identifier: [{ system: identifierSystems[type], value }],
    active: true,
    ...(copy.name ? { name: [humanName(copy.name)] } : {}),
    ...(copy.gender ? { gender: copy.gender } : {}),
    ...(birthDate === undefined ? {} : { birthDate }),
    deceasedBoolean: state.deceased,
    ...(copy.address ? { address: [addressOf(copy.address)] } : {}),
  };
}

/** The registered address (folkbokföringsadress), typed as SEBaseAddressPersonExtension says. */
function addressOf(address: NonNullable<RegisterCopy['address']>): Address {
  const line = [
    ...(address.careOf === undefined ? [] : [address.careOf]),
    ...(address.line1 === undefined ? [] : [address.line1]),
    ...(address.line2 === undefined ? [] : [address.line2]),
  ];
  return {
    extension: [
      {
        url: foreignCanonicals.seBaseAddressPerson,
        valueCodeableConcept: {
          coding: [
            { system: foreignSystems.snomed, code: '63381000052101', display: 'folkbokföringsadress' },
          ],
        },
      },
    ],
    use: 'home',
    ...(line.length > 0 ? { line } : {}),
    ...(address.city === undefined ? {} : { city: address.city }),
    ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
  };
}

/** The register writes dates with or without hyphens; anything else is left out. */
function dateOf(text: string | undefined): string | undefined {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})$/u.exec(text ?? '');
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : undefined;
}
