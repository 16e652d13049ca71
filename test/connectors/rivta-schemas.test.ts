import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createListingLookup } from '../../connectors/listing/listing-lookup.js';
import { startListingStandIn } from '../../connectors/listing/stand-in.js';
import { listen } from '../../connectors/frame/listen.js';
import { createPersonLookup } from '../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../connectors/population-register/stand-in.js';
import { createCatalogueLookup } from '../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueStandIn } from '../../connectors/hsa/stand-in.js';
import { catalogue, staff, wards } from './hsa-file.js';
import { readTextBody } from './read-text-body.js';
import { dataFile, number, silent, testNumber } from './support.js';

/**
 * Every SOAP message, both ways, against the published schemas. They are not part of this project, so this runs where they
 * have been put beside it, and says so where not.
 */
const schemas = path.resolve('../shared/reference/rivta');
const run = promisify(execFile);
const available = existsSync(schemas);
const xmllint =
  available &&
  (await run('xmllint', ['--version']).then(
    () => true,
    () => false,
  ));

const persons = `${schemas}/persons-5/interactions/GetPersonsForProfileInteraction/GetPersonsForProfileResponder_5.0.xsd`;
const listing = `${schemas}/carelisting-1/GetListing_1_0.xsd`;
const directory = `${schemas}/directory`;
const hsa = {
  GetUnit: `${directory}/organization/5.0/interactions/GetUnitInteraction/GetUnitResponder_5.0.xsd`,
  GetHealthCareUnit: `${directory}/organization/5.0/interactions/GetHealthCareUnitInteraction/GetHealthCareUnitResponder_2.0.xsd`,
  GetCredentialsForPersonIncludingProtectedPerson: `${directory}/authorizationmanagement/2.4.5/interactions/GetCredentialsForPersonIncludingProtectedPersonInteraction/GetCredentialsForPersonIncludingProtectedPersonResponder_2.2.xsd`,
};
const registry = `${schemas}/persons-5/core_components/itintegration_registry_1.0.xsd`;
const addressing = `${schemas}/carelisting-1/ws-addressing-1.0.xsd`;

/** Passes everything on to a stand-in and keeps what goes by. */
async function tap(target: string): Promise<{ url: string; messages: string[]; server: Server }> {
  const messages: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const question = await readTextBody(request);
      messages.push(question);
      const onward = httpRequest(target, { method: 'POST', headers: request.headers }, (answer) => {
        void (async () => {
          const text = await readTextBody(answer);
          messages.push(text);
          response.writeHead(answer.statusCode ?? 500, { 'Content-Type': 'text/xml' }).end(text);
        })();
      });
      onward.end(question);
    })();
  });
  const { port } = await listen(server, '127.0.0.1', 0);
  return { url: `http://127.0.0.1:${port}/soap`, messages, server };
}

const inside = (text: string, tag: string): string =>
  new RegExp(`<soap:${tag}>(.*)</soap:${tag}>`, 's').exec(text)?.[1] ?? '';

describe('SOAP messages and the schemas of RIV-TA', () => {
  if (!available) {
    it('did not run: the schemas are not in ../shared/reference/rivta', () => {
      process.stderr.write('RIV-TA SCHEMAS NOT CHECKED: ../shared/reference/rivta is not there\n');
      expect(available).toBe(false);
    });
    return;
  }
  if (!xmllint) {
    it('did not run: xmllint is missing (Debian package libxml2-utils); in CI that is a failure', () => {
      process.stderr.write(
        'RIV-TA SCHEMAS NOT CHECKED: xmllint is missing (apt-get install libxml2-utils)\n',
      );
      expect(process.env['CI']).not.toBe('true');
    });
    return;
  }

  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hemgang-test-schemas-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function validate(schema: string, xml: string): Promise<void> {
    const file = path.join(folder, 'message.xml');
    await writeFile(file, xml);
    await run('xmllint', ['--nonet', '--noout', '--schema', schema, file]);
  }

  it('INT-3: GetPersonsForProfile 5, questions and answers, are valid', async () => {
    const everything = {
      number,
      given: 'Å & <b>',
      middle: 'Ä',
      surname: 'Ö',
      givenNameIndicator: '10',
      gender: 'female',
      address: { careOf: 'a', line1: 'b', line2: 'c', postalCode: '02113', city: 'd' },
      municipalityCode: '1280',
      registeredFrom: '2013-02-25',
      deregistration: { reason: 'AV', date: '2026-01-02' },
      referred: [testNumber('19540118', 987)],
    };
    const hidden = { ...everything, number: testNumber('19610203', 982), protectedPerson: true };
    const data = await dataFile({ persons: [everything, hidden, { number: testNumber('19540178', 984) }] });
    const standIn = await startPopulationRegisterStandIn({
      host: '127.0.0.1',
      port: 0,
      file: data.file,
      logger: silent,
    });
    const { url, messages, server } = await tap(standIn.url);
    const lookup = createPersonLookup({
      url,
      logicalAddress: '5565594230',
      development: true,
      logger: silent,
    });
    await lookup.lookUp(
      [number, hidden.number, testNumber('19540178', 984), testNumber('19440506', 986)].map((value) => ({
        type: value[6] === '7' ? ('samordningsnummer' as const) : ('personnummer' as const),
        value,
      })),
    );
    for (const message of messages) await validate(persons, inside(message, 'Body'));
    await validate(registry, inside(messages[0] ?? '', 'Header'));
    expect(messages).toHaveLength(2);
    lookup.stop();
    server.close();
    await standIn.stop();
    await data.remove();
  });

  it('INT-4: getListing 1, questions, answers and faults, are valid', async () => {
    const technical = testNumber('19610203', 982);
    const listed = { facility: 'SE1', facilityName: 'Vårdcentralen Å & Ä', type: 'VC' };
    const data = await dataFile({
      persons: [
        {
          number,
          listings: [
            { ...listed, validFrom: '2024-03-01', validTo: '2027-01-01', doctor: { id: 'SE2', name: 'Ö' } },
            listed,
          ],
        },
        { number: technical, listings: [], fault: 'technical' },
      ],
    });
    const standIn = await startListingStandIn({
      host: '127.0.0.1',
      port: 0,
      file: data.file,
      logger: silent,
    });
    const { url, messages, server } = await tap(standIn.url);
    const lookup = createListingLookup({ url, logicalAddress: '12', logger: silent });
    await lookup.lookUp({ type: 'personnummer', value: number });
    await lookup.lookUp({ type: 'personnummer', value: testNumber('19440506', 986) });
    await expect(lookup.lookUp({ type: 'personnummer', value: technical })).rejects.toMatchObject({
      code: 'TechnicalException',
    });
    expect(messages).toHaveLength(6);
    for (const message of messages) {
      const detail = /<detail>(.*)<\/detail>/s.exec(message)?.[1];
      await validate(listing, detail ?? inside(message, 'Body'));
    }
    await validate(addressing, inside(messages[0] ?? '', 'Header'));
    lookup.stop();
    server.close();
    await standIn.stop();
    await data.remove();
  });

  it('GetUnit 5, GetHealthCareUnit 2 and GetCredentialsForPersonIncludingProtectedPerson 2, questions and answers, are valid', async () => {
    const data = await dataFile(catalogue);
    const standIn = await startCatalogueStandIn({
      host: '127.0.0.1',
      port: 0,
      file: data.file,
      logger: silent,
    });
    const { url, messages, server } = await tap(standIn.url);
    const lookup = createCatalogueLookup({
      urls: { unit: url, healthCareUnit: url, credentials: url },
      logicalAddress: '5565594230',
      development: true,
      logger: silent,
      requestsPerSecond: 100,
    });
    for (const unit of [...Object.values(wards), 'SE2321000016-GONE']) await lookup.unit(unit);
    for (const person of [...Object.values(staff), 'SE2321000016-GONE']) await lookup.practitioner(person);
    const checked = new Map<string, number>();
    for (const message of messages) {
      const body = inside(message, 'Body');
      const operation = /^<\w+:(\w+?)(?:Response)? /.exec(body)?.[1] ?? '';
      await validate(hsa[operation as keyof typeof hsa], body);
      checked.set(operation, (checked.get(operation) ?? 0) + 1);
    }
    await validate(registry, inside(messages[0] ?? '', 'Header'));
    expect([...checked]).toEqual([
      ['GetUnit', 16],
      ['GetHealthCareUnit', 12],
      ['GetCredentialsForPersonIncludingProtectedPerson', 10],
    ]);
    lookup.stop();
    server.close();
    await standIn.stop();
    await data.remove();
  });

  it('the check itself tells an invalid message', async () => {
    const wrong =
      '<l:getListing xmlns:l="urn:riv:crm:carelisting:GetListingResponder:1"><l:personId>x</l:personId></l:getListing>';
    await expect(validate(listing, wrong)).rejects.toThrow(/personId/);
  });
});
