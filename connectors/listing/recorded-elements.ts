import type { ReadElements } from '../common/recording/only-read.js';
import { listingNamespace, responderNamespace } from './contract.js';

/** What `readAnswer` looks at. */
export const recordedElements: ReadElements = {
  namespaces: [responderNamespace, listingNamespace],
  into: ['subjectOfCare', 'listing', 'healthcare_facility', 'resource'],
  texts: [
    'personId',
    'validFromDate',
    'validToDate',
    'listingType',
    'facilityId',
    'facilityName',
    'resourceId',
    'resourceName',
  ],
};
