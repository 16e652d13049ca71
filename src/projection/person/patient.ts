import type { Address, Identifier, Patient } from 'fhir/r4.js';
import type { PersonState } from '../../process/person/person.js';
import type { Uuid } from '../../process/vocabulary.js';
import { foreignCanonicals, foreignSystems, identifierSystems } from '../codes/codes.js';
import type { Projection } from '../projection.js';
import { patientReference } from '../references.js';
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
  if (state.mergedInto !== undefined) return merged(id, state.mergedInto);
  if (state.sealed) return { resources: [], grants: [] };
  const copy = readRegisterCopy(await context.registerCopy(id, state.copy));
  const content = copy && renderPatient(id, state, copy);
  if (content === undefined) return { resources: [], grants: [] };
  return {
    resources: [{ content, scope: id, personId: id, needs: 'minimum', draft: false, tokens: [] }],
    grants: [],
  };
}

/** A person who turned out to be another (PAT-12): no name and no number, only who lives on. */
function merged(id: Uuid, survivor: Uuid): Projection {
  const content: Patient & { id: string } = {
    resourceType: 'Patient',
    id,
    active: false,
    link: [{ other: patientReference(survivor), type: 'replaced-by' }],
  };
  return {
    resources: [{ content, scope: id, personId: survivor, needs: 'minimum', draft: false, tokens: [] }],
    grants: [],
  };
}

/** The number the register has now, then the numbers that it says the person had before (PAT-12). */
function identifiersOf({ identifier, former }: RegisterCopy): Identifier[] {
  const { type, value } = identifier;
  if (!isNational(type)) return [];
  const old = (former ?? []).flatMap((each): Identifier[] =>
    isNational(each.type) && each.value !== value
      ? [{ use: 'old', system: identifierSystems[each.type], value: each.value }]
      : [],
  );
  return [{ system: identifierSystems[type], value }, ...old];
}

const isNational = (type: string): type is 'personnummer' | 'samordningsnummer' =>
  type === 'personnummer' || type === 'samordningsnummer';

function renderPatient(
  id: Uuid,
  state: PersonState,
  copy: RegisterCopy,
): (Patient & { id: string }) | undefined {
  const identifier = identifiersOf(copy);
  // Others (reserve numbers) are never registered (PAT-4).
  if (identifier.length === 0) return undefined;
  const birthDate = dateOf(copy.birthDate);
  return {
    resourceType: 'Patient',
    id,
    meta: { profile: [foreignCanonicals.seBasePatient] },
    identifier,
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
