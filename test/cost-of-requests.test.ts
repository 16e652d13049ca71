import { caseKinds } from '../src/cases/kinds/every-kind.js';
import { answersOf } from '../src/projection/codes/published-systems.js';
import { defaultTimeBounds, windowAt } from '../src/messaging/contracts/time-bounds.js';
import { describe, expect, it } from '@jest/globals';
import type { Task } from 'fhir/r4.js';
import { forLog } from '../connectors/common/log-text.js';
import { TokenVerifier } from '../src/access/token-verifier.js';
import { variables } from '../src/configuration/variables/index.js';
import { buildDirectory } from '../src/directory/directory.js';
import { parseForm, parseJson } from '../src/fhir/http/body-parsers.js';
import { negotiate } from '../src/fhir/http/content-negotiation.js';
import { weigh } from '../src/fhir/http/preconditions.js';
import { preferencesOf } from '../src/fhir/http/preferences.js';
import { queryOf } from '../src/fhir/http/query.js';
import { refusePersonalNumber } from '../src/fhir/http/personal-number-guard.js';
import { requestId } from '../src/fhir/http/request-id.js';
import { repeatableRequest } from '../src/fhir/idempotency/idempotency-key.js';
import { parseDateCriterion } from '../src/fhir/search/date-range.js';
import { readPlan } from '../src/fhir/search/read-plan.js';
import { readCriteria } from '../src/fhir/search/search-input.js';
import { stringTokensAsked, tokensAsked } from '../src/fhir/search/value-tokens.js';
import { readNotes, readOutputs } from '../src/fhir/update/task-remarks.js';
import { takeAsStored } from '../src/fhir/submitted/as-stored.js';
import { Submitted } from '../src/fhir/submitted/submitted.js';
import { requireStructure, type WritableType } from '../src/fhir/validation/structure.js';
import { looksLikePersonalNumber } from '../src/messaging/contracts/personal-number-shape.js';
import { asShown } from '../src/fhir/as-shown.js';
import { searchParameters } from '../src/projection/search-parameters.js';
import { costOf } from './support/cost.js';
import { sampleOrganisation } from './support/organisation.js';
import { holds, inside, list, named, refusedOrNot, repeat, type Case } from './support/cost-by-size.js';

/**
 * No input costs more than in proportion to its size (support/cost-by-size.ts): what comes to the facade.
 */

/** As wide as they may be configured, so that nothing hides behind them. */
const widest = { elements: 100_000, list: 100_000, depth: 200, text: 1_048_576 };
const byDefault = (name: 'ELEMENT' | 'LIST' | 'DEPTH' | 'TEXT') =>
  Number(variables[`HTTP_BODY_${name}_LIMIT`].default);
const standard = {
  elements: byDefault('ELEMENT'),
  list: byDefault('LIST'),
  depth: byDefault('DEPTH'),
  text: byDefault('TEXT'),
};

const structure = (bounds: typeof standard) => (text: string) => {
  const body = parseJson(Buffer.from(text), bounds);
  requireStructure((body as { resourceType: WritableType }).resourceType, body);
};
const plan = (element: string, make: (parts: number) => string): ((parts: number) => string) =>
  inside(`{"resourceType":"CarePlan","${element}":`, make, '}');
const bodies: readonly Case[] = [
  ['a list of what are no objects', plan('extension', list('1'))],
  ['a list of empty objects', plan('extension', list('{}'))],
  ['a list of lists', plan('extension', list('[]'))],
  ['lists in a list', plan('activity', list('{"detail":{"code":{"coding":[1,1,1,1]}}}')), 200],
  [
    'faults at the bottom of many levels',
    plan('extension', inside('[{"extension":'.repeat(20), list('1'), '}]'.repeat(20))),
  ],
  [
    'unknown names',
    inside(
      '{"resourceType":"CarePlan",',
      named((place) => `"x${place}":1`, ','),
      '}',
    ),
  ],
  ['texts that are no texts', plan('instantiatesUri', list('1'))],
  ['nulls beside primitives', plan('_instantiatesUri', list('null'))],
  ['objects beside primitives', plan('_instantiatesUri', list('{"a":1}'))],
  ['codes', plan('category', list('{"coding":[{"code":"a b"}]}')), 300],
  ['references', plan('goal', list('{"reference":1}')), 300],
  [
    'parameters',
    inside('{"resourceType":"Parameters","parameter":', list('{"name":"a","part":[1]}'), '}'),
    300,
  ],
  [
    'answers',
    inside(
      '{"resourceType":"Consent","contained":[{"resourceType":"QuestionnaireResponse","item":',
      list('{"answer":[1]}'),
      '}]}',
    ),
    300,
  ],
  ['a long text', plan('description', inside('"', repeat('a'), '"')), 10_000],
  ['a text of spaces', plan('description', inside('"', repeat(' '), '"')), 10_000],
  ['a code of words', plan('status', inside('"', repeat('a '), '"')), 10_000],
  [
    'base64 in groups',
    plan('extension', inside('[{"url":"a","valueBase64Binary":"', repeat('aaaa  '), '!"}]')),
    5_000,
  ],
  ['a decimal of digits', plan('extension', inside('[{"url":"a","valueDecimal":', repeat('1'), '}]')), 5_000],
  ['a time of digits', plan('created', inside('"2026-01-01T10:00:00.', repeat('1'), '"')), 5_000],
  ['escapes', plan('description', inside('"', repeat('\\u0041'), '"')), 5_000],
  ['open brackets', repeat('[')],
  ['open texts', repeat('"')],
  ['nothing but commas', repeat(',')],
];
holds('a body of JSON, by its bounds', structure(standard), bodies);
holds('a body of JSON, as wide as it may be', structure(widest), bodies);

const search = async (form: string) => {
  const criteria = readCriteria(parseForm(Buffer.from(form), standard));
  const context = {
    settings: { baseUrl: 'http://hub/fhir', defaultPageSize: 20, maximumPageSize: 100 },
    directory,
    published: [],
    organisations: [],
    personsOf: () => Promise.resolve([]),
    post: true,
  };
  for (const type of ['Task', 'Practitioner', 'CarePlan']) await readPlan(criteria, { ...context, type });
};
const organisation = sampleOrganisation();
const directory = buildDirectory(organisation);
holds('a search', search, [
  ['of many parameters', repeat('status=a&')],
  ['of many values', inside('status=', repeat('a,'), '')],
  ['of a long value', inside('status=', repeat('a'), ''), 10_000],
  ['of escapes', inside('status=', repeat('\\'), ''), 5_000],
  ['of escaped bars', inside('status=', repeat('\\|'), ''), 5_000],
  ['of bars', inside('owner:identifier=', repeat('|'), ''), 5_000],
  ['of colons in an include', inside('_include=', repeat('Task:'), ''), 5_000],
  ['of slashes', inside('subject=', repeat('Patient/'), ''), 5_000],
  ['of a long name', inside('name=', repeat('ab '), ''), 5_000],
  ['of marks that wait to be ordered', inside('name=abc', repeat('\u0301\u0316'), ''), 500],
  ['of a long date', inside('_lastUpdated=ge2026-01-01T10:00:00.', repeat('1'), ''), 5_000],
  ['of a long sort', inside('_sort=', repeat('-'), ''), 5_000],
  ['of percent signs', repeat('%25'), 5_000],
]);
const anyToken = searchParameters.Task.code as Parameters<typeof tokensAsked>[1];
holds(
  'a value of a search',
  (text) => [
    tokensAsked('a', anyToken, text),
    stringTokensAsked('a', undefined, text),
    parseDateCriterion(text),
  ],
  [
    ['of backslashes', repeat('\\'), 5_000],
    ['of digits', repeat('1'), 5_000],
    ['of marks', repeat('\u0301\u0316'), 500],
    ['of composed letters', repeat('ǟ'), 5_000],
  ],
);

const headers = (accept: string) =>
  negotiate({ url: '/fhir', headers: { accept } } as unknown as Parameters<typeof negotiate>[0]);
const found = { version: 1, lastUpdated: new Date() };
holds('a condition', (text) => weigh({ 'if-none-match': text }, found, 'read'), [
  ['of many tags', repeat('W/"2",')],
  ['of commas', repeat(',')],
  ['of quotation marks', repeat('"'), 2_000],
  ['of spaces', repeat(' '), 2_000],
  ['of a tag of commas', inside('"', repeat(','), '"'), 2_000],
]);
holds('the header Prefer', (text) => preferencesOf({ prefer: text }, false), [
  ['of many preferences', repeat('return=minimal,')],
  ['of equals signs', repeat('='), 2_000],
  ['of spaces', repeat(' '), 2_000],
]);
holds('the query of an address', (text) => queryOf({ url: `/fhir/Task?${text}` }), [
  ['of many parameters', repeat('a=b&')],
  ['of escapes', repeat('%25'), 5_000],
]);
holds('the header Accept', headers, [
  ['of many types', repeat('a/b,')],
  ['of semicolons', repeat(';')],
  ['of spaces after semicolons', repeat(';   q'), 2_000],
  ['of qualities', repeat(';q=0'), 2_000],
  ['of zeros', inside('a/b;q=0.', repeat('0'), 'x'), 5_000],
  ['of versions', repeat(';fhirVersion = '), 1_000],
]);
const verifier = new TokenVerifier(
  [
    {
      issuer: 'https://issuer.example',
      audience: 'hub',
      keys: { file: '/nowhere' },
      algorithms: ['ES256'],
      kind: 'system',
      claims: { client: 'client_id', units: 'units' },
    },
  ],
  { now: () => new Date('2026-03-02T10:00:00Z') },
);
const claims = (make: (parts: number) => string) => (parts: number) =>
  `Bearer ${[`{"alg":"ES256"}`, make(parts)].map((part) => Buffer.from(part).toString('base64url')).join('.')}.a`;
holds('a token', (header) => verifier.verify(header), [
  ['of letters', inside('Bearer ', repeat('a'), ''), 5_000],
  ['of points', inside('Bearer ', repeat('a.'), ''), 5_000],
  ['of spaces', inside('Bearer', repeat(' '), ''), 5_000],
  [
    'of many claims',
    claims(
      inside(
        '{',
        named((place) => `"a${place}":1`, ','),
        '}',
      ),
    ),
    200,
  ],
  ['of claims in claims', claims((parts) => `${'{"a":'.repeat(parts)}1${'}'.repeat(parts)}`), 200],
]);
const context = { client: 'a', units: [], requestId: 'a' };
const key = (text: string) =>
  repeatableRequest('a', context, { method: 'POST', url: '/', key: text, body: text });
holds('an Idempotency-Key', key, [['that is long', repeat('a'), 5_000]]);
holds('an id of a request', (id) => requestId({ headers: { 'x-request-id': id } }), [
  ['that is long', repeat('1-'), 5_000],
]);
holds('an address', refusePersonalNumber, [
  ['of digits', repeat('1'), 5_000],
  ['of escapes', repeat('%31'), 3_000],
  ['of escaped escapes', repeat('%2525'), 3_000],
  ['of broken escapes', repeat('%e0%a4'), 1_000],
]);
const sentTask = (text: string): Submitted<Task> =>
  new Submitted(
    { resourceType: 'Task', status: 'received', intent: 'order', ...(JSON.parse(text) as object) },
    'Task',
    {
      baseUrl: 'http://hub.test/fhir',
      window: windowAt(defaultTimeBounds, new Date()),
      issues: [],
      faults: 0,
    },
  );
holds('what a unit writes on a Task', (text) => readNotes(sentTask(JSON.stringify({ note: [{ text }] }))), [
  ['a long note', repeat('1934 '), 5_000],
  ['a note of marks', repeat('\u0301\u0316'), 500],
]);
holds(
  'the answers on a Task',
  (text) => readOutputs(sentTask(`{"output":${text}}`), answersOf(caseKinds.todos), []),
  [['many of them', list('{"type":{"coding":[{"system":"a","code":"b"}]}}')]],
);
const storedTask: Task = { resourceType: 'Task', status: 'received', intent: 'order', note: [{ text: 'a' }] };
const compared = (text: string) => {
  const sent = sentTask(text);
  takeAsStored(sent, { ...storedTask, ...(JSON.parse(text) as Partial<Task>) }, []);
  takeAsStored(sentTask(text), storedTask, []);
  sentTask(text).refuseUnread();
};
holds('what is sent beside what is stored', compared, [
  ['a list of empty elements', inside('{"note":', list('{"extension":[{}]}'), '}')],
  [
    'references',
    inside('{"basedOn":', list('{"reference":"http://hub.test/fhir/CarePlan/a","type":"CarePlan"}'), '}'),
    300,
  ],
  ['moments of many decimals', inside('{"authoredOn":"2026-03-02T10:00:00.', repeat('0'), 'Z"}'), 5_000],
  [
    'levels',
    inside('{"extension":', (parts) => `${'[{"extension":'.repeat(parts)}[]${'}]'.repeat(parts)}`, '}'),
    50,
  ],
]);

const numbers: readonly Case[] = [
  ['digits', repeat('1'), 5_000],
  ['digits apart', repeat('1 '), 5_000],
  ['digits with what has no width between', repeat('1\u200b\u200b\u200b'), 3_000],
  ['dates', repeat('19340612'), 3_000],
  ['dates with what separates', repeat('1934-06-12...'), 2_000],
  ['marks that wait to be ordered', repeat('\u0301\u0316'), 500],
  ['signs that are taken apart', repeat('\ufdfa'), 500],
  ['half ids', repeat('0123abcd-'), 3_000],
  ['letters and digits', repeat('1a'), 5_000],
];
holds('the search for a personal number in', looksLikePersonalNumber, numbers);
holds('the mask of the log over', forLog, numbers);
holds('the names of staff in an answer of', (text) => asShown(text, directory), [
  ['begins without ends', repeat('\u009e'), 5_000],
  ['marks', repeat('\u009eSE1|a\u009c'), 2_000],
  ['half marks', repeat('\u009eSE1|a'), 2_000],
]);

/** 50 ms on a machine of its own (decision 35); what runs beside it takes a share of the processor's caches and units. */
const loadedMs = 150;

describe('a body as large as it may be by default', () => {
  const million = 1024 * 1024 - 200;
  it.each([
    ['one text', `"${'a'.repeat(million)}"`],
    ['one text of escapes', `"${'\\u00e5'.repeat(million / 6)}"`],
    ['one text of letters of two bytes', `"${'å'.repeat(million / 2)}"`],
    ['many texts', JSON.stringify(Array(490).fill('a'.repeat(2_000)))],
    [
      'many objects',
      JSON.stringify(Array.from({ length: 480 }, () => ({ url: 'a', extension: Array(8).fill(1) }))),
    ],
    ['spaces', `"a"${' '.repeat(million)}`],
    ['digits', '1'.repeat(million)],
  ])('made of %s is taken or refused within a part of a second', async (_what, value) => {
    for (const element of ['description', 'extension', 'instantiatesUri']) {
      const body = `{"resourceType":"CarePlan","${element}":${value}}`;
      // What is compiled and cleared away meanwhile counts too, so the least of several.
      let least = Infinity;
      for (let attempt = 0; attempt < 6 && least >= loadedMs; attempt += 1)
        least = Math.min(least, await costOf(() => refusedOrNot(structure(standard), body)));
      expect(least).toBeLessThan(loadedMs);
    }
  });
});
