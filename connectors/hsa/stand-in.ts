import { childText, element, type XmlElement } from '../common/soap/xml.js';
import { DataFile } from '../common/stand-in/data-file.js';
import {
  startSoapStandIn,
  type SoapStandIn,
  type StandInAnswer,
  type StandInOptions,
} from '../common/stand-in/soap-stand-in.js';
import { contracts, credentialsNamespace } from './contract.js';
import {
  readCatalogueFile,
  type StandInCatalogue,
  type StandInPractitioner,
  type StandInUnit,
} from './stand-in-file.js';

/** Plays the catalogue: its three contracts at one address on loopback, from a file that may be replaced while it runs. */
export async function startCatalogueStandIn(options: StandInOptions): Promise<SoapStandIn> {
  const file = await DataFile.open(options.file, readCatalogueFile, options.logger);
  return startSoapStandIn({
    ...options,
    profile: '2.1',
    action: Object.values(contracts).map(({ action }) => action),
    faultOf: async (question) => {
      const { units, people } = await file.current();
      const { unit, person } = asked(question);
      return units.get(unit ?? '')?.fault ?? people.get(person ?? '')?.fault;
    },
    answer: async (question, fault) => answer(question, await file.current(), fault),
  });
}

function asked({ namespace, ...question }: XmlElement): { readonly unit?: string; readonly person?: string } {
  const text = (name: string) => childText({ namespace, ...question }, namespace, name);
  const unit = text('unitHsaId') ?? text('healthCareUnitMemberHsaId');
  const person = text('personHsaId');
  return { ...(unit !== undefined && { unit }), ...(person !== undefined && { person }) };
}

function answer(
  question: XmlElement,
  catalogue: StandInCatalogue,
  fault: string | undefined,
): StandInAnswer | undefined {
  const { unit, person } = asked(question);
  const feigned = childText(question, question.namespace, 'includeFeignedObject') === 'true';
  const left = fault === 'missing-person' || fault === 'partial';
  const known = <Item extends { readonly feigned?: boolean | undefined }>(item: Item | undefined) =>
    left || (item?.feigned === true && !feigned) ? undefined : item;
  const another = <Item>(items: ReadonlyMap<string, Item>, own: string, fits: (item: Item) => boolean) =>
    fault === 'wrong-person'
      ? [...items].find(([id, item]) => id !== own && fits(item))?.[1]
      : items.get(own);
  const respond = (content: string): StandInAnswer => ({
    kind: 'body',
    body: `<h:${question.name}Response xmlns:h="${question.namespace}">${content}${fault === 'duplicate' ? content : ''}</h:${question.name}Response>`,
  });
  // No contract here declares a fault of its own, so this is one without a code.
  if (fault === 'technical') return { kind: 'fault', text: 'Technical error', detail: '' };
  if (question.namespace === contracts.credentials.namespace && person !== undefined) {
    const found = known(another(catalogue.people, person, () => true));
    return respond(found ? credentials(found, catalogue, fault) : '');
  }
  if (unit === undefined) return undefined;
  if (question.namespace === contracts.unit.namespace) {
    const found = known(another(catalogue.units, unit, () => true));
    return respond(found ? unitElement(found, fault) : '');
  }
  const found = known(another(catalogue.units, unit, (each) => each.healthCareUnit !== undefined));
  return respond(found ? healthCareUnit(found, catalogue, fault) : '');
}

/** In the order of unitType. */
function unitElement(unit: StandInUnit, fault: string | undefined): string {
  const content = record(fault, 'h', {
    unitHsaId: unit.hsaId,
    unitName: unit.name,
    publicName: unit.name,
    unitStartDate: dateTime(unit.startsAt),
    unitEndDate: dateTime(unit.endsAt),
    feignedUnit: String(unit.feigned ?? false),
  });
  return `<h:unit>${content}</h:unit>`;
}

/** In the order of HealthCareUnitType; empty for a unit that belongs to no care unit. */
function healthCareUnit(
  member: StandInUnit,
  { units, providers }: StandInCatalogue,
  fault: string | undefined,
): string {
  const unit = units.get(member.healthCareUnit ?? '');
  const provider = providers.get(member.provider ?? '');
  if (unit === undefined || provider === undefined) return '';
  const itself = unit.hsaId === member.hsaId;
  const content = record(fault, 'h', {
    unitIsHealthCareUnit: String(itself),
    healthCareUnitMemberHsaId: itself ? undefined : member.hsaId,
    healthCareUnitMemberName: itself ? undefined : member.name,
    healthCareUnitHsaId: unit.hsaId,
    healthCareUnitName: unit.name,
    healthCareUnitPublicName: unit.name,
    healthCareProviderHsaId: provider.hsaId,
    healthCareProviderName: provider.name,
    healthCareProviderPublicName: provider.name,
    healthCareProviderOrgNo: provider.organisationNumber,
    archivedHealthCareUnitMember: itself ? undefined : String(member.archived ?? false),
    archivedHealthCareUnit: String(unit.archived ?? false),
  });
  return `<h:healthCareUnit>${content}</h:healthCareUnit>`;
}

/** In the order of CredentialInformationType. */
function credentials(
  person: StandInPractitioner,
  catalogue: StandInCatalogue,
  fault: string | undefined,
): string {
  const content = record(fault, 'c', {
    givenName: person.given,
    middleAndSurName: person.surname,
    personHsaId: person.hsaId,
    healthCareProfessionalLicence: person.licences,
    paTitleCode: person.titles,
    protectedPerson: String(person.protectedPerson ?? false),
    commission: (person.assignments ?? []).flatMap((each) => commission(each, catalogue, fault) ?? []),
    feignedPerson: String(person.feigned ?? false),
  });
  return `<h:credentialInformation xmlns:c="${credentialsNamespace}">${content}</h:credentialInformation>`;
}

/** In the order of CommissionType. One at a unit that the file does not know is left out. */
function commission(
  assignment: NonNullable<StandInPractitioner['assignments']>[number],
  { units, providers }: StandInCatalogue,
  fault: string | undefined,
): Nested | undefined {
  const unit = units.get(assignment.unit);
  const provider = providers.get(unit?.provider ?? '');
  if (unit === undefined || provider === undefined) return undefined;
  const content = record(fault, 'c', {
    commissionName: assignment.name ?? `Vård och behandling ${unit.name}`,
    commissionHsaId: assignment.hsaId,
    commissionPurpose: assignment.purpose ?? 'Vård och behandling',
    healthCareUnitHsaId: unit.hsaId,
    healthCareUnitName: unit.name,
    healthCareUnitStartDate: dateTime(unit.startsAt),
    healthCareUnitEndDate: dateTime(unit.endsAt),
    healthCareProviderHsaId: provider.hsaId,
    healthCareProviderName: provider.name,
    healthCareProviderOrgNo: provider.organisationNumber,
    archivedHealthCareUnit: String(unit.archived ?? false),
  });
  return { content };
}

/** The content of an element, as XML. */
type Nested = { readonly content: string };
type Value = string | Nested;

/** What says yes or no of a record as a whole: left out by `missing-flags`. */
const flags: ReadonlySet<string> = new Set([
  'feignedUnit',
  'archivedHealthCareUnitMember',
  'archivedHealthCareUnit',
  'protectedPerson',
  'feignedPerson',
]);

/** The elements of a record in the order given, the other way round for `out-of-order`; several for a list. */
function record(
  fault: string | undefined,
  prefix: string,
  values: Readonly<Record<string, Value | readonly Value[] | undefined>>,
): string {
  const written = Object.entries(values)
    .filter(([name]) => !(fault === 'missing-flags' && flags.has(name)))
    .flatMap(([name, value]) =>
      [value ?? []]
        .flat()
        .map((one) =>
          typeof one === 'string'
            ? element(`${prefix}:${name}`, one)
            : `<${prefix}:${name}>${one.content}</${prefix}:${name}>`,
        ),
    );
  return (fault === 'out-of-order' ? written.toReversed() : written).join('');
}

function dateTime(moment: string | undefined): string | undefined {
  return moment === undefined || moment.includes('T') ? moment : `${moment}T00:00:00`;
}
