import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { memoryPages, validateXML, type XMLFileInfo } from 'xmllint-wasm';

/**
 * The published schemas of RIV-TA. They are not part of this project, so what needs them runs where they have been put beside it, and
 * says so where not.
 */
const schemas = path.resolve('../shared/reference/rivta');
const available = existsSync(schemas);

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

/** Tests that need the schemas; without them one that says so. */
export function describeWithSchemas(name: string, tests: (validate: Validate) => void): void {
  describe(name, () => {
    if (!available) {
      it('did not run: the schemas are not in ../shared/reference/rivta', () => {
        process.stderr.write(`\n*** NOT RUN: the check of ${name}: no ../shared/reference/rivta\n\n`);
      });
      return;
    }
    tests(validate);
  });
}

const validate: Validate = async (schema, ...documents) => {
  if (documents.length === 0) return;
  const [first, ...imported] = await withImports(schema);
  const { valid, errors } = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `${index}.xml`, contents })),
    schema: first ?? [],
    preload: imported,
    maxMemoryPages: memoryPages.GiB,
  });
  if (!valid) throw new Error(errors.map(({ rawMessage }) => rawMessage).join('\n'));
};

const location = /(?<=schemaLocation=)(["'])(.+?)\1/g;

/** A schema and all that it imports, each under its base name alone, because the validator's file system has no folders. */
async function withImports(
  schema: string,
  seen = new Set<string>(),
): Promise<readonly [XMLFileInfo, ...XMLFileInfo[]]> {
  seen.add(path.resolve(schema));
  const text = await readFile(schema, 'utf8');
  const imported: XMLFileInfo[] = [];
  for (const [, , reference = ''] of text.matchAll(location)) {
    const file = path.resolve(path.dirname(schema), reference);
    if (!seen.has(file)) imported.push(...(await withImports(file, seen)));
  }
  const contents = text.replaceAll(
    location,
    (_, quote, reference) => `${quote}${path.basename(reference)}${quote}`,
  );
  return [{ fileName: path.basename(schema), contents }, ...imported];
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
