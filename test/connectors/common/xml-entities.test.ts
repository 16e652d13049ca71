import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import { NotXml, readXml } from '../../../connectors/common/soap/xml.js';
import { createCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { contracts } from '../../../connectors/hsa/contract.js';
import { createListingLookup } from '../../../connectors/listing/listing-lookup.js';
import {
  listingNamespace,
  responderNamespace as listingResponder,
} from '../../../connectors/listing/contract.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import {
  personNamespace,
  responderNamespace as personResponder,
} from '../../../connectors/population-register/contract.js';
import { catalogue, wards } from '../hsa/hsa-file.js';
import { readTextBody } from './read-text-body.js';
import { logged, number } from './support.js';

/**
 * Answers that would have the reader open a file, ask somebody else, or grow without end (XXE, SSRF, billion laughs): each
 * register connector refuses them in time, and nothing is read, asked or logged. XML 1.0, sections 2.2, 4.1 and 4.4.
 */
const secret = 'innehåll i en fil som ingen ska läsa';
const { ward } = wards;

let server: Server;
let canary: Server;
let folder: string;
let file: string;
let answer = '';
let called = 0;
const { logger, lines } = logged();

const listen = (each: Server): Promise<void> =>
  new Promise((resolve) => each.listen(0, '127.0.0.1', resolve));
const addressOf = (each: Server): string => `http://127.0.0.1:${(each.address() as AddressInfo).port}/`;

beforeAll(async () => {
  server = createServer((request, response) => {
    void (async () => {
      const question = await readTextBody(request);
      const other = question.includes('GetHealthCareUnit') ? healthCareUnit : answer;
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(other);
    })();
  });
  canary = createServer((_request, response) => {
    called += 1;
    response.end('<!ENTITY x "y">');
  });
  await Promise.all([listen(server), listen(canary)]);
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-test-entities-'));
  file = path.join(folder, 'secret.txt');
  await writeFile(file, secret);
});
afterAll(async () => {
  await Promise.all([server, canary].map((each) => new Promise((resolve) => each.close(resolve))));
  await rm(folder, { recursive: true, force: true });
});

/** Sound answers but for the text in the place of a name. */
const sound = {
  'population register': (text: string) =>
    `<r:GetPersonsForProfileResponse xmlns:r="${personResponder}" xmlns:p="${personNamespace}"><r:requestedPersonRecord>` +
    `<p:requestedPersonalIdentity><p:root>1.2.752.129.2.1.3.1</p:root><p:extension>${number}</p:extension></p:requestedPersonalIdentity>` +
    `<p:personRecord><p:personalIdentity><p:root>1.2.752.129.2.1.3.1</p:root><p:extension>${number}</p:extension></p:personalIdentity>` +
    `<p:protectedPersonIndicator>false</p:protectedPersonIndicator><p:testIndicator>false</p:testIndicator><p:primaryIdentity>true</p:primaryIdentity>` +
    `<p:name><p:surname>${text}</p:surname></p:name></p:personRecord></r:requestedPersonRecord></r:GetPersonsForProfileResponse>`,
  listing: (text: string) =>
    `<l:getListingResponse xmlns:l="${listingResponder}" xmlns:c="${listingNamespace}"><l:subjectOfCare><c:personId>${number}</c:personId><c:listing>` +
    `<c:validFromDate>2024-03-01T00:00:00</c:validFromDate><c:listingType>VC</c:listingType><c:healthcare_facility><c:facilityId>SE1</c:facilityId>` +
    `<c:facilityName>${text}</c:facilityName></c:healthcare_facility></c:listing></l:subjectOfCare></l:getListingResponse>`,
  catalogue: (text: string) =>
    `<h:GetUnitResponse xmlns:h="${contracts.unit.namespace}"><h:unit><h:unitHsaId>${ward}</h:unitHsaId><h:unitName>${text}</h:unitName></h:unit></h:GetUnitResponse>`,
} as const;
/** What the catalogue is asked for next, of the same unit. */
const healthCareUnit = writeEnvelope(
  `<h:GetHealthCareUnitResponse xmlns:h="${contracts.healthCareUnit.namespace}"><h:healthCareUnit><h:healthCareUnitMemberHsaId>${ward}</h:healthCareUnitMemberHsaId>` +
    `<h:healthCareUnitHsaId>${wards.careUnit}</h:healthCareUnitHsaId><h:healthCareProviderHsaId>${wards.provider}</h:healthCareProviderHsaId>` +
    `<h:healthCareProviderOrgNo>${catalogue.providers[0]?.organisationNumber}</h:healthCareProviderOrgNo></h:healthCareUnit></h:GetHealthCareUnitResponse>`,
);
type Register = keyof typeof sound;

/** Asks a register what the server answers. @returns what was read as JSON, or the code of the failure */
async function ask(register: Register): Promise<string> {
  const url = addressOf(server);
  const common = { url, logicalAddress: '5565594230', development: true, logger, requestsPerSecond: 1000 };
  const persons = createPersonLookup(common);
  const listings = createListingLookup(common);
  const units = createCatalogueLookup({
    ...common,
    urls: { unit: url, healthCareUnit: url, credentials: url },
  });
  try {
    const found =
      register === 'population register'
        ? await persons.lookUp([{ type: 'personnummer', value: number }])
        : register === 'listing'
          ? await listings.lookUp({ type: 'personnummer', value: number })
          : await units.unit(ward);
    return JSON.stringify(found);
  } catch (error) {
    return `refused: ${(error as { code?: string }).code}`;
  } finally {
    persons.stop();
    listings.stop();
    units.stop();
  }
}

const laughs = Array.from(
  { length: 12 },
  (_, depth) => `<!ENTITY l${depth + 1} "${`&l${depth};`.repeat(10)}">`,
).join('');
const types: Readonly<Record<string, () => readonly [type: string, text: string]>> = {
  'an entity from a file': () => [`<!DOCTYPE x [<!ENTITY e SYSTEM "file://${file}">]>`, '&e;'],
  'an entity from a server': () => [`<!DOCTYPE x [<!ENTITY e SYSTEM "${addressOf(canary)}">]>`, '&e;'],
  'a public entity': () => [`<!DOCTYPE x [<!ENTITY e PUBLIC "-//x" "${addressOf(canary)}">]>`, '&e;'],
  'a parameter entity': () => [`<!DOCTYPE x [<!ENTITY % e SYSTEM "${addressOf(canary)}"> %e;]>`, 'Namn'],
  'a type from a server': () => [`<!DOCTYPE x SYSTEM "${addressOf(canary)}x.dtd">`, 'Namn'],
  'a type in small letters': () => [`<!doctype x [<!ENTITY e SYSTEM "file://${file}">]>`, '&e;'],
  'billion laughs': () => [`<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>`, '&l12;'],
  'one long entity used often': () => [
    `<!DOCTYPE x [<!ENTITY e "${'a'.repeat(100_000)}">]>`,
    '&e;'.repeat(10_000),
  ],
  'an attribute with a default': () => ['<!DOCTYPE x [<!ATTLIST y z CDATA "w">]>', 'Namn'],
};

const references = [
  '&e;',
  '&nbsp;',
  // What every object of JavaScript has a property by.
  ...Object.getOwnPropertyNames(Object.prototype).map((name) => `&${name};`),
  '&#0;',
  '&#x0;',
  '&#xD800;',
  '&#xFFFE;',
  '&#x110000;',
  '&#99999999;',
  '&',
  '\u0000',
  '\uffff',
];

describe.each(Object.keys(sound) as Register[])('an answer of the %s', (register) => {
  it('INT-3: is read where nothing is wrong with it', async () => {
    answer = writeEnvelope(sound[register]('Ek &amp; &#197;s &#x1F600; <![CDATA[<b>]]>'));
    expect(await ask(register)).toContain('Ek & Ås 😀 <b>');
  });

  it.each(Object.keys(types))(
    'INT-3: with %s is refused: no file is read and nobody is asked',
    async (what) => {
      const [type, text] = types[what]?.() ?? ['', ''];
      answer = writeEnvelope(sound[register](text)).replace('?>', `?>${type}`);
      expect(answer).toContain(type);
      const started = performance.now();
      expect(await ask(register)).toBe('refused: not-soap');
      expect(performance.now() - started).toBeLessThan(20_000);
      expect(called).toBe(0);
      expect(lines.join('')).not.toContain(secret);
    },
  );

  it.each(references)('INT-3: with %j in a name, which XML does not know, is refused', async (text) => {
    answer = writeEnvelope(sound[register](`Namn${text}sson`));
    expect(await ask(register)).toBe('refused: not-soap');
  });

  it('INT-3: that points elsewhere is read as it stands, and nobody is asked', async () => {
    const at = addressOf(canary);
    const include = `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${at}"/>`;
    answer = writeEnvelope(sound[register](`Namn`))
      .replace('?>', `?><?xml-stylesheet href="${at}"?>`)
      .replace('<soap:Body>', `<soap:Header>${include}</soap:Header><soap:Body>`)
      .replace(
        '<soap:Envelope',
        `<soap:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x ${at}"`,
      );
    expect(await ask(register)).toContain('Namn');
    expect(called).toBe(0);
  });
});

it.each(['<x a="&e;"/>', '<x a="&#0;"/>', '<x xmlns="&e;"/>', '<x><![CDATA[\u0000]]></x>', '<x a="<"/>'])(
  'INT-3: %j is not well-formed either',
  (text) => {
    expect(() => readXml(text)).toThrow(NotXml);
  },
);

it('INT-3: a text in UTF-16 is not taken for one without a document type', () => {
  const text = Buffer.from('\ufeff<!DOCTYPE x [<!ENTITY e "y">]><x>&e;</x>', 'utf16le').toString('utf8');
  expect(() => readXml(text)).toThrow(NotXml);
});
