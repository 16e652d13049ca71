import { expect, it } from '@jest/globals';
import type { Consent } from 'fhir/r4.js';
import { consent } from '../support/svu.js';
import { caseId, expressions, nurse } from './decision-meaning-setup.js';

const limit = { valueString: 'bara i dag' } as unknown as { url: string };
const plain = consent('x');

/** What is empty says nothing (same-meaning.test.ts); an extension without its name says something, and nobody can tell what. */
it.each<[string, Partial<Consent>]>([
  ['Consent.modifierExtension[0].url', { modifierExtension: [{} as { url: string }] }],
  ['Consent.modifierExtension[0].url', { modifierExtension: [limit] }],
  ['Consent.extension[2].url', { extension: [...(plain.extension ?? []), limit] }],
  [
    'Consent.provision.modifierExtension[0].url',
    { provision: { ...plain.provision, modifierExtension: [limit] } },
  ],
  ['Consent.scope.extension[0].url', { scope: { ...plain.scope, extension: [limit] } }],
])('CON-2: a decision with an extension that has no name is no R4: %s', async (path, changes) => {
  const answer = await nurse.post('Consent', consent(caseId, 'consent', changes));
  expect([answer.status, expressions(answer)]).toEqual([400, [path]]);
});
