import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, OperationOutcome, Questionnaire } from 'fhir/r4.js';
import { rebuild } from '../../../src/log/rebuild.js';
import { everyStream } from '../../../src/cases/streams/collect-streams.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { extensions } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, codesOf, consent, opened as openedCase, parameters, staff } from '../../support/svu.js';
import { hubUnder, inCases } from '../messages/messages-setup.js';
import { answersOf, assessmentUrl, field, versionOf, withForms, type Form } from './forms-setup.js';

let hub: TestHub;
let caseId = '';
const { published, remove, add, step } = inCases(() => hub);
const { open, opened, save, saved, history, said, reads } = withForms(() => hub);
beforeAll(async () => {
  hub = await hubUnder('skane');
  caseId = await published('193406129829');
}, 60_000);
afterAll(() => hub.stop());

describe('Questionnaire', () => {
  it('SVU-14: is read and found by URL and version, without a token', async () => {
    const get = (path: string) => hub.http().get(`/fhir/Questionnaire${path}`);
    const { body } = await get('/assessment-1');
    const questionnaire = body as Questionnaire;
    expect(r4Faults(questionnaire)).toEqual([]);
    expect(questionnaire).toMatchObject({ url: assessmentUrl, version: '1', title: 'Kartläggning' });
    const count = async (query: string) => ((await get(query)).body as Bundle).total;
    expect(await count(`?url=${assessmentUrl}`)).toBe(1);
    expect(await count(`?url=${assessmentUrl}&version=1`)).toBe(1);
    expect(await count(`?url=${assessmentUrl}&version=2`)).toBe(0);
    expect((await get('?title=Kartläggning')).status).toBe(400);
    expect((await get('/none')).status).toBe(404);
  });
});

describe('A form of a case', () => {
  it('SVU-14: is opened once, with every heading, and is the same to whoever opens it again', async () => {
    const first = await open('healthCentre', caseId);
    expect([first.status, codesOf(first)]).toEqual([201, []]);
    const form = first.body as Form;
    expect(r4Faults(form)).toEqual([]);
    expect(form).toMatchObject({
      status: 'in-progress',
      basedOn: [{ reference: `CarePlan/${caseId}` }],
      questionnaire: `${assessmentUrl}|1`,
    });
    const headings = form.item?.map(({ text }) => text);
    expect(headings).toContain('Omgivningsfaktorer – Personligt stöd och personliga relationer');
    for (const [who, canonical] of [
      ['municipality', assessmentUrl],
      ['nurse', `${assessmentUrl}|1`],
    ] as const) {
      const again = await open(who, caseId, canonical);
      expect([again.status, (again.body as Form).id]).toEqual([200, form.id]);
    }
  });

  it('SVU-14: two who write in different fields at once both succeed; each answer says who, when and from which version', async () => {
    const form = await opened('nurse', caseId);
    const seen = versionOf(form);
    await Promise.all([
      saved('healthCentre', form.id, [field('mobility-background', 'Går med rollator', seen)]),
      saved('municipality', form.id, [field('housing-background', 'Två trappor', seen)]),
    ]);
    const { body } = await (await as(hub, 'nurse')).get(`QuestionnaireResponse/${form.id}`);
    expect(r4Faults(body as Form)).toEqual([]);
    expect(answersOf(body as Form)).toEqual({
      'mobility-background': 'Går med rollator',
      'housing-background': 'Två trappor',
    });
    const items = (body as Form).item?.flatMap(({ item = [] }) => item) ?? [];
    const written = items.find(({ linkId }) => linkId === 'housing-background')?.extension?.[0];
    expect(written).toMatchObject({
      url: extensions.written,
      extension: [
        { url: 'at', valueDateTime: expect.any(String) },
        { url: 'by', valueReference: { display: expect.stringContaining(', ') } },
        { url: 'version', valuePositiveInt: expect.any(Number) },
      ],
    });
  });

  it('SVU-14: of the same field the later is 409 and shown what it says now, by whom; nothing of that is kept with a key', async () => {
    const form = await opened('nurse', caseId);
    const seen = versionOf(form);
    const after = await saved('nurse', form.id, [field('mobility-current', 'Går ej', seen)]);
    expect(versionOf(after)).toBeGreaterThan(seen);
    const late = [field('mobility-current', 'Går själv', seen)];
    const refused = await save('healthCentre', form.id, late, 'key-of-late');
    expect([refused.status, codesOf(refused)]).toEqual([409, ['SVU-14', 'answer-changed']]);
    const [issue] = (refused.body as OperationOutcome).issue;
    expect(issue?.expression).toEqual(['Parameters.parameter[0]']);
    expect(issue?.extension).toMatchObject([
      {
        url: extensions.saysNow,
        extension: [
          { url: 'linkId', valueString: 'mobility-current' },
          { url: 'value', valueString: 'Går ej' },
          { url: 'at' },
          { url: 'by', valueReference: { display: expect.stringContaining(', ') } },
          { url: 'version', valuePositiveInt: versionOf(after) },
        ],
      },
    ]);
    const again = await save('healthCentre', form.id, late, 'key-of-late');
    expect([again.status, codesOf(again)]).toEqual([409, ['SVU-14', 'answer-changed']]);
    expect(JSON.stringify(again.body)).not.toContain('Går ej');
    const { rows } = await hub.store.database.query<{ text: string }>(
      `select coalesce(outcome::text, '') as text from idempotency`,
    );
    expect(rows.map(({ text }) => text).join()).not.toContain('Går ej');
    expect(JSON.stringify(hub.log())).not.toContain('Går ej');
    // Who has seen it may change it.
    const changed = await saved('healthCentre', form.id, [
      field('mobility-current', 'Går med stöd', versionOf(after)),
    ]);
    expect(answersOf(changed)).toMatchObject({ 'mobility-current': 'Går med stöd' });
  });

  it('SVU-14, PLB-2: what a field has said is read with who and when, newest first, also what was taken away', async () => {
    const form = await opened('nurse', caseId);
    const one = await saved('nurse', form.id, [
      field('self-care-current', 'Klarar sig själv', versionOf(form)),
    ]);
    const two = await saved('municipality', form.id, [
      field('self-care-current', 'Behöver hjälp', versionOf(one)),
    ]);
    const three = await saved('nurse', form.id, [field('self-care-current', undefined, versionOf(two))]);
    expect(answersOf(three)).not.toHaveProperty('self-care-current');
    const told = await said('healthCentre', form.id, 'self-care-current');
    expect(told.map(([version, value]) => [version, value])).toEqual([
      [versionOf(three), undefined],
      [versionOf(two), 'Behöver hjälp'],
      [versionOf(one), 'Klarar sig själv'],
    ]);
    expect(told.every(([, , by]) => typeof by === 'string' && by.includes(', '))).toBe(true);
    const before = await said('nurse', form.id, 'self-care-current', `&before=${versionOf(two)}`);
    expect(before.map(([version]) => version)).toEqual([versionOf(one)]);
    expect((await history('nurse', form.id, '')).status).toBe(400);
    expect((await history('nurse', form.id, 'self-care-current', '&since=1')).status).toBe(400);
    const post = await (
      await as(hub, 'nurse')
    ).post(
      `QuestionnaireResponse/${form.id}/$answer-history`,
      parameters({ name: 'linkId', valueString: 'self-care-current' }),
    );
    expect([post.status, r4Faults(post.body as never)]).toEqual([200, []]);
    expect((await history('otherMunicipality', form.id, 'self-care-current')).status).toBe(404);
  });

  it('SVU-14: of a field that nobody wrote in nothing is told, and of one that the form lacks the place is named', async () => {
    const form = await opened('nurse', caseId);
    const untouched = await history('nurse', form.id, 'communication-background');
    expect([untouched.status, untouched.body]).toEqual([200, { resourceType: 'Parameters' }]);
    for (const linkId of ['nothing-here', 'mobility']) {
      const answer = await history('nurse', form.id, linkId);
      expect([linkId, answer.status, codesOf(answer)]).toEqual([linkId, 400, ['bad-parameter']]);
      // Who does not see the form is not told what it asks.
      expect((await history('otherMunicipality', form.id, linkId)).status).toBe(404);
    }
  });

  it('SVU-14: what is no field, no answer of its type or no version is refused by its place', async () => {
    const { id } = await opened('nurse', caseId);
    const cases = [
      [[field('sleep', 'Bra', 1)], 'question-unknown'],
      [[field('mobility', 'Bra', 1)], 'question-unknown'],
      [[field('mobility-current', true, 1)], 'answer-of-another-type'],
      [[field('mobility-current', 'x', 999)], 'version-not-there'],
      [[field('mobility-current', 'Ring 19121212-1212', 999)], 'number-in-text'],
      [[{ name: 'answer', part: [{ name: 'linkId', valueString: 'mobility-current' }] }], 'required'],
      [[{ name: 'other', valueString: 'x' }], 'unknown-operation-parameter'],
      [[], 'required'],
    ] as const;
    for (const [fields, code] of cases) {
      const answer = await save('nurse', id, fields as never);
      expect([code, answer.status, codesOf(answer).at(-1)]).toEqual([code, 422, code]);
      expect((answer.body as OperationOutcome).issue[0]?.expression?.[0]).toMatch(/^Parameters/u);
    }
  });

  it('SVU-32: a form of another policy, an unknown one and one of an old version are refused', async () => {
    const norrbotten = await hubUnder('norrbotten');
    try {
      const other = withForms(() => norrbotten);
      const id = await inCases(() => norrbotten).published('193406129829');
      const answer = await other.open('nurse', id);
      expect([answer.status, codesOf(answer)]).toEqual([422, ['SVU-32', 'document-not-of-policy']]);
      expect((await other.open('otherMunicipality', id)).status).toBe(404);
    } finally {
      await norrbotten.stop();
    }
    for (const canonical of ['https://example.org/none', `${assessmentUrl}|2`, `${assessmentUrl}|1|1`]) {
      const answer = await open('nurse', caseId, canonical);
      expect([answer.status, codesOf(answer)]).toEqual([422, ['value-not-taken']]);
    }
  });

  it('ACC-7, decision 15: who leaves loses it, and who joins reads from what stood then', async () => {
    const id = await published('194711199846');
    const form = await opened('nurse', id);
    const one = await saved('nurse', form.id, [field('mobility-current', 'Ett', versionOf(form))]);
    const two = await saved('nurse', form.id, [field('mobility-current', 'Två', versionOf(one))]);
    await add(id, 'otherWard');
    await saved('nurse', form.id, [field('mobility-current', 'Tre', versionOf(two))]);
    const values = async (who: 'nurse' | 'otherWard') =>
      (await said(who, form.id, 'mobility-current')).map(([, value]) => value);
    expect(await values('nurse')).toEqual(['Tre', 'Två', 'Ett']);
    expect(await values('otherWard')).toEqual(['Tre', 'Två']);
    expect(await reads('otherWard', id, form.id)).toBe(true);
    await remove(id, 'otherWard');
    expect(await reads('otherWard', id, form.id)).toBe(false);
  });

  it('CON-5, SVU-14: in a draft it is the hospital’s; a refusal hides it whole and takes nothing more; published anew it is back', async () => {
    const id = await openedCase(hub, '194102039817');
    const early = await open('nurse', id);
    expect([early.status, codesOf(early)]).toEqual([422, ['CON-8', 'no-current-decision']]);
    expect((await (await as(hub, 'nurse')).post('Consent', consent(id))).status).toBe(201);
    const form = await opened('nurse', id);
    await saved('nurse', form.id, [field('mobility-current', 'Hemligt', versionOf(form))]);
    expect(await reads('nurse', id, form.id)).toBe(true);
    expect(await reads('healthCentre', id, form.id)).toBe(false);
    await step(
      'nurse',
      id,
      'record-patient-information',
      { name: 'informed', valueBoolean: true },
      { name: 'oral', valueBoolean: true },
      { name: 'written', valueBoolean: true },
    );
    await step('nurse', id, 'publish-admission-notice');
    const refuse = await (await as(hub, 'nurse')).post('Consent', consent(id, 'refusal'));
    expect(refuse.status).toBe(201);
    expect(await reads('nurse', id, form.id)).toBe(false);
    const refused = await open('nurse', id);
    expect([refused.status, codesOf(refused).at(-1)]).toEqual([422, 'refusal-shares-minimum']);
    expect((await (await as(hub, 'nurse')).post('Consent', consent(id))).status).toBe(201);
    await step('nurse', id, 'publish-admission-notice', { name: 'reason', valueString: 'Höftfraktur' });
    expect(await reads('nurse', id, form.id)).toBe(true);
  });

  it('PAT-6: it is hidden while the person is protected; a rebuild gives the same', async () => {
    const number = '193406129829';
    const form = await opened('nurse', caseId);
    const person = { type: 'personnummer', value: number } as const;
    const protect = async (protectedPerson: boolean) => {
      const record = { identifier: person, protectedPerson };
      await hub.population.change(number, { protectedPerson });
      await hub.tell(factTopics.person, { person, found: true, record, readAt: new Date().toISOString() });
    };
    await protect(true);
    expect(await reads('nurse', caseId, form.id)).toBe(false);
    await protect(false);
    expect(await reads('nurse', caseId, form.id)).toBe(true);
    const { database } = hub.store;
    const report = await rebuild({ database, registry: everyStream, swap: false, resume: false });
    expect(report.differences).toEqual([]);
  });
});

describe('A form of a case to which something else happens', () => {
  let other: TestHub;
  const cases = inCases(() => other);
  const forms = withForms(() => other);
  beforeAll(async () => {
    other = await hubUnder('skane');
  }, 60_000);
  afterAll(() => other.stop());

  it('PAT-12: it becomes the person’s who lives on', async () => {
    const [gone, lives] = ['193406129829', '194711199846'];
    const caseId = await cases.published(gone);
    const form = await forms.opened('nurse', caseId);
    const person = (value: string) => ({ type: 'personnummer', value }) as const;
    const told = { sender: 'FORM', occurredAt: new Date().toISOString() };
    await other.tell(factTopics.stay, {
      ...told,
      kind: 'admitted',
      person: person(lives),
      visit: 'FORM',
      ward: staff.nurse.unit,
      messageId: 'FORM-1',
    });
    await other.population.change(lives, { referred: [gone] });
    const merged = await other.tell(factTopics.identity, {
      ...told,
      person: person(lives),
      replaced: [person(gone)],
      messageId: 'FORM-2',
    });
    expect(merged).toMatchObject({ state: 'done', outcome: 'confirmed-by-the-register' });
    const reader = await as(other, 'nurse');
    const { subject } = (await reader.get(`CarePlan/${caseId}`)).body as CarePlan;
    const after = (await reader.get(`QuestionnaireResponse/${form.id}`)).body as Form;
    expect(after.subject).toEqual(subject);
    expect(after.subject).not.toEqual(form.subject);
    // A merge is an event of the form: its version still says what was seen.
    await forms.saved('nurse', form.id, [field('communication-current', 'Behöver tolk', versionOf(after))]);
  });

  it('SVU-6, SVU-15: a case whose form says something is not annulled, but for another patient’s; opening a form, and a blank, begin nothing', async () => {
    const annul = async (of: string, ...more: Parameters<typeof parameters>) =>
      (await as(hub, 'nurse')).post(`CarePlan/${of}/$annul`, parameters(...more));
    const why = { name: 'reason', valueString: 'Öppnat av misstag' };
    const blank = await published('193804289860');
    const empty = await opened('nurse', blank);
    await saved('nurse', empty.id, [field('mobility-background', ' ', versionOf(empty))]);
    expect((await annul(blank, why)).status).toBe(200);
    const begun = await published('193804289860');
    const form = await opened('nurse', begun);
    const said = await saved('nurse', form.id, [field('mobility-background', 'Rullator', versionOf(form))]);
    // Also once it is taken away again.
    await saved('nurse', form.id, [field('mobility-background', undefined, versionOf(said))]);
    const refused = await annul(begun, why);
    expect([refused.status, codesOf(refused)]).toEqual([422, ['SVU-6', 'working-document-begun']]);
    expect((await annul(begun, { name: 'wrongPatient', valueBoolean: true })).status).toBe(200);
  });

  it('SVU-21: what is in it stays readable when the case is over, and nothing more is taken', async () => {
    const id = await cases.published('194102039817');
    const form = await forms.opened('nurse', id);
    await cases.step(
      'nurse',
      id,
      'discharge',
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'early-end' },
      { name: 'comment', valueString: 'Avliden' },
    );
    expect(await forms.reads('nurse', id, form.id)).toBe(true);
    const late = await forms.save('nurse', form.id, [field('mobility-current', 'Går', versionOf(form))]);
    expect([late.status, codesOf(late).at(-1)]).toEqual([422, 'case-locked']);
  });
});
