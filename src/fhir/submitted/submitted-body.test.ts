import { describe, expect, it } from '@jest/globals';
import type { FhirError } from '../fhir-error.js';
import { requireStructure } from '../validation/structure.js';
import { SubmittedBody } from './submitted-body.js';

/** An answer is bounded, and says where it does not tell every fault. */

const now = new Date('2026-03-02T08:00:00Z');
const window = { from: now, until: now } as unknown as ConstructorParameters<
  typeof SubmittedBody
>[2]['window'];
const codes = (error: unknown): readonly (string | undefined)[] =>
  (error as FhirError).issues.map(({ details }) => details?.coding?.at(-1)?.code);

describe('A body with many faults', () => {
  it.each([
    [99, 99, 0],
    [100, 100, 0],
    [101, 100, 1],
    [250, 100, 1],
  ])(
    'with %i noted by its reader tells %i, and says once (%i) that there are more',
    async (count, told, more) => {
      const body = new SubmittedBody('Consent', consent, { baseUrl: 'http://hub/fhir', window });
      const read = body.read((resource) => {
        for (let at = 0; at < count; at += 1) resource.fault('unknown-element', `.x${at}`);
        resource.takeAll();
        return undefined;
      });
      const all = codes(await read.catch((error: unknown) => error));
      expect([
        all.filter((code) => code === 'unknown-element').length,
        all.filter((code) => code === 'more-faults').length,
        all.at(-1) === 'more-faults',
      ]).toEqual([told, more, more === 1]);
    },
  );

  it.each([
    [20, 20, 0],
    [21, 20, 1],
  ])('with %i that are not FHIR tells %i, and says once (%i) that there are more', (count, told, more) => {
    const unknown = Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, 1]));
    const refused = (): unknown => {
      try {
        return requireStructure('Consent', { ...consent, ...unknown });
      } catch (error) {
        return error;
      }
    };
    const all = codes(refused());
    expect([
      all.filter((code) => code !== 'more-faults').length,
      all.filter((code) => code === 'more-faults').length,
    ]).toEqual([told, more]);
  });
});

const consent = {
  resourceType: 'Consent',
  status: 'active',
  scope: { text: 'x' },
  category: [{ text: 'x' }],
};
