import * as fc from 'fast-check';
import type { CarePlan, Communication, Consent, Task } from 'fhir/r4.js';
import { identifierSystems } from '../../../src/projection/codes/codes.js';
import type { Actor } from './cast.js';
import type { ModelCase } from './model.js';
import type { Row } from './sight.js';
import { ownerOf } from './writes.js';

/** A search as it is drawn: what is sent for whom, and which resources have what it asks for. */
export type Search = {
  readonly type: string;
  /** A number goes in a body alone. */
  readonly post: boolean;
  readonly query: (of: ModelCase, by: Actor) => string;
  readonly matches: (row: Row, of: ModelCase, by: Actor) => boolean;
  /** Everything it can find hangs on the one case. */
  readonly ofCase: boolean;
};

const about = (of: ModelCase): string => `CarePlan/${of.id}`;
const statuses = fc.subarray(['requested', 'received', 'accepted', 'in-progress', 'completed', 'cancelled'], {
  minLength: 1,
});

const searches: fc.Arbitrary<Search> = fc.oneof(
  fc.constant<Search>({
    type: 'CarePlan',
    post: false,
    query: () => '',
    matches: () => true,
    ofCase: false,
  }),
  fc.constantFrom('draft', 'active', 'completed', 'revoked').map((status): Search => ({
    type: 'CarePlan',
    post: false,
    query: () => `status=${status}`,
    matches: ({ content }) => (content as CarePlan).status === status,
    ofCase: false,
  })),
  fc.constant<Search>({
    type: 'CarePlan',
    post: false,
    query: ({ patient }) => `patient=Patient/${patient}`,
    matches: ({ content }, { patient }) => (content as CarePlan).subject.reference === `Patient/${patient}`,
    ofCase: false,
  }),
  fc.constant<Search>({
    type: 'CarePlan',
    post: true,
    query: ({ number }) =>
      `patient.identifier=${identifierSystems.personnummer}|${number}&_include=CarePlan:subject`,
    matches: ({ content }, { patient }) => (content as CarePlan).subject.reference === `Patient/${patient}`,
    ofCase: false,
  }),
  fc.constant<Search>({
    type: 'Patient',
    post: true,
    query: ({ number }) => `identifier=${identifierSystems.personnummer}|${number}`,
    matches: ({ id }, { patient }) => id === patient,
    ofCase: false,
  }),
  fc.constant<Search>({
    type: 'Task',
    post: false,
    query: (of) => `based-on=${about(of)}&_include=Task:focus`,
    matches: ({ content }, of) => (content as Task).basedOn?.[0]?.reference === about(of),
    ofCase: true,
  }),
  statuses.map((some): Search => ({
    type: 'Task',
    post: false,
    query: (_of, { unit }) =>
      `owner:identifier=${identifierSystems.hsa}|${unit}&status=${some.join(',')}&_include=Task:based-on`,
    matches: ({ content }, _of, { unit }) =>
      ownerOf(content as Task) === unit && some.includes((content as Task).status),
    ofCase: false,
  })),
  fc.constant<Search>({
    type: 'Communication',
    post: false,
    query: (of) => `based-on=${about(of)}`,
    matches: ({ content }, of) => (content as Communication).basedOn?.[0]?.reference === about(of),
    ofCase: true,
  }),
  fc.constantFrom('active', 'inactive').map((status): Search => ({
    type: 'Consent',
    post: false,
    query: (of) => `data=${about(of)}&status=${status}`,
    matches: ({ content }) => (content as Consent).status === status,
    ofCase: true,
  })),
  fc.constant<Search>({
    type: 'CareTeam',
    post: false,
    query: ({ patient }) => `subject=Patient/${patient}`,
    matches: (row, { patient }) =>
      row.content.resourceType === 'CareTeam' && row.content.subject?.reference === `Patient/${patient}`,
    ofCase: false,
  }),
);

/** How it is read: in pages of a size, in an order, with the number of all. */
export type Reading = { readonly count: number; readonly sort: string; readonly total: boolean };

export const anySearch: fc.Arbitrary<{ readonly search: Search; readonly reading: Reading }> = fc.record({
  search: searches,
  reading: fc.record({
    count: fc.constantFrom(2, 5, 20, 100),
    sort: fc.constantFrom('', '_sort=_lastUpdated', '_sort=-_lastUpdated'),
    total: fc.boolean(),
  }),
});

/** How a cursor is spoilt: changed, cut, read as another unit's, or as another search's. */
export const spoiling = fc.constantFrom('none', 'none', 'none', 'changed', 'cut', 'unit', 'type', 'added');
export type Spoiling = typeof spoiling extends fc.Arbitrary<infer Of> ? Of : never;
