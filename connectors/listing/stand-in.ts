import { childText, element, type XmlElement } from '../common/soap/xml.js';
import { DataFile } from '../common/stand-in/data-file.js';
import {
  startSoapStandIn,
  type SoapStandIn,
  type StandInAnswer,
  type StandInOptions,
} from '../common/stand-in/soap-stand-in.js';
import { action, listingNamespace, personIdPattern, responderNamespace } from './contract.js';
import { readListingsFile, type StandInListedPerson } from './stand-in-file.js';

/** Plays a listing service: getListing 1 on loopback, from a file that may be replaced while it runs. */
export async function startListingStandIn(options: StandInOptions): Promise<SoapStandIn> {
  const file = await DataFile.open(options.file, readListingsFile, options.logger);
  return startSoapStandIn({
    ...options,
    profile: '2.0',
    action,
    faultOf: async (question) => (await file.current()).get(askedNumber(question))?.fault,
    answer: async (question, fault) => answer(question, await file.current(), fault),
  });
}

/** Twelve digits when the century is there; others are not found, as in a service that keeps twelve. */
function askedNumber(question: XmlElement): string {
  return (childText(question, responderNamespace, 'personId') ?? '').replace('-', '');
}

function answer(
  question: XmlElement,
  persons: ReadonlyMap<string, StandInListedPerson>,
  fault: string | undefined,
): StandInAnswer | undefined {
  const number = askedNumber(question);
  if (question.name !== 'getListing' || !personIdPattern.test(number)) return undefined;
  if (fault === 'technical') return exception('TechnicalException', 'TECHNICAL_ERROR');
  const person = persons.get(number);
  if (!person) return exception('PersonNotFound', 'PERSON_NOT_FOUND');
  const listings = person.listings.map(listing);
  if (fault === 'duplicate') listings.push(...listings);
  if (fault === 'out-of-order') listings.reverse();
  const about = fault === 'wrong-person' ? '190001010000' : number;
  return {
    kind: 'body',
    body:
      `<l:getListingResponse xmlns:l="${responderNamespace}" xmlns:c="${listingNamespace}"><l:subjectOfCare>` +
      `${element('c:personId', about)}${listings.join('')}</l:subjectOfCare></l:getListingResponse>`,
  };
}

function exception(name: string, code: string): StandInAnswer {
  const detail = `<l:${name} xmlns:l="${responderNamespace}" xmlns:c="${listingNamespace}">${element('c:code', code)}</l:${name}>`;
  return { kind: 'fault', text: name, detail };
}

/** In the order of the type Listing. */
function listing(each: StandInListedPerson['listings'][number]): string {
  const facility = element('c:facilityId', each.facility) + element('c:facilityName', each.facilityName);
  const doctor = each.doctor
    ? `<c:resource>${element('c:resourceId', each.doctor.id)}${element('c:resourceName', each.doctor.name)}</c:resource>`
    : '';
  return (
    `<c:listing>${element('c:validFromDate', dateTime(each.validFrom))}${element('c:validToDate', dateTime(each.validTo))}` +
    `${element('c:listingType', each.type)}<c:healthcare_facility>${facility}</c:healthcare_facility>${doctor}</c:listing>`
  );
}

function dateTime(moment: string | undefined): string | undefined {
  return moment === undefined || moment.includes('T') ? moment : `${moment}T00:00:00`;
}
