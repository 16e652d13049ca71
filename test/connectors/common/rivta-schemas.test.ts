import { createServer, request as httpRequest, type Server } from 'node:http';
import { createListingLookup } from '../../../connectors/listing/listing-lookup.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import { listen } from '../../../connectors/common/listen.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { createCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import { catalogue, staff, wards } from '../hsa/hsa-file.js';
import { readTextBody } from './read-text-body.js';
import {
  contentOf,
  describeWithSchemas,
  inside,
  operationOf,
  addressingSchema,
  registrySchema,
  schemaOf,
} from './rivta.js';
import { dataFile, number, silent, testNumber } from './support.js';

/** Every SOAP message, both ways, against the published schemas. */
const persons = schemaOf['GetPersonsForProfile'] ?? '';
const listing = schemaOf['getListing'] ?? '';

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

describeWithSchemas('SOAP messages and the schemas of RIV-TA', (validate) => {
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
    await validate(persons, ...messages.map(contentOf));
    await validate(registrySchema, inside(messages[0] ?? '', 'Header'));
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
    await validate(listing, ...messages.map(contentOf));
    await validate(addressingSchema, inside(messages[0] ?? '', 'Header'));
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
      const content = contentOf(message);
      const operation = operationOf(content) ?? '';
      await validate(schemaOf[operation] ?? '', content);
      checked.set(operation, (checked.get(operation) ?? 0) + 1);
    }
    await validate(registrySchema, inside(messages[0] ?? '', 'Header'));
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
