import { own } from './own-system.js';

/** Units and roles. */
export const directoryCodeSystems = {
  responsibility: own('responsibility', 'What a role may do for its unit', {
    read: { sv: 'Läsa', en: 'Read' },
    write: { sv: 'Skriva', en: 'Write' },
    acknowledge: { sv: 'Kvittera', en: 'Acknowledge' },
    sign: { sv: 'Justera', en: 'Sign' },
    approve: { sv: 'Godkänna', en: 'Approve' },
  }),
  side: own('side', 'Side of the law 2017:612', {
    hospital: { sv: 'Slutenvård', en: 'Hospital' },
    outpatient: { sv: 'Öppenvård', en: 'Outpatient care' },
    municipality: { sv: 'Kommun', en: 'Municipality' },
    other: { sv: 'Annan part', en: 'Other party' },
  }),
  service: own('service', 'Kind of service that a receiving unit of a municipality answers for', {
    'needs-assessment': { sv: 'Biståndsbedömning', en: 'Needs assessment' },
    'home-nursing': { sv: 'Hemsjukvård', en: 'Home nursing' },
    rehabilitation: { sv: 'Rehabilitering', en: 'Rehabilitation' },
    'home-care': { sv: 'Hemtjänst', en: 'Home care' },
    'disability-housing': { sv: 'Bostad enligt LSS', en: 'Housing for persons with disabilities' },
    'social-psychiatry': { sv: 'Socialpsykiatri', en: 'Social psychiatry' },
  }),
  secrecy: own('secrecy', 'Secrecy that an organisation is bound by', {
    weaker: { sv: 'Svagare sekretess', en: 'Weaker secrecy' },
  }),
  /** Roles of the directory are configuration, so their codes are not listed here. */
  role: own<never>('role', 'Role of the directory', {}),
} as const;
