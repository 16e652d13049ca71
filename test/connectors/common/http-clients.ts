import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exportJWK } from 'jose';
import { FhirReader } from '../../../connectors/cosmic/fhir/fhir-reader.js';
import {
  HttpListingLookup,
  HttpPersonLookup,
  HttpStaffLookup,
} from '../../../connectors/common/lookup/lookup-client.js';
import { RateLimiter } from '../../../connectors/common/rate-limiter.js';
import { createCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { createListingLookup } from '../../../connectors/listing/listing-lookup.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { issuerKeys, KeysUnavailable } from '../../../src/access/issuer-keys.js';
import { WrongCharacterSet } from '../../../src/wire/character-set.js';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { goldenFact } from './register-answers.js';
import { silent } from './support.js';

/** One of the hub's clients over HTTP, and what a server answers it. */
export type HttpClient = {
  readonly name: string;
  readonly type: 'text/xml' | 'application/fhir+json' | 'application/json';
  /** With Swedish letters, in UTF-8, and where it is XML with the declaration of that. */
  readonly answer: string;
  /** What it takes for the answer, over the same connections each time. */
  readonly start: (url: string) => { ask(): Promise<unknown>; stop(): Promise<void> | void };
};

const golden = (register: 'population-register' | 'listing' | 'hsa', name: string, operation: string) => {
  const fact = goldenFact(register, name);
  return {
    answer: readFileSync(fact.replace(/json$/, `${operation}.xml`), 'utf8'),
    asked: (
      JSON.parse(readFileSync(fact, 'utf8')) as { data: { person: PersonIdentifier; practitioner: string } }
    ).data,
  };
};
const person = golden('population-register', 'ordinary-person', 'GetPersonsForProfile');
const listing = golden('listing', 'listed-with-a-doctor', 'getListing');
const staff = golden('hsa', 'physician-with-assignments', 'GetCredentialsForPersonIncludingProtectedPerson');
const common = {
  logicalAddress: '5565594230',
  development: true,
  logger: silent,
  clock: () => new Date('2026-01-10T09:00:00Z'),
  requestsPerSecond: 1000,
};
const secret = 'a shared secret of thirty-two characters';
const fact = (name: string) =>
  JSON.stringify({ facts: [{ practitioner: 'SE2321000016-P1', name, person: name }] });

const publicJwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const kid = 'nyckel-åäö';

/** The keys of an issuer, asked for anew each time; what stands behind its failure by the words of the others. */
async function askForKey(url: string): Promise<unknown> {
  try {
    const keys = issuerKeys({ keys: { url }, keysHoldMinutes: 60 });
    const key = await keys({ alg: 'ES256', kid }, { payload: '', signature: '' });
    return { kid, ...(await exportJWK(key as KeyObject)) };
  } catch (error) {
    if (!(error instanceof KeysUnavailable)) throw error;
    const code = error.cause instanceof WrongCharacterSet ? 'wrong-character-set' : 'connection';
    throw Object.assign(new Error(code, { cause: error }), { code });
  }
}

export const httpClients: readonly HttpClient[] = [
  {
    name: 'the population register',
    type: 'text/xml',
    answer: person.answer,
    start: (url) => {
      const lookup = createPersonLookup({ ...common, url });
      return { ask: () => lookup.lookUp([person.asked.person]), stop: () => lookup.stop() };
    },
  },
  {
    name: 'the listing service',
    type: 'text/xml',
    answer: listing.answer,
    start: (url) => {
      const lookup = createListingLookup({ ...common, url });
      return { ask: () => lookup.lookUp(listing.asked.person), stop: () => lookup.stop() };
    },
  },
  {
    name: 'the catalogue',
    type: 'text/xml',
    answer: staff.answer,
    start: (url) => {
      const lookup = createCatalogueLookup({
        ...common,
        urls: { unit: url, healthCareUnit: url, credentials: url },
      });
      return { ask: () => lookup.practitioner(staff.asked.practitioner), stop: () => lookup.stop() };
    },
  },
  {
    name: 'Cosmic',
    type: 'application/fhir+json',
    // Of a token endpoint and of a resource alike.
    answer: JSON.stringify({
      access_token: 't',
      expires_in: 0,
      resourceType: 'Location',
      id: 'a',
      name: 'Åäö',
    }),
    start: (url) => {
      const reader = new FhirReader({
        url: `${url}/fhir`,
        tokenUrl: `${url}/token`,
        credentials: { clientId: 'a', secret: 'b', method: 'client_secret_basic' },
        timeoutMilliseconds: 10_000,
        firstBackOffMilliseconds: 1,
        limiter: new RateLimiter(1000),
        clock: () => new Date(),
      });
      return { ask: () => reader.read('Location', 'a'), stop: () => reader.close() };
    },
  },
  {
    name: 'persons, of another process',
    type: 'application/json',
    answer: fact('Östen Åkesson'),
    start: (url) => {
      const lookup = new HttpPersonLookup({ url, secret });
      return { ask: () => lookup.lookUp([person.asked.person]), stop: () => undefined };
    },
  },
  {
    name: 'listings, of another process',
    type: 'application/json',
    answer: fact('Vårdcentralen Ängen'),
    start: (url) => {
      const lookup = new HttpListingLookup({ url, secret });
      return { ask: () => lookup.lookUp(person.asked.person), stop: () => undefined };
    },
  },
  {
    name: 'the keys of an issuer',
    type: 'application/json',
    answer: JSON.stringify({ keys: [{ ...publicJwk, kid, alg: 'ES256' }] }),
    start: (url) => ({ ask: () => askForKey(url), stop: () => undefined }),
  },
  {
    name: 'staff, of another process',
    type: 'application/json',
    answer: fact('Örjan Ålund'),
    start: (url) => {
      const lookup = new HttpStaffLookup({ url, secret });
      return { ask: () => lookup.practitioner('SE2321000016-P1'), stop: () => undefined };
    },
  },
];
