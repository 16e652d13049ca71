import type { Listing } from '../../src/messaging/contracts/facts.js';
import { longest, most } from '../../src/messaging/contracts/limits.js';
import { cut } from '../common/cut.js';
import { SoapFailure, type SoapFault } from '../common/soap/fault.js';
import { onlyChild, onlyText, timeOf } from '../common/soap/xml-values.js';
import { childrenOf, readXml, type XmlElement } from '../common/soap/xml.js';
import { listingNamespace, responderNamespace } from './contract.js';

/**
 * Reads the answer about one number: its listings in the order given, each with its dates; whether one counts is the hub's to
 * say.
 * @throws SoapFailure `not-soap` when it is another kind of answer, `wrong-person` when it is about somebody else,
 *   `unreadable` when a listing lacks its facility or carries a date that does not exist, something stands twice that is said
 *   once, or there are more than a fact takes.
 */
export function readAnswer(content: XmlElement, asked: string): readonly Listing[] {
  if (content.name !== 'getListingResponse' || content.namespace !== responderNamespace)
    throw new SoapFailure('not-soap', 'theirs');
  const subject = onlyChild(content, responderNamespace, 'subjectOfCare');
  if (!subject) throw new SoapFailure('not-soap', 'theirs');
  const answered = onlyText(subject, listingNamespace, 'personId')?.replace('-', '') ?? '';
  // The contract lets the century be left out.
  if (answered.length < 10 || !asked.endsWith(answered)) throw new SoapFailure('wrong-person', 'theirs');
  const listings = childrenOf(subject, listingNamespace, 'listing');
  // Which of so many counts is not to be guessed.
  if (listings.length > most.listings) throw new SoapFailure('unreadable', 'theirs');
  return listings.map(readListing);
}

/**
 * What a fault says: `PersonNotFound` means that there is no listing.
 * @throws SoapFailure for every other fault, `TechnicalException` among them.
 */
export function readListingFault(fault: SoapFault): readonly Listing[] {
  const names = fault.detail.filter((each) => each.namespace === responderNamespace).map((each) => each.name);
  if (names.includes(personNotFound.name)) return [];
  if (names.includes('TechnicalException')) throw new SoapFailure('TechnicalException', 'passing');
  throw fault.failure;
}

/** The one fault that is an answer, as it is recorded. */
export const personNotFound: XmlElement = {
  namespace: responderNamespace,
  name: 'PersonNotFound',
  children: [],
  text: '',
};

/** What the recording of an answer says, read as today. @throws NotXml, SoapFailure as when it came */
export function rereadAnswer(answer: string, asked: string): readonly Listing[] {
  const content = readXml(answer);
  return content.name === personNotFound.name && content.namespace === responderNamespace
    ? []
    : readAnswer(content, asked);
}

function readListing(listing: XmlElement): Listing {
  const facility = onlyChild(listing, listingNamespace, 'healthcare_facility');
  const facilityId = facility && onlyText(facility, listingNamespace, 'facilityId');
  if (!facility || facilityId === undefined || facilityId.length > longest.id)
    throw new SoapFailure('unreadable', 'theirs');
  const facilityName = onlyText(facility, listingNamespace, 'facilityName');
  const type = onlyText(listing, listingNamespace, 'listingType');
  const validFrom = timeOf(listing, listingNamespace, 'validFromDate');
  const validTo = timeOf(listing, listingNamespace, 'validToDate');
  const doctor = onlyChild(listing, listingNamespace, 'resource');
  return {
    facility: facilityId,
    ...(facilityName !== undefined && { facilityName: cut(facilityName, longest.text) }),
    ...(type !== undefined && type.length <= longest.code && { type }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
    ...(doctor && { doctor: readDoctor(doctor) }),
  };
}

function readDoctor(resource: XmlElement): NonNullable<Listing['doctor']> {
  const id = onlyText(resource, listingNamespace, 'resourceId');
  const name = onlyText(resource, listingNamespace, 'resourceName');
  return {
    ...(id !== undefined && id.length <= longest.id && { id }),
    ...(name !== undefined && { name: cut(name, longest.text) }),
  };
}
