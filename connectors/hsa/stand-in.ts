import type { Logger } from 'pino';
import { childText, element, type XmlElement } from '../frame/soap/xml.js';
import { DataFile } from '../frame/stand-in/data-file.js';
import { startSoapStandIn, type SoapStandIn, type StandInAnswer } from '../frame/stand-in/soap-stand-in.js';
import { contracts, credentialsNamespace } from './contract.js';
import {
  readCatalogueFile,
  type StandInCatalogue,
  type StandInPractitioner,
  type StandInUnit,
} from './stand-in-file.js';

export type CatalogueStandInOptions = {
  /** Loopback only. */
  readonly host: string;
  readonly port: number;
  /** The JSON file with units and people (README.md). */
  readonly file: string;
  readonly logger: Logger;
};

/** Plays the catalogue: its three contracts at one address on loopback, from a file that may be replaced while it runs. */
export async function startCatalogueStandIn(options: CatalogueStandInOptions): Promise<SoapStandIn> {
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
  const left = fault === 'missing-person';
  const known = <Item extends { readonly feigned?: boolean | undefined }>(item: Item | undefined) =>
    left || (item?.feigned === true && !feigned) ? undefined : item;
  const respond = (content: string): StandInAnswer => ({
    kind: 'body',
    body: `<h:${question.name}Response xmlns:h="${question.namespace}">${content}</h:${question.name}Response>`,
  });
  if (question.namespace === contracts.credentials.namespace && person !== undefined) {
    const found = known(catalogue.people.get(person));
    return respond(found ? credentials(found, catalogue, fault !== 'missing-flags') : '');
  }
  if (unit === undefined) return undefined;
  const found = known(catalogue.units.get(unit));
  if (question.namespace === contracts.unit.namespace) return respond(found ? unitElement(found) : '');
  return respond(found ? healthCareUnit(found, catalogue) : '');
}

/** In the order of unitType. */
function unitElement(unit: StandInUnit): string {
  return (
    `<h:unit>${element('h:unitHsaId', unit.hsaId)}${element('h:unitName', unit.name)}${element('h:publicName', unit.name)}` +
    `${element('h:unitStartDate', dateTime(unit.startsAt))}${element('h:unitEndDate', dateTime(unit.endsAt))}` +
    `${element('h:feignedUnit', String(unit.feigned ?? false))}</h:unit>`
  );
}

/** In the order of HealthCareUnitType; empty for a unit that belongs to no care unit. */
function healthCareUnit(member: StandInUnit, { units, providers }: StandInCatalogue): string {
  const unit = units.get(member.healthCareUnit ?? '');
  const provider = providers.get(member.provider ?? '');
  if (unit === undefined || provider === undefined) return '';
  const itself = unit.hsaId === member.hsaId;
  return (
    `<h:healthCareUnit>${element('h:unitIsHealthCareUnit', String(itself))}` +
    `${itself ? '' : element('h:healthCareUnitMemberHsaId', member.hsaId)}` +
    `${itself ? '' : element('h:healthCareUnitMemberName', member.name)}` +
    `${element('h:healthCareUnitHsaId', unit.hsaId)}${element('h:healthCareUnitName', unit.name)}` +
    `${element('h:healthCareUnitPublicName', unit.name)}${element('h:healthCareProviderHsaId', provider.hsaId)}` +
    `${element('h:healthCareProviderName', provider.name)}${element('h:healthCareProviderPublicName', provider.name)}` +
    `${element('h:healthCareProviderOrgNo', provider.organisationNumber)}` +
    `${itself ? '' : element('h:archivedHealthCareUnitMember', String(member.archived ?? false))}` +
    `${element('h:archivedHealthCareUnit', String(unit.archived ?? false))}</h:healthCareUnit>`
  );
}

/** In the order of CredentialInformationType. */
function credentials(person: StandInPractitioner, catalogue: StandInCatalogue, flags: boolean): string {
  const repeated = (name: string, values: readonly string[] | undefined) =>
    (values ?? []).map((value) => element(`c:${name}`, value)).join('');
  return (
    `<h:credentialInformation xmlns:c="${credentialsNamespace}">${element('c:givenName', person.given)}` +
    `${element('c:middleAndSurName', person.surname)}${element('c:personHsaId', person.hsaId)}` +
    `${repeated('healthCareProfessionalLicence', person.licences)}${repeated('paTitleCode', person.titles)}` +
    `${flags ? element('c:protectedPerson', String(person.protectedPerson ?? false)) : ''}` +
    `${(person.assignments ?? []).map((each) => commission(each, catalogue)).join('')}` +
    `${element('c:feignedPerson', String(person.feigned ?? false))}</h:credentialInformation>`
  );
}

/** In the order of CommissionType. One at a unit that the file does not know is left out. */
function commission(
  assignment: NonNullable<StandInPractitioner['assignments']>[number],
  { units, providers }: StandInCatalogue,
): string {
  const unit = units.get(assignment.unit);
  const provider = providers.get(unit?.provider ?? '');
  if (unit === undefined || provider === undefined) return '';
  return (
    `<c:commission>${element('c:commissionName', assignment.name ?? `Vård och behandling ${unit.name}`)}` +
    `${element('c:commissionHsaId', assignment.hsaId)}` +
    `${element('c:commissionPurpose', assignment.purpose ?? 'Vård och behandling')}` +
    `${element('c:healthCareUnitHsaId', unit.hsaId)}${element('c:healthCareUnitName', unit.name)}` +
    `${element('c:healthCareUnitStartDate', dateTime(unit.startsAt))}${element('c:healthCareUnitEndDate', dateTime(unit.endsAt))}` +
    `${element('c:healthCareProviderHsaId', provider.hsaId)}${element('c:healthCareProviderName', provider.name)}` +
    `${element('c:healthCareProviderOrgNo', provider.organisationNumber)}` +
    `${element('c:archivedHealthCareUnit', String(unit.archived ?? false))}</c:commission>`
  );
}

function dateTime(moment: string | undefined): string | undefined {
  return moment === undefined || moment.includes('T') ? moment : `${moment}T00:00:00`;
}
