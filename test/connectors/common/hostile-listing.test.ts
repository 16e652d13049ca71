import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import { listingNamespace, responderNamespace } from '../../../connectors/listing/contract.js';
import {
  createListingLookup,
  type RunningListingLookup,
} from '../../../connectors/listing/listing-lookup.js';
import { silent, testNumber } from './support.js';

/** A listing service that says two things where the contract takes one: which health centre is told is not to be guessed (ADR-1). */

const asked = testNumber('19520612', 980);
const other = testNumber('19610203', 982);

let server: Server;
let answer: string;
let lookup: RunningListingLookup;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  lookup?.stop();
  lookup = createListingLookup({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    logicalAddress: '12',
    logger: silent,
    requestsPerSecond: 1000,
  });
});
afterAll(() => lookup.stop());

const facility = (hsaId: string) =>
  `<i:healthcare_facility><i:facilityId>${hsaId}</i:facilityId></i:healthcare_facility>`;
const listing = (content: string) => `<i:listing><i:listingType>HLM</i:listingType>${content}</i:listing>`;
const number = (value: string) => `<i:personId>${value}</i:personId>`;
const subject = (content: string) => `<l:subjectOfCare>${content}</l:subjectOfCare>`;
const response = (content: string) =>
  writeEnvelope(
    `<l:getListingResponse xmlns:l="${responderNamespace}" xmlns:i="${listingNamespace}">${content}</l:getListingResponse>`,
  );
const failure = () =>
  lookup.lookUp({ type: 'personnummer', value: asked }).then(
    () => 'answered',
    (error: unknown) => (error as { code?: string }).code,
  );

const one = listing(facility('SE2321000016-1'));
it.each([
  ['two subjects of care', subject(number(asked) + one) + subject(number(other) + one)],
  ['two numbers', subject(number(asked) + number(other) + one)],
  ['two facilities in a listing', subject(number(asked) + listing(facility('SE1-1') + facility('SE1-2')))],
  [
    'two ids of a facility',
    subject(number(asked) + listing(facility('SE1-1</i:facilityId><i:facilityId>SE1-2'))),
  ],
  [
    'two kinds of a listing',
    subject(number(asked) + listing(`<i:listingType>X</i:listingType>${facility('SE1-1')}`)),
  ],
  [
    'two doctors of a listing',
    subject(number(asked) + listing(`${facility('SE1-1')}<i:resource/><i:resource/>`)),
  ],
])('ADR-1: an answer with %s is no answer', async (_what, content) => {
  answer = response(content);
  expect(await failure()).toBe('unreadable');
});

it('ADR-1: an answer with an answer and a fault is no answer', async () => {
  answer = response(subject(number(asked) + one)).replace('</soap:Body>', '<soap:Fault/></soap:Body>');
  expect(await failure()).toBe('not-soap');
});

it('ADR-1: an answer with several listings is one', async () => {
  answer = response(subject(number(asked) + one + one));
  expect(await failure()).toBe('answered');
});
