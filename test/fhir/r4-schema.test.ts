import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { makeR4Schema } from '../support/r4-schema.js';

it('the reduced R4 schema is what the definitions give (else: node test/support/r4-schema.ts)', async () => {
  const kept = await readFile(
    new URL('../../src/fhir/validation/r4-schema.generated.json', import.meta.url),
    'utf8',
  );
  expect(JSON.parse(kept)).toEqual(makeR4Schema());
});
