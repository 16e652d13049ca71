import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { receiverHeader, writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import type { SoapStandIn } from '../../../connectors/common/stand-in/soap-stand-in.js';
import {
  contracts,
  writeCredentialsQuestion,
  writeHealthCareUnitQuestion,
  writeUnitQuestion,
} from '../../../connectors/hsa/contract.js';
import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import {
  action as listingAction,
  writeQuestion as askListing,
} from '../../../connectors/listing/contract.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import {
  action as personsAction,
  mostPersons,
  writeQuestion as askPersons,
} from '../../../connectors/population-register/contract.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { goldenAnswers } from './register-answers.js';
import { contentOf, describeWithSchemas, operationOf, schemaOf } from './rivta.js';
import { silent, testNumber } from './support.js';

/** The SOAP messages that rivta-schemas.test.ts does not see go by: golden answers, other ways to ask, and everything of the region. */
const region = path.resolve('src/demo/fictional-region');
const read = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(region, file), 'utf8'));

const profiles = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;

async function post(standIn: SoapStandIn, action: string, question: string, profile: '2.0' | '2.1' = '2.1') {
  const answer = await fetch(standIn.url, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: `"${action}"` },
    body: writeEnvelope(question, receiverHeader(profile, '5565594230')),
  });
  return contentOf(await answer.text());
}

describeWithSchemas('every other SOAP message and the schemas of RIV-TA', (validate) => {
  /** Checks each content by its operation's schema; how many there were of each. */
  async function validateAll(contents: readonly string[]): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {};
    for (const [operation, some] of Map.groupBy(contents, operationOf)) {
      // The contract of the listing service has names of their own for its faults.
      const schema = schemaOf[operation ?? ''] ?? schemaOf['getListing'] ?? '';
      await validate(schema, ...some);
      counts[operation ?? ''] = some.length;
    }
    return counts;
  }

  it('the answers of the golden files are valid, so what is read out of them is what a register may say', async () => {
    for (const { file, operation, answer } of goldenAnswers) {
      const schema = schemaOf[operation];
      if (schema === undefined) throw new Error(`${file} is of no known operation`);
      await validate(schema, contentOf(answer));
    }
    expect(new Set(goldenAnswers.map(({ operation }) => operation))).toEqual(new Set(Object.keys(schemaOf)));
  });

  it('INT-3, INT-4: every way to ask is valid: each profile, as many persons as may be, with test objects and without', async () => {
    const numbers = Array.from({ length: mostPersons }, (_, index) =>
      testNumber(`19${50 + (index % 40)}0101`, 980 + (index % 20)),
    );
    const feigned = [true, false].flatMap((each) => {
      const question = { hsaId: 'SE4999000013-W101', feigned: each };
      return [writeUnitQuestion, writeHealthCareUnitQuestion, writeCredentialsQuestion].map((write) =>
        write(question),
      );
    });
    const questions = [
      ...profiles.map((profile) => askPersons(numbers, profile)),
      askPersons([testNumber('19540178', 984)], 'P2'),
      askListing(testNumber('19540178', 984)),
      ...feigned,
    ];
    expect(await validateAll(questions)).toEqual({
      GetPersonsForProfile: profiles.length + 1,
      getListing: 1,
      GetUnit: 2,
      GetHealthCareUnit: 2,
      GetCredentialsForPersonIncludingProtectedPerson: 2,
    });
  });

  it('everything that the stand-ins of the fictional region answer is valid', async () => {
    const { persons } = (await read('persons.json')) as { persons: readonly { number: string }[] };
    const { units, people } = (await read('hsa.json')) as Record<
      'units' | 'people',
      readonly { hsaId: string }[]
    >;
    const common = { host: '127.0.0.1', port: 0, logger: silent };
    const [register, listing, catalogue] = await Promise.all([
      startPopulationRegisterStandIn({ ...common, file: path.join(region, 'persons.json') }),
      startListingStandIn({ ...common, file: path.join(region, 'listings.json') }),
      startCatalogueStandIn({ ...common, file: path.join(region, 'hsa.json') }),
    ]);
    const numbers = persons.map(({ number }) => number);
    const answers = [await post(register, personsAction, askPersons(numbers, 'P2'))];
    for (const number of numbers) answers.push(await post(listing, listingAction, askListing(number), '2.0'));
    const unknown = { hsaId: 'SE4999000013-GONE' };
    for (const { hsaId } of [...units, unknown]) {
      const question = { hsaId, feigned: true };
      answers.push(await post(catalogue, contracts.unit.action, writeUnitQuestion(question)));
      const belongs = writeHealthCareUnitQuestion(question);
      answers.push(await post(catalogue, contracts.healthCareUnit.action, belongs));
    }
    for (const { hsaId } of [...people, unknown]) {
      const question = writeCredentialsQuestion({ hsaId, feigned: true });
      answers.push(await post(catalogue, contracts.credentials.action, question));
    }
    await Promise.all([register.stop(), listing.stop(), catalogue.stop()]);
    const counts = await validateAll(answers);
    expect(counts).toMatchObject({ GetPersonsForProfile: 1, GetUnit: units.length + 1 });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(answers.length);
  });
});
