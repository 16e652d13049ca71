import { expect, it } from '@jest/globals';
import { sample, sampleOrganisation } from '../../../test/support/organisation.js';
import { buildDirectory } from '../../directory/directory.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import { directoryId } from '../../projection/identity.js';
import { readPlan } from './read-plan.js';

const organisation = sampleOrganisation();
const gone = sample.inbox;
const left = { ...organisation, units: organisation.units.filter(({ hsaId }) => hsaId !== gone) };

const plan = (values: readonly string[], modifier?: string) =>
  readPlan([{ name: 'owner', values, ...(modifier === undefined ? {} : { modifier }) }], {
    type: 'Task',
    post: false,
    settings: { baseUrl: 'http://127.0.0.1/fhir', defaultPageSize: 50, maximumPageSize: 200 },
    directory: buildDirectory(left),
    published: [],
    organisations: [],
    personsOf: () => Promise.resolve([]),
  });
const byIdentifier = (unit: string) => `${identifierSystems.hsa}|${unit}`;

/** Each way to name an owner. */
const ways: readonly [string, (unit: string) => string, string | undefined][] = [
  ['identifier', byIdentifier, 'identifier'],
  ['reference', (unit) => `Organization/${directoryId(unit)}`, undefined],
  ['id', directoryId, undefined],
  ['id of a type', directoryId, 'Organization'],
];

it.each(ways)(
  'by %s: units of the directory are asked for by their own index',
  async (_way, name, modifier) => {
    const { owners, tokens } = await plan([name(sample.ward)], modifier);
    expect([owners, tokens]).toEqual([[sample.ward], []]);
  },
);

it.each(ways)(
  'by %s: a unit that is no longer in the file is asked for too, alone and beside one that is',
  async (_way, name, modifier) => {
    for (const units of [[gone], [sample.ward, gone], [gone, sample.ward]]) {
      const { owners, tokens } = await plan(units.map(name), modifier);
      expect([owners, tokens.length]).toEqual([undefined, 1]);
      for (const unit of units)
        expect(tokens[0]?.some((token) => token.endsWith(unit) || token.endsWith(directoryId(unit)))).toBe(
          true,
        );
    }
  },
);
