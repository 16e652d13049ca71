import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * The published schemas of RIV-TA. They are not part of this project, so what needs them runs where they have been put beside it, and
 * says so where not.
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

const interactions = `${schemas}/directory/organization/5.0/interactions`;
const credentials = 'GetCredentialsForPersonIncludingProtectedPerson';

/** The schema of each operation, questions and answers; `getListing`'s has its faults too. */
export const schemaOf: Readonly<Record<string, string>> = {
  GetPersonsForProfile: `${schemas}/persons-5/interactions/GetPersonsForProfileInteraction/GetPersonsForProfileResponder_5.0.xsd`,
  getListing: `${schemas}/carelisting-1/GetListing_1_0.xsd`,
  GetUnit: `${interactions}/GetUnitInteraction/GetUnitResponder_5.0.xsd`,
  GetHealthCareUnit: `${interactions}/GetHealthCareUnitInteraction/GetHealthCareUnitResponder_2.0.xsd`,
  [credentials]: `${schemas}/directory/authorizationmanagement/2.4.5/interactions/${credentials}Interaction/${credentials}Responder_2.2.xsd`,
};

/** The schemas of the headers: whom a message is for by Basic Profile 2.1 and 2.0. */
export const registrySchema = `${schemas}/persons-5/core_components/itintegration_registry_1.0.xsd`;
export const addressingSchema = `${schemas}/carelisting-1/ws-addressing-1.0.xsd`;

/** Checks documents against a schema; rejects with what is wrong with the first that does not fit. */
export type Validate = (schema: string, ...documents: readonly string[]) => Promise<void>;

/** Tests that need the schemas; without them one that says so, which in CI is a failure where only `xmllint` is missing. */
export function describeWithSchemas(name: string, tests: (validate: Validate) => void): void {
  describe(name, () => {
    if (!available || !xmllint) {
      const missing = available
        ? 'xmllint is missing (Debian package libxml2-utils)'
        : 'the schemas are not in ../shared/reference/rivta';
      it(`did not run: ${missing}`, () => {
        process.stderr.write(`\n*** NOT RUN: the check of ${name}: ${missing}\n\n`);
        expect(available && process.env['CI'] === 'true').toBe(false);
      });
      return;
    }
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'hemgang-test-schemas-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));
    tests(async (schema, ...documents) => {
      const files = documents.map((_, index) => path.join(folder, `${index}.xml`));
      await Promise.all(files.map((file, index) => writeFile(file, documents[index] ?? '')));
      if (files.length > 0) await run('xmllint', ['--nonet', '--noout', '--schema', schema, ...files]);
    });
  });
}

/** What stands inside Header or Body of an envelope written with any prefix, with the namespaces that the envelope declares. */
export const inside = (envelope: string, tag: 'Header' | 'Body'): string =>
  new RegExp(`<(\\w+):${tag}>(.*)</\\1:${tag}>`, 's').exec(envelope)?.[2]?.trim() ?? '';

/** The document in a body that a contract's schema knows: its content, or the detail of a fault. */
export const contentOf = (envelope: string): string =>
  /<detail>(.*)<\/detail>/s.exec(envelope)?.[1]?.trim() ?? inside(envelope, 'Body');

/** The operation that a content is a question or an answer of; undefined for a fault. */
export const operationOf = (content: string): string | undefined =>
  /^<(?:\w+:)?(\w+?)(?:Response)?[ >]/.exec(content)?.[1];
