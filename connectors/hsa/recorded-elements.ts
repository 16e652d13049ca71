import type { ReadElements } from '../common/recording/only-read.js';
import { contracts, credentialsNamespace } from './contract.js';

/** What `readUnit`, `readHealthCareUnit` and `readCredentials` look at: no element that holds a personal number. */
export const recordedElements: ReadElements = {
  namespaces: [...Object.values(contracts).map(({ namespace }) => namespace), credentialsNamespace],
  into: ['unit', 'healthCareUnit', 'credentialInformation', 'commission'],
  texts: [
    'unitHsaId',
    'unitName',
    'unitStartDate',
    'unitEndDate',
    'feignedUnit',
    'healthCareUnitHsaId',
    'healthCareUnitMemberHsaId',
    'healthCareProviderHsaId',
    'healthCareProviderOrgNo',
    'archivedHealthCareUnit',
    'archivedHealthCareUnitMember',
    'archivedHealthCareProvider',
    'personHsaId',
    'givenName',
    'middleAndSurName',
    'protectedPerson',
    'feignedPerson',
    'paTitleCode',
    'healthCareProfessionalLicence',
    'commissionHsaId',
    'commissionPurpose',
    'healthCareUnitEndDate',
    'healthCareProviderEndDate',
    'feignedCommission',
    'feignedHealthCareUnit',
    'feignedHealthCareProvider',
  ],
};
