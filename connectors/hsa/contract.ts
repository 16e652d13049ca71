import { element } from '../common/soap/xml.js';

const organization = 'urn:riv:infrastructure:directory:organization';
const authorization = 'urn:riv:infrastructure:directory:authorizationmanagement';

/** A contract of the catalogue: the namespace of its messages, and its SOAPAction. */
export type Contract = { readonly namespace: string; readonly action: string };

const contract = (namespace: string, operation: string): Contract => ({
  namespace,
  action: `${namespace}:${operation}`,
});

/** The three contracts (RIV-TA Basic Profile 2.1): a unit, the care unit it belongs to, and a person's credentials. */
export const contracts = {
  unit: contract(`${organization}:GetUnitResponder:5`, 'GetUnit'),
  healthCareUnit: contract(`${organization}:GetHealthCareUnitResponder:2`, 'GetHealthCareUnit'),
  credentials: contract(
    `${authorization}:GetCredentialsForPersonIncludingProtectedPersonResponder:2`,
    'GetCredentialsForPersonIncludingProtectedPerson',
  ),
} as const;

/** The types of the domain, whose elements are inside those of an answer about credentials. */
export const credentialsNamespace = `${authorization}:2`;

/**
 * An HSA-id by its form. Whatever else stands in its place is not asked about and not passed on, so a personal number never
 * travels as one.
 */
export const hsaIdPattern = /^SE\d{10}-[0-9A-Za-z-]{1,18}$/;

/** HSA-ids are the same whichever case they are written in. */
export function sameHsaId(one: string | undefined, other: string): boolean {
  return one?.toUpperCase() === other.toUpperCase();
}

type Question = { readonly hsaId: string; /** Also test objects. */ readonly feigned: boolean };

/** The question about one unit (GetUnit 5). */
export function writeUnitQuestion({ hsaId, feigned }: Question): string {
  return write(contracts.unit.namespace, 'GetUnit', 'unitHsaId', hsaId, feigned);
}

/** The question which care unit and care provider a unit belongs to (GetHealthCareUnit 2). */
export function writeHealthCareUnitQuestion({ hsaId, feigned }: Question): string {
  const { namespace } = contracts.healthCareUnit;
  return write(namespace, 'GetHealthCareUnit', 'healthCareUnitMemberHsaId', hsaId, feigned);
}

/** The question about one person, by HSA-id alone though the contract takes personal numbers too. */
export function writeCredentialsQuestion({ hsaId, feigned }: Question): string {
  const { namespace } = contracts.credentials;
  const operation = 'GetCredentialsForPersonIncludingProtectedPerson';
  return write(namespace, operation, 'personHsaId', hsaId, feigned);
}

function write(namespace: string, operation: string, name: string, hsaId: string, feigned: boolean): string {
  const content = [element(`h:${name}`, hsaId), element('h:includeFeignedObject', String(feigned))].join('');
  return `<h:${operation} xmlns:h="${namespace}">${content}</h:${operation}>`;
}
