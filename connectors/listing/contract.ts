import { element } from '../common/soap/xml.js';

/** getListing 1 (crm:carelisting, GetListing_1_0.xsd; RIV-TA Basic Profile 2.0). */
export const responderNamespace = 'urn:riv:crm:carelisting:GetListingResponder:1';
/** The types of the domain, whose elements are inside those of the responder's namespace. */
export const listingNamespace = 'urn:riv:crm:carelisting:1';
export const action = `${responderNamespace}:getListing`;

/** SubjectOfCareIdType: with or without century, the hyphen optional. */
export const personIdPattern = /^(?:[1-9]\d{7}|\d{6})-?\d{4}$/;

/** The question about one number of twelve digits. */
export function writeQuestion(number: string): string {
  return `<l:getListing xmlns:l="${responderNamespace}">${element('l:personId', number)}</l:getListing>`;
}
