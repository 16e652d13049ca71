import {
  createListingLookup,
  type RunningListingLookup,
} from '../../../connectors/listing/listing-lookup.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import {
  createPersonLookup,
  type PersonLookupOptions,
  type RunningPersonLookup,
} from '../../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import type { SoapStandIn } from '../../../connectors/common/stand-in/soap-stand-in.js';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { dataFile, logged, number, silent, testNumber } from './support.js';

export const person = (value: string, type: PersonIdentifier['type'] = 'personnummer'): PersonIdentifier => ({
  type,
  value,
});
export const protectedNumber = testNumber('19610203', 982);
export const hiddenNumber = testNumber('19720304', 983);
export const coordination = testNumber('19540178', 984);
export const dead = testNumber('19330405', 985);
export const unknown = testNumber('19440506', 986);
const faulty = (fault: string) => ({ number: faultNumber(fault), fault });
export const faults = [
  'timeout',
  'slow',
  'close',
  'fault',
  'malformed',
  'too-large',
  'partial',
  'missing-person',
  'missing-flags',
  'technical',
  'VP001',
  'VP007',
  'VP009',
  'VP012',
  'VP014',
];
export const faultNumber = (fault: string): string =>
  testNumber('19500101', 985 + (faults.indexOf(fault) % 15));

const ordinary = {
  number,
  given: 'Karl & "Kalle" <K>',
  middle: 'Åke',
  surname: 'Öster',
  givenNameIndicator: '10',
  gender: 'male',
  address: { careOf: 'Ä. Å', line1: 'Lgh 1101', line2: 'Storgatan 1', postalCode: '02113', city: 'MALMÖ' },
  municipalityCode: '1280',
  registeredFrom: '2013-02-25',
};

export let registerFile: Awaited<ReturnType<typeof dataFile>>;
export let listingFile: Awaited<ReturnType<typeof dataFile>>;
export let register: SoapStandIn;
export let listing: SoapStandIn;
export let persons: RunningPersonLookup;
export let listings: RunningListingLookup;
/** Half a second for an answer: for what is never to be answered in time. */
export let impatient: RunningPersonLookup;
export let impatientListings: RunningListingLookup;
export const log = logged();

export const registerOptions = (): PersonLookupOptions => ({
  url: register.url,
  logicalAddress: '5565594230',
  development: true,
  logger: log.logger,
  timeoutMilliseconds: 10_000,
  requestsPerSecond: 500,
});

beforeAll(async () => {
  registerFile = await dataFile({
    persons: [
      ordinary,
      { ...ordinary, number: protectedNumber, protectedPerson: true },
      { ...ordinary, number: hiddenNumber, protectedPopulationRecord: true },
      { ...ordinary, number: coordination, gender: 'female', referred: [testNumber('19540118', 987)] },
      { ...ordinary, number: dead, deregistration: { reason: 'AV', date: '2026-01-02' } },
      ...faults.filter((fault) => fault !== 'technical').map(faulty),
    ],
  });
  const vc = { facility: 'SE2321000016-V1', facilityName: 'Vårdcentralen Ö & Å', type: 'VC' };
  listingFile = await dataFile({
    persons: [
      {
        number,
        listings: [{ ...vc, validFrom: '2024-03-01', doctor: { id: 'SE2321000016-D1', name: 'Doktor Ä' } }],
      },
      {
        number: coordination,
        listings: [
          { ...vc, facility: 'SE2321000016-V2', validFrom: '2019-01-01', validTo: '2020-01-01' },
          { ...vc, validFrom: '2020-01-01' },
        ],
      },
      { number: dead, listings: [] },
      ...faults
        .filter((fault) => !fault.startsWith('missing'))
        .map((fault) => ({ ...faulty(fault), listings: [] })),
    ],
  });
  const common = { host: '127.0.0.1', port: 0, logger: silent };
  register = await startPopulationRegisterStandIn({ ...common, file: registerFile.file });
  listing = await startListingStandIn({ ...common, file: listingFile.file });
  persons = createPersonLookup(registerOptions());
  impatient = createPersonLookup({ ...registerOptions(), timeoutMilliseconds: 500 });
  const listingOptions = { url: listing.url, logicalAddress: '12', logger: log.logger };
  listings = createListingLookup({ ...listingOptions, timeoutMilliseconds: 10_000 });
  impatientListings = createListingLookup({ ...listingOptions, timeoutMilliseconds: 500 });
});
afterAll(async () => {
  persons.stop();
  impatient.stop();
  impatientListings.stop();
  listings.stop();
  await Promise.all([register.stop(), listing.stop()]);
  await Promise.all([registerFile.remove(), listingFile.remove()]);
});
