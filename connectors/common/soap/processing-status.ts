import { childrenOf, childText, type XmlElement } from './xml.js';

const namespace = 'urn:riv:interoperability:headers:1';

/** How one source behind an aggregating service did (header ProcessingStatus, RIV-TA interoperability headers 1). */
export type ProcessingStatus = { readonly logicalAddress: string; readonly statusCode: string };

/** The statuses in a message's header; empty when the service does not aggregate. */
export function readProcessingStatus(header: XmlElement | undefined): readonly ProcessingStatus[] {
  const found = header ? childrenOf(header, namespace, 'ProcessingStatus') : [];
  const lists = found.flatMap((each) => childrenOf(each, namespace, 'ProcessingStatusList'));
  return lists.map((each) => ({
    logicalAddress: childText(each, namespace, 'logicalAddress') ?? '',
    statusCode: childText(each, namespace, 'statusCode') ?? 'unknown',
  }));
}

/** True when all that was asked for is there and current: from the source, or from a cache in step with it. */
export function isComplete(statuses: readonly ProcessingStatus[]): boolean {
  return statuses.every(
    ({ statusCode }) => statusCode === 'DataFromSource' || statusCode === 'DataFromCache',
  );
}

/** The header as an aggregating service writes it; for stand-ins. */
export function writeProcessingStatus(statuses: readonly ProcessingStatus[]): string {
  const list = statuses
    .map(
      ({ logicalAddress, statusCode }) =>
        `<h:ProcessingStatusList><h:logicalAddress>${logicalAddress}</h:logicalAddress><h:statusCode>${statusCode}</h:statusCode>` +
        `<h:isResponseFromCache>false</h:isResponseFromCache><h:isResponseInSynch>${statusCode === 'DataFromSource'}</h:isResponseInSynch></h:ProcessingStatusList>`,
    )
    .join('');
  return `<h:ProcessingStatus xmlns:h="${namespace}">${list}</h:ProcessingStatus>`;
}
