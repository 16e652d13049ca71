import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Binary, Bundle, CarePlan, Parameters, ParametersParameter, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { extensions } from '../../../src/projection/codes/codes.js';
import { tellFollowers } from '../../support/followers.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { readPdf } from '../../support/pdf.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, codesOf, consent, parameters, published, staff, type Who } from '../../support/svu.js';
import { field, versionOf, withForms, type Form } from './forms-setup.js';

/** The statement of Skåne through the doors: parts, completing, signing, and who sees that (SVU-16 to SVU-20, VIEW-2, VIEW-12). */
const statementUrl = 'https://hemgang.example/fhir/Questionnaire/statement';

let hub: TestHub;
let followers: Awaited<ReturnType<typeof tellFollowers>>;
const { opened, save } = withForms(() => hub);
beforeAll(async () => {
  hub = await startHub();
  followers = await tellFollowers(hub);
}, 60_000);
afterAll(async () => {
  await followers.stop();
  await hub.stop();
});

const parts = {
  nurse: {
    'patients-own-words': 'Vill hem så snart som möjligt',
    'self-care': false,
    consumables: true,
    'consumables-description': 'Förband; kommunen betalar',
    'responsible-doctor-hospital': 'Maria Ek',
    'sip-stance': 'SIP behövs',
  },
  healthCentre: {
    'responsible-doctor-outpatient': 'Anders Al',
    'medical-responsibility-outpatient': 'Vårdcentralen',
    'agrees-with-sip-stance': true,
  },
  municipality: {
    'planned-social-services': 'Hemtjänst fyra gånger om dagen',
    'planned-health-care': 'Inga åtgärder',
    'planned-rehabilitation': 'Inga åtgärder',
  },
} as const satisfies Partial<Record<Who, Readonly<Record<string, string | boolean>>>>;
const signing = ['nurse', 'healthCentre', 'municipality', 'homeNursing'] as const;

type Case = { readonly caseId: string; readonly formId: string };
const begun = async (number: string): Promise<Case> => {
  const caseId = await published(hub, number);
  return { caseId, formId: (await opened('nurse', caseId, statementUrl)).id };
};
const version = async ({ formId }: Case): Promise<number> =>
  versionOf((await (await as(hub, 'nurse')).get(`QuestionnaireResponse/${formId}`)).body as Form);
const write = async (who: keyof typeof parts, of: Case, changes: object = {}): Promise<Response> => {
  const seen = await version(of);
  const answers = Object.entries<string | boolean>({ ...parts[who], ...changes });
  return save(
    who,
    of.formId,
    answers.map(([linkId, value]) => field(linkId, value, seen)),
  );
};
const operate = async (who: Who, { caseId }: Case, name: string, ...of: ParametersParameter[]) =>
  (await as(hub, who)).post(`CarePlan/${caseId}/$${name}`, parameters(...of));
const sign = async (who: Who, of: Case, seen?: number): Promise<Response> =>
  operate(who, of, 'sign-statement', {
    name: 'version',
    valuePositiveInt: seen ?? (await version(of)),
  });
const taken = async (answer: Promise<Response>): Promise<void> => {
  const { status, text } = await answer;
  expect([status, text]).toEqual([200, expect.any(String)]);
};
const refused = async (answer: Promise<Response>): Promise<readonly unknown[]> => {
  const given = await answer;
  return [given.status, ...codesOf(given)];
};
const print = async (who: Who, { formId }: Case): Promise<Response> =>
  (await as(hub, who)).get(`QuestionnaireResponse/${formId}/$print`);
const signedByAll = async (of: Case): Promise<void> => {
  await taken(write('nurse', of));
  await taken(operate('nurse', of, 'complete-statement'));
  await taken(sign('nurse', of));
  for (const who of ['healthCentre', 'municipality'] as const) {
    await taken(write(who, of));
    await taken(sign(who, of));
  }
  await taken(sign('homeNursing', of));
};

const part = (of: ParametersParameter | undefined, name: string) =>
  of?.part?.find((each) => each.name === name);
const stepOf = async (who: Who, { caseId }: Case): Promise<ParametersParameter | undefined> => {
  const { body } = await (await as(hub, who)).get(`CarePlan/${caseId}/$overview`);
  return ((body as Parameters).parameter ?? []).find(
    (each) => part(each, 'step')?.valueCoding?.code === 'statement',
  );
};
const colours = async (of: Case) =>
  Object.fromEntries(
    await Promise.all(
      signing.map(async (who) => [who, part(await stepOf(who, of), 'colour')?.valueCoding?.code]),
    ),
  ) as Readonly<Record<(typeof signing)[number], string | undefined>>;
const doneBy = (step: ParametersParameter | undefined): readonly ParametersParameter[] =>
  (step?.part ?? []).filter(
    (each) =>
      each.name === 'done' &&
      part(each, 'code')?.valueCodeableConcept?.coding?.[0]?.code === 'sign-statement',
  );
const tasks = async (who: Who, { caseId }: Case): Promise<readonly Task[]> => {
  const codes = 'complete-statement,sign-statement';
  const { body } = await (await as(hub, who)).get(`Task?based-on=CarePlan/${caseId}&code=${codes}`);
  return ((body as Bundle<Task>).entry ?? []).flatMap(({ resource }) => resource ?? []);
};

describe('The statement over FHIR', () => {
  it('SVU-16 to SVU-19, VIEW-2, VIEW-12: each writes its part and signs; it is green when all have, and all see who did', async () => {
    const of = await begun('193406129829');
    expect(await colours(of)).toEqual({
      nurse: 'grey',
      healthCentre: 'grey',
      municipality: 'grey',
      homeNursing: 'grey',
    });
    expect(await refused(write('healthCentre', of))).toEqual([422, 'SVU-16', 'statement-not-complete']);
    await taken(write('nurse', of));
    expect(await colours(of)).toMatchObject({ nurse: 'red' });
    expect(await refused(sign('nurse', of))).toEqual([422, 'SVU-16', 'statement-not-complete']);
    const early = await refused(operate('healthCentre', of, 'complete-statement'));
    expect(early).toEqual([403, 'SVU-20', 'only-hospital-completes-statement']);
    await taken(operate('nurse', of, 'complete-statement'));
    expect(await colours(of)).toEqual({
      nurse: 'red',
      healthCentre: 'red',
      municipality: 'red',
      homeNursing: 'red',
    });
    await taken(sign('nurse', of));
    expect(await refused(write('nurse', of, { 'self-care-description': 'x' }))).toEqual([200]);
    // The ward has changed what it signed.
    expect(doneBy(await stepOf('municipality', of))).toEqual([]);
    await taken(sign('nurse', of));
    expect(await refused(sign('healthCentre', of))).toEqual([422, 'SVU-16', 'part-not-complete']);
    const read = await version(of);
    await taken(write('healthCentre', of));
    expect(await refused(sign('healthCentre', of, read))).toEqual([409, 'SVU-19', 'statement-changed']);
    await taken(sign('healthCentre', of));
    expect(await colours(of)).toEqual({
      nurse: 'yellow',
      healthCentre: 'yellow',
      municipality: 'red',
      homeNursing: 'red',
    });
    const plan = (await (await as(hub, 'nurse')).get(`CarePlan/${of.caseId}`)).body as CarePlan;
    expect(r4Faults(plan)).toEqual([]);
    expect(plan.extension).toContainEqual({
      url: extensions.stepState,
      extension: [
        { url: 'step', valueCoding: expect.objectContaining({ code: 'statement' }) },
        {
          url: 'state',
          valueCoding: expect.objectContaining({ code: 'partly-signed' }),
        },
      ],
    });
    await taken(write('municipality', of));
    await taken(sign('municipality', of));
    await taken(sign('homeNursing', of));
    for (const who of signing) {
      const step = await stepOf(who, of);
      expect(part(step, 'colour')?.valueCoding?.code).toBe('green');
      const signatures = doneBy(step);
      expect(
        signatures.map((each) => part(each, 'unit')?.valueReference?.identifier?.value ?? '').toSorted(),
      ).toEqual(signing.map((each) => staff[each].unit).toSorted());
      for (const each of signatures) {
        expect(part(each, 'by')?.valueReference?.display).toMatch(/.+, .+, .+/u);
        expect(part(each, 'at')?.valueDateTime).toEqual(expect.any(String));
      }
    }
  });

  it('SVU-17, SVU-20, VIEW-7: a no hands it back; it is printed while all have signed; a fully signed one is opened by the hospital alone; a case that is over takes nothing', async () => {
    const of = await begun('192908059831');
    await taken(write('nurse', of));
    await taken(operate('nurse', of, 'complete-statement'));
    await taken(sign('nurse', of));
    await taken(write('healthCentre', of, { 'agrees-with-sip-stance': false }));
    expect(await refused(sign('healthCentre', of))).toEqual([422, 'SVU-17', 'statement-returned']);
    expect(await colours(of)).toMatchObject({ nurse: 'red', healthCentre: 'yellow', municipality: 'yellow' });
    expect(doneBy(await stepOf('nurse', of))).toEqual([]);
    await taken(write('nurse', of, { 'sip-stance': 'SIP behövs inte' }));
    await taken(operate('nurse', of, 'complete-statement'));
    expect(await refused(sign('nurse', of))).toEqual([422, 'SVU-17', 'sip-stance-not-agreed']);
    await taken(write('healthCentre', of));
    for (const who of ['nurse', 'healthCentre'] as const) await taken(sign(who, of));
    await taken(write('municipality', of));
    await taken(sign('municipality', of));
    expect(await refused(print('nurse', of))).toEqual([422, 'VIEW-7', 'not-signed']);
    await taken(sign('homeNursing', of));
    const signers = doneBy(await stepOf('nurse', of)).map(
      (each) => part(each, 'by')?.valueReference?.display ?? '',
    );
    expect(signers).toHaveLength(signing.length);
    for (const who of signing) {
      const { body } = await print(who, of);
      const { pages } = await readPdf(Buffer.from((body as Binary).data ?? '', 'base64'));
      for (const said of ['Underskrifter', parts.nurse['patients-own-words'], ...signers])
        expect(pages.join(' ')).toContain(said);
    }

    for (const who of ['nurse', 'healthCentre', 'municipality'] as const)
      expect(await refused(write(who, of, { 'patients-own-words': 'Nej' }))).toEqual(
        who === 'nurse' ? [422, 'SVU-20', 'statement-signed'] : [403, 'SVU-16', 'part-of-another-side'],
      );
    const changed = { 'responsible-doctor-outpatient': 'Eva Ek' };
    expect(await refused(write('healthCentre', of, changed))).toEqual([422, 'SVU-20', 'statement-signed']);
    const reopening = await refused(operate('municipality', of, 'reopen-statement'));
    expect(reopening).toEqual([403, 'SVU-20', 'only-hospital-completes-statement']);
    await taken(operate('nurse', of, 'reopen-statement'));
    expect(await refused(print('nurse', of))).toEqual([422, 'VIEW-7', 'not-signed']);
    expect(doneBy(await stepOf('municipality', of))).toEqual([]);
    await taken(operate('nurse', of, 'complete-statement'));

    const leave = [
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'discharge' },
      { name: 'dischargedTo', valueString: 'Ordinärt boende' },
      { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
    ];
    await taken(operate('nurse', of, 'discharge', ...leave));
    for (const answer of [
      sign('nurse', of),
      operate('nurse', of, 'complete-statement'),
      operate('nurse', of, 'reopen-statement'),
      write('nurse', of, { 'patients-own-words': 'Nej' }),
    ])
      expect(await refused(answer)).toEqual([422, 'SVU-23', 'case-locked']);
  });

  it('CON-5: under a refusal nothing of it is seen, taken or told, and no signature is left for a later consent', async () => {
    const of = await begun('193309019903');
    await signedByAll(of);
    const told = (): Promise<number> =>
      Promise.all(
        ['StatementSigned', 'StatementCompleted', 'StatementChanged', 'StatementReopened'].map(
          async (event) => (await followers.told(of.caseId, event)).length,
        ),
      ).then((counts) => counts.reduce((sum, count) => sum + count, 0));
    const before = await told();
    expect(before).toBeGreaterThan(0);
    const notices = async (who: Who): Promise<string> =>
      (await (await as(hub, who)).get(`Communication?based-on=CarePlan/${of.caseId}&_count=200`)).text;
    expect((await (await as(hub, 'nurse')).post('Consent', consent(of.caseId, 'refusal'))).status).toBe(201);

    for (const who of ['healthCentre', 'municipality', 'homeNursing'] as const) {
      const reader = await as(hub, who);
      expect(await tasks(who, of)).toEqual([]);
      expect(await stepOf(who, of)).toBeUndefined();
      expect((await reader.get(`QuestionnaireResponse/${of.formId}`)).status).toBe(404);
      const plan = await reader.get(`CarePlan/${of.caseId}`);
      for (const text of [plan.text, await notices(who)])
        for (const word of [
          '"statement"',
          'Ställningstagande',
          ...Object.values(parts.nurse).map(String),
        ].filter(({ length }) => length > 5))
          expect(text).not.toContain(word);
    }
    const hidden = [422, 'CON-5', 'refusal-shares-minimum'];
    expect(await refused(operate('nurse', of, 'complete-statement'))).toEqual(hidden);
    expect(await refused(operate('nurse', of, 'reopen-statement'))).toEqual(hidden);
    for (const who of signing) expect(await refused(sign(who, of, 1))).toEqual(hidden);
    expect(await told()).toBe(before);

    const nurse = await as(hub, 'nurse');
    expect((await nurse.post('Consent', consent(of.caseId))).status).toBe(201);
    await taken(operate('nurse', of, 'publish-admission-notice', { name: 'reason', valueString: 'Fall' }));
    expect(doneBy(await stepOf('municipality', of))).toEqual([]);
    expect(await colours(of)).toMatchObject({ nurse: 'red', healthCentre: 'yellow' });
  });
});
