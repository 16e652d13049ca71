import { child, childrenOf, escapeXml, type XmlElement } from './xml.js';

export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
const registryNamespace = 'urn:riv:itintegration:registry:1';
const addressingNamespace = 'http://www.w3.org/2005/08/addressing';

/** Which header names the receiver: RIV-TA Basic Profile 2.1 (LogicalAddress) or 2.0 (WS-Addressing To). */
export type BasicProfile = '2.0' | '2.1';

/** A whole SOAP 1.1 message. `body` is trusted XML whose values are escaped already. */
export function writeEnvelope(body: string, header = ''): string {
  const headerElement = header === '' ? '' : `<soap:Header>${header}</soap:Header>`;
  return `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${soapNamespace}">${headerElement}<soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** The header that says who a message is for (RIV-TA Basic Profiles 2.0 and 2.1). */
export function receiverHeader(profile: BasicProfile, logicalAddress: string): string {
  return profile === '2.1'
    ? `<itr:LogicalAddress xmlns:itr="${registryNamespace}">${escapeXml(logicalAddress)}</itr:LogicalAddress>`
    : `<wsa:To xmlns:wsa="${addressingNamespace}">${escapeXml(logicalAddress)}</wsa:To>`;
}

/** Whom a message says it is for; undefined when the header is missing. */
export function readReceiver(profile: BasicProfile, header: XmlElement | undefined): string | undefined {
  if (!header) return undefined;
  const found =
    profile === '2.1'
      ? child(header, registryNamespace, 'LogicalAddress')
      : child(header, addressingNamespace, 'To');
  return found?.text.trim();
}

/**
 * Header and the one element of the body of a SOAP 1.1 message; undefined when it is not one. Two bodies, or two elements in one, could
 * say two things, such as an answer and a fault.
 */
export function openEnvelope(
  root: XmlElement,
): { readonly header: XmlElement | undefined; readonly content: XmlElement } | undefined {
  if (root.name !== 'Envelope' || root.namespace !== soapNamespace) return undefined;
  const [body, secondBody] = childrenOf(root, soapNamespace, 'Body');
  const [content, second] = body?.children ?? [];
  if (secondBody !== undefined || second !== undefined) return undefined;
  return content ? { header: child(root, soapNamespace, 'Header'), content } : undefined;
}
