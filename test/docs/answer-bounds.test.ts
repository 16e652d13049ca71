import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { answerBounds } from '../../connectors/common/answer-bounds.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

/** As the page writes it. */
const mebibytes = (bytes: number): string => `${bytes / 1024 / 1024} MiB`;
const number = (value: number): string => value.toLocaleString('en').replaceAll(',', ' ');

it('docs/configuration.md says every bound of an answer, in the order of the program', async () => {
  const page = await readFile(fromProjectRoot('docs/configuration.md'), 'utf8');
  const table = page.slice(page.indexOf('## Bounds that are no settings')).split('\n');
  const said = table.filter((line) => line.startsWith('| ')).map((line) => line.split('|')[2]?.trim());
  const { soap, cosmic, lookup } = answerBounds;
  expect(said.slice(2)).toEqual([
    mebibytes(soap.bytes),
    number(soap.elements),
    number(soap.waiting),
    `${soap.waitMilliseconds / 1000} s`,
    `${soap.threadMegabytes} MiB`,
    mebibytes(cosmic.bytes),
    number(cosmic.list),
    number(cosmic.parts),
    number(cosmic.names),
    number(cosmic.pages),
    mebibytes(lookup.bytes),
    number(lookup.parts),
    number(lookup.names),
  ]);
});
