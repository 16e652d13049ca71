import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CapabilityStatement, Communication, Consent, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import type { Operation } from '../../src/cases/operations/operation.js';
import { supported } from '../../src/fhir/supported.js';
import { codeSystems, coding, identifierSystems } from '../../src/projection/codes/codes.js';
import { tellFollowers } from '../support/followers.js';
import { answersOf, assessment } from '../support/harm-assessment.js';
import type { TestHub } from '../support/hub.js';
import { messageTo } from '../support/messages.js';
import { operationDefinitions, type OperationName } from '../support/operations.js';
import { as, carePlan, consent, informed, parameters, staff, type Who } from '../support/svu.js';
import { hubUnder } from './messages/messages-setup.js';

/**
 * Consent in time: each operation and each interaction that writes, at each state of consent, under the policy that has all of them. All come
 * from the tables of the program, so a new one is met here by itself; one that cannot be taken as it is made here is told by name.
 * Of each the words that it was sent are looked for where they may not be: stored, shown to a receiver, told on the topic, or in the trail.
 */

const rows: Readonly<Record<OperationName, Operation>> = operationDefinitions;
const number = '193406129829';
const hsa = (value: string) => ({ identifier: { system: identifierSystems.hsa, value } });
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const today = day(0).slice(0, 10);

const states = [
  'none',
  'refused',
  'given',
  'harm-assessment',
  'secrecy-breaking-rule',
  'deregistered',
] as const;
type State = (typeof states)[number];
/** Where what is written is for those who take part. */
const sharing: readonly State[] = ['given', 'harm-assessment', 'secrecy-breaking-rule'];
const receivers = ['healthCentre', 'municipality', 'homeNursing'] as const satisfies readonly Who[];

let hub: TestHub;
let followers: Awaited<ReturnType<typeof tellFollowers>>;
let searched: readonly string[];
beforeAll(async () => {
  hub = await hubUnder('norrbotten');
  followers = await tellFollowers(hub);
  const { rest } = (await hub.http().get('/fhir/metadata')).body as CapabilityStatement;
  searched = (rest?.[0]?.resource ?? [])
    .filter(
      ({ type, searchParam = [] }) =>
        type !== 'AuditEvent' && searchParam.some(({ name }) => name === 'patient'),
    )
    .map(({ type }) => type);
}, 60_000);
afterAll(async () => {
  await followers.stop();
  await hub.stop();
});

const answers = (reason: string) =>
  answersOf({
    item: [
      { linkId: 'reason-consent-unavailable', answer: [{ valueString: reason }] },
      { linkId: 'may-harm', answer: [{ valueBoolean: false }] },
      { linkId: 'necessary', answer: [{ valueBoolean: true }] },
    ],
  });
/** The decision that brings a case into the state. */
const decisionOf = (state: State, caseId: string): Consent | undefined => {
  const { extension: _form, ...basis } = consent(caseId);
  switch (state) {
    case 'none':
      return undefined;
    case 'refused':
      return consent(caseId, 'refusal');
    case 'given':
    case 'deregistered':
      return consent(caseId);
    case 'harm-assessment':
      return assessment(caseId, answers('Medvetslös'));
    default:
      return {
        ...basis,
        category: [{ coding: [coding(codeSystems.decision, 'secrecy-breaking-rule')] }],
        policyRule: { coding: [coding(codeSystems.secrecyLaw, 'LPT')] },
      };
  }
};

const done = (answer: Response, what: string): void => {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.text}`);
};

/** A case in the state: opened, and published where there is a decision. */
async function caseIn(state: State): Promise<string> {
  const nurse = await as(hub, 'nurse');
  const opening = await nurse.post('CarePlan', carePlan(number));
  done(opening, 'opening');
  const { id } = opening.body as { id: string };
  done(await nurse.post(`CarePlan/${id}/$record-patient-information`, informed), 'information');
  const decision = decisionOf(state, id);
  if (decision === undefined) return id;
  done(await nurse.post('Consent', decision), state);
  done(await nurse.post(`CarePlan/${id}/$publish-admission-notice`, parameters()), 'publishing');
  if (state === 'deregistered') done(await deregister(id), 'deregistering');
  return id;
}

async function deregister(caseId: string): Promise<Response> {
  const nurse = await as(hub, 'nurse');
  const { body } = await nurse.get(`Consent?data=CarePlan/${caseId}&status=active`);
  const current = (body as Bundle<Consent>).entry?.[0]?.resource;
  return nurse.put(`Consent/${current?.id}`, { ...current, status: 'inactive' });
}

/** The person can have another case. */
async function end(caseId: string): Promise<void> {
  for (const reason of [[{ name: 'reason', valueString: 'Klar' }], []])
    await (await as(hub, 'nurse')).post(`CarePlan/${caseId}/$annul`, parameters(...reason));
}

/** A value that is taken, by the type of a parameter or the name of one that asks for more. */
const values: Readonly<Record<string, object>> = {
  boolean: { valueBoolean: true },
  date: { valueDate: day(4).slice(0, 10) },
  dateTime: { valueDateTime: day(-0.05) },
  positiveInt: { valuePositiveInt: 1 },
  unit: { valueReference: hsa(staff.otherHealthCentre.unit) },
  staff: { valueReference: hsa(staff.doctor.user) },
  contact: { valueReference: hsa(staff.healthCentre.user) },
  homeAt: { valueDateTime: day(3) },
  'ready date': { valueDate: today },
  'record-coordinated-care-plan date': { valueDate: today },
  municipality: { valueCode: '2580' },
  'discharge form': { valueCode: 'early-end' },
};
/** Of a discharge before ready there is no place, and outpatient care says no time at home. */
const leftOut: readonly string[] = ['discharge dischargedTo', 'report-planning-done welcomeFrom'];
const sound = (name: OperationName, words: string | undefined) =>
  parameters(
    ...rows[name].parameters
      .filter(
        ({ max, type, name: each }) =>
          max === '1' && (type !== 'string' || words !== undefined) && !leftOut.includes(`${name} ${each}`),
      )
      .map(({ name: each, type, codes }) => ({
        name: each,
        ...(codes === undefined
          ? (values[`${name} ${each}`] ?? values[each] ?? values[type] ?? { valueString: words })
          : (values[`${name} ${each}`] ?? { valueCode: codes[0] })),
      })),
  );

/** What must have been done before, for the operation to be taken. */
const before: Readonly<Partial<Record<OperationName, readonly OperationName[]>>> = {
  'state-homecoming': ['ready'],
  'withdraw-ready': ['ready'],
  'withdraw-coordinated-care-plan': ['record-coordinated-care-plan'],
  'undo-discharge': ['discharge'],
  'remove-contact': ['name-contact'],
  'remove-participant': ['add-participant'],
};
/** What a case in the state has been through already, or is only for a draft. */
const begunWith: readonly string[] = ['$publish-admission-notice', '$record-needs-assessment'];
/** This policy has no statement (SVU-32): test/fhir/forms/statement.test.ts tries them. */
const ofOtherPolicy: readonly string[] = ['$complete-statement', '$reopen-statement', '$sign-statement'];

/** What is for receivers of any side. */
const ofReceivers: readonly string[] = ['report-planning-done'];
const whoTakes = ({ name, side }: Operation): Who =>
  side === 'outpatient' || ofReceivers.includes(name)
    ? 'healthCentre'
    : side === 'municipality'
      ? 'municipality'
      : 'nurse';

const operate = async (caseId: string, name: OperationName, words: string | undefined): Promise<Response> =>
  (await as(hub, whoTakes(rows[name]))).post(`CarePlan/${caseId}/$${name}`, sound(name, words));

type Attempt = (caseId: string, words: string | undefined) => Promise<Response>;

const operations = (Object.keys(rows) as OperationName[]).map((name): readonly [string, Attempt] => [
  `$${name}`,
  async (caseId, words) => {
    for (const each of before[name] ?? []) await operate(caseId, each, undefined);
    return operate(caseId, name, words);
  },
]);

const message: Attempt = async (caseId, words) =>
  (await as(hub, 'healthCentre')).post('Communication', messageTo(caseId, { text: words ?? 'Hej' }));

/** Each interaction that writes, by the table of what the facade serves. */
const interactions: Readonly<Record<string, Attempt>> = {
  'CarePlan create': async (_caseId, words) =>
    (await as(hub, 'nurse')).post('CarePlan', carePlan(number, { description: words ?? 'Annan' })),
  'Communication create': message,
  'Communication update': async (caseId, words) => {
    const sent = await message(caseId, words);
    const { id } = sent.body as Communication;
    if (sent.status !== 201) return sent;
    return (await as(hub, 'healthCentre')).put(`Communication/${id}`, {
      ...sent.body,
      status: 'entered-in-error',
    });
  },
  'Consent create': async (caseId, words) =>
    (await as(hub, 'nurse')).post('Consent', assessment(caseId, answers(words ?? 'Sover'))),
  'Consent update': deregister,
  'Task update': async (caseId, words) => {
    const owner = await as(hub, 'healthCentre');
    const [task] = (await owner.todos(caseId)) as (Task & { id?: string })[];
    if (task === undefined) return owner.get('Task/none');
    const note = words === undefined ? {} : { note: [{ text: words }] };
    return owner.put(`Task/${task.id}`, { ...task, status: 'completed', ...note });
  },
};

const kept = ['event.data', 'stream.state', 'resource.content', 'resource_version.content'] as const;

/** Where words stand in what is kept. */
async function storedIn(words: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const place of kept) {
    const [table = '', column = ''] = place.split('.');
    const { rows: hits } = await hub.store.database.query(
      `select 1 from ${table} where ${column}::text like '%' || $1 || '%' limit 1`,
      [words],
    );
    if (hits.length > 0) found.push(place);
  }
  return found;
}

/** To whom of the receivers words are shown, whatever they search. */
async function shownTo(words: string): Promise<readonly Who[]> {
  const found: Who[] = [];
  for (const who of receivers) {
    const reader = await as(hub, who);
    const texts = await Promise.all(
      searched.map(async (type) => (await reader.get(`${type}?_count=200`)).text),
    );
    if (texts.some((text) => text.includes(words))) found.push(who);
  }
  return found;
}

type Cell = { readonly taken: boolean; readonly stored: readonly string[]; readonly shown: readonly Who[] };
const cells = new Map<string, Cell>();
const cell = (state: State, what: string): Cell =>
  cells.get(`${state} ${what}`) ?? { taken: false, stored: [], shown: [] };
const all = [...operations, ...Object.entries(interactions)];

it('meets every interaction that writes', () => {
  const writes = Object.entries(supported).flatMap(([type, each]) =>
    each.filter((one) => one === 'create' || one === 'update').map((one) => `${type} ${one}`),
  );
  expect(Object.keys(interactions).toSorted()).toEqual(writes.toSorted());
});

describe.each(states)('While consent is %s', (state) => {
  it.each(all)(
    'CON-2, CON-5, CON-8: the words of %s are nowhere where they may not be',
    async (what, attempt) => {
      const words = `viskning-${state}-${all.findIndex(([each]) => each === what)}-`;
      const caseId = await caseIn(state);
      const answer = await attempt(caseId, words);
      // A harm assessment is a decision of its own: from then on it is shared, where it does not stand against a refusal (CON-6).
      const shares = sharing.includes(state) || (what === 'Consent create' && answer.status < 300);
      const stored = await storedIn(words);
      const shown = await shownTo(words);
      const plain = answer.status < 300 ? answer : await attempt(caseId, undefined);
      cells.set(`${state} ${what}`, { taken: plain.status < 300, stored, shown });
      const refused = answer.status >= 300;
      // Of a draft its own side keeps what it wrote.
      const keeps = !refused && (shares || state === 'none');
      expect({ what, shown: shares ? [] : shown, stored: keeps ? [] : stored }).toEqual({
        what,
        shown: [],
        stored: [],
      });
      expect([what, refused && answer.text.includes(words)]).toEqual([what, false]);
      await end(caseId);
    },
    30_000,
  );
});

it('CON-2: what rests on a consent, a harm assessment or the secrecy-breaking rule is taken, kept and shown alike', () => {
  for (const [what] of all.filter(([each]) => each !== 'Consent create'))
    for (const state of sharing)
      expect([what, state, cell(state, what)]).toEqual([what, state, cell('given', what)]);
});

it('everything was taken where consent is given; what is not, needs its steps before', () => {
  const never = all.map(([what]) => what).filter((what) => !cell('given', what).taken);
  expect(never.toSorted()).toEqual([...begunWith, ...ofOtherPolicy, 'CarePlan create'].toSorted());
  // The words are seen where they may be, so that looking for them means something.
  const shown = all.map(([what]) => what).filter((what) => cell('given', what).shown.length > 0);
  expect(shown).toEqual(expect.arrayContaining(['$change-planned-discharge', 'Communication create']));
});

it('CON-8: without a decision nothing new is taken on a published case but what ends it, corrects it or decides anew', () => {
  const taken = all.map(([what]) => what).filter((what) => cell('deregistered', what).taken);
  expect(taken).not.toEqual(expect.arrayContaining(['Communication create']));
  expect(taken).not.toEqual(expect.arrayContaining(['$change-planned-discharge']));
});

it('CON-5, ACC-5: no word of any of them is told on the topic, or stands in the trail', async () => {
  await followers.told('', '');
  for (const [table, column] of [
    ['transport_message', 'value'],
    ['audit_record', 'detail'],
    ['inbox', 'envelope'],
  ]) {
    const { rows: found } = await hub.store.database.query(
      `select 1 from ${table} where ${column}::text like '%viskning-%' limit 1`,
    );
    expect([table, found.length]).toEqual([table, 0]);
  }
});
