import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Extension, Parameters, Task } from 'fhir/r4.js';
import { rebuild } from '../../../src/log/rebuild.js';
import { everyStream } from '../../../src/cases/streams/collect-streams.js';
import { extensions } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, codesOf, consent, type Who } from '../../support/svu.js';
import { hubUnder, inCases } from '../messages/messages-setup.js';
import { answersOf, field, formUrl, versionOf, withForms } from './forms-setup.js';

const basis = formUrl('planning-basis-vasterbotten');
const answers = formUrl('admission-notice-answers');
const codeIn = (extension: Extension | undefined, url: string): string | undefined =>
  extension?.extension?.find((each) => each.url === url)?.valueCoding?.code;
const trackIn = (of: { readonly extension?: Extension[] | undefined }): Extension | undefined =>
  of.extension?.find(({ url }) => url === extensions.track);
const green = {
  'patient-description': 'Bor ensam i villa',
  known: true,
  'social-services': false,
  'municipal-health-care': true,
  'municipal-health-care-notes': 'Omläggning två gånger i veckan',
  'new-or-changed-needs': false,
  'extensive-needs': false,
  'coordination-needed': true,
  'coordination-notes': 'Med hälsocentralen',
  'short-term-decision': false,
};

let hub: TestHub;
const { published, step } = inCases(() => hub);
const { open, opened, save, saved } = withForms(() => hub);
const fieldsOf = (all: object, seen: number) =>
  Object.entries(all).map(([linkId, value]) => field(linkId, value as string | boolean, seen));

let last: string | undefined;
/** A case of the same person; the one before is gone as another patient's (PAT-13). */
async function fresh(): Promise<string> {
  if (last !== undefined) await step('nurse', last, 'annul', { name: 'wrongPatient', valueBoolean: true });
  last = await published('193406129829');
  return last;
}

/** The open to-dos of a case that somebody reads, by their codes. */
async function todos(of: () => TestHub, who: Who, caseId: string): Promise<readonly string[]> {
  const { body } = await (await as(of(), who)).get(`Task?based-on=CarePlan/${caseId}&_count=100`);
  return ((body as Bundle<Task>).entry ?? []).flatMap(({ resource }) =>
    resource?.status === 'requested' ? (resource.code?.coding?.[0]?.code ?? []) : [],
  );
}
const planOf = async (who: Who, caseId: string): Promise<CarePlan> =>
  (await (await as(hub, who)).get(`CarePlan/${caseId}`)).body as CarePlan;
const overviewOf = async (who: Who, caseId: string): Promise<Parameters> =>
  (await (await as(hub, who)).get(`CarePlan/${caseId}/$overview`)).body as Parameters;

describe('The planning basis of vasterbotten', () => {
  beforeAll(async () => {
    hub = await hubUnder('vasterbotten');
  }, 60_000);
  afterAll(() => hub.stop());

  it('SVU-7: each receiving unit answers the fixed questions in a form of its own, which ends its to-do and nobody else’s', async () => {
    const id = await fresh();
    const mine = async (who: Who) =>
      (await todos(() => hub, who, id)).filter((code) => code === 'answer-admission-notice').length;
    const before = await mine('healthCentre');
    const form = await opened('healthCentre', id, answers);
    expect(r4Faults(form)).toEqual([]);
    expect(form.extension?.[0]).toMatchObject({
      url: extensions.formOfUnit,
      valueReference: { display: expect.any(String) },
    });
    expect((await opened('healthCentre', id, answers)).id).toBe(form.id);
    const other = await opened('municipality', id, answers);
    expect(other.id).not.toBe(form.id);
    const one = await saved('healthCentre', form.id, [field('known', true, versionOf(form))]);
    // Not before every question has its answer.
    expect(await mine('nurse')).toBe(before);
    await saved('healthCentre', form.id, [
      field('social-services', false, versionOf(one)),
      field('municipal-health-care', false, versionOf(one)),
    ]);
    expect(await mine('nurse')).toBe(before - 1);
    const foreign = await save('municipality', form.id, [field('known', false, versionOf(form))]);
    expect([foreign.status, codesOf(foreign)]).toEqual([403, ['SVU-26', 'form-of-another-unit']]);
    const hospital = await open('nurse', id, answers);
    expect([hospital.status, codesOf(hospital)]).toEqual([403, ['PLB-1', 'form-opened-by-side']]);
    expect((await open('otherMunicipality', id, answers)).status).toBe(404);
  });

  it('PLB-1, PLB-2, SVU-32: the hospital opens it, nobody else; each answer says who, with title, and when; one of another policy is refused', async () => {
    const id = await fresh();
    const early = await open('healthCentre', id, basis);
    expect([early.status, codesOf(early)]).toEqual([403, ['PLB-1', 'form-opened-by-side']]);
    const other = await open('nurse', id, formUrl('planning-basis-norrbotten'));
    expect([other.status, codesOf(other)]).toEqual([422, ['SVU-32', 'document-not-of-policy']]);
    const form = await opened('nurse', id, basis);
    // PLB-2: who joins in later writes with name and title.
    const after = await saved('municipality', form.id, [field('short-term-decision', true, versionOf(form))]);
    const item = after.item?.flatMap(({ item: inner = [] }) => inner);
    const written = item?.find(({ linkId }) => linkId === 'short-term-decision')?.extension?.[0]?.extension;
    expect(written?.find(({ url }) => url === 'by')?.valueReference?.display).toContain(', ');
    expect(written?.find(({ url }) => url === 'at')?.valueDateTime).toEqual(expect.any(String));
    // PLB-1: it is never annulled, nor is the case once somebody has written in it.
    const annul = await (
      await as(hub, 'nurse')
    ).post(`CarePlan/${id}/$annul`, {
      resourceType: 'Parameters',
      parameter: [{ name: 'reason', valueString: 'Fel' }],
    });
    expect([annul.status, codesOf(annul)]).toEqual([422, ['SVU-6', 'working-document-begun']]);
  });

  it('SVU-39: who hands over the review of self-care is named with who takes it over, or neither is', async () => {
    const id = await fresh();
    const form = await opened('nurse', id, basis);
    const from = field('self-care-review-from', 'Kirurgavdelningen', versionOf(form));
    const alone = await save('nurse', form.id, [from]);
    expect([alone.status, codesOf(alone)]).toEqual([422, ['SVU-39', 'answers-belong-together']]);
    const to = field('self-care-review-to', 'Hälsocentralen', versionOf(form));
    const both = await saved('nurse', form.id, [from, to]);
    const taken = field('self-care-review-to', undefined, versionOf(both));
    expect((await save('nurse', form.id, [taken])).status).toBe(422);
    const none = await saved('nurse', form.id, [
      taken,
      field('self-care-review-from', undefined, versionOf(both)),
    ]);
    expect(answersOf(none)).toEqual({});
  });

  it('PLB-3, PLB-4: its answers give a colour with its reason, seen in the form, the case and the overview by all who take part', async () => {
    const id = await fresh();
    const form = await opened('nurse', id, basis);
    const { known, ...rest } = green;
    const most = await saved('nurse', form.id, fieldsOf(rest, versionOf(form)));
    // Not before every question of the table has its answer.
    expect([trackIn(most), trackIn(await planOf('nurse', id))]).toEqual([undefined, undefined]);
    const all = await saved('healthCentre', form.id, [field('known', known, versionOf(most))]);
    expect(r4Faults(all)).toEqual([]);
    for (const who of ['nurse', 'healthCentre', 'municipality'] as const) {
      const plan = await planOf(who, id);
      expect(r4Faults(plan)).toEqual([]);
      for (const track of [trackIn(all), trackIn(plan)]) {
        expect(codeIn(track, 'colour')).toBe('green');
        expect(track?.extension?.find(({ url }) => url === 'because')?.valueString).toContain('oförändrade');
      }
      const { parameter = [] } = await overviewOf(who, id);
      const part = parameter.find(({ name }) => name === 'track')?.part ?? [];
      expect(part.find(({ name }) => name === 'colour')?.valueCoding?.code).toBe('green');
      expect(await todos(() => hub, who, id)).toContain('decide-on-sip');
    }
    const red = await saved('nurse', form.id, [
      field('extensive-needs', true, versionOf(all)),
      field('extensive-needs-notes', 'Andningshjälpmedel', versionOf(all)),
    ]);
    expect(codeIn(trackIn(red), 'colour')).toBe('red');
    const asked = await todos(() => hub, 'healthCentre', id);
    expect(asked).toEqual(expect.arrayContaining(['invite-to-sip', 'hold-pre-meeting', 'decide-when-sip']));
    expect(asked).not.toContain('decide-on-sip');
    expect((await (await as(hub, 'otherMunicipality')).get(`CarePlan/${id}`)).status).toBe(404);
  });

  it('CON-5: under a refusal neither colour, reason, answer nor to-do of it is seen by any door; consented again all is back', async () => {
    const id = await fresh();
    const form = await opened('nurse', id, basis);
    await saved('nurse', form.id, fieldsOf(green, versionOf(form)));
    expect(codeIn(trackIn(await planOf('healthCentre', id)), 'colour')).toBe('green');
    expect((await (await as(hub, 'nurse')).post('Consent', consent(id, 'refusal'))).status).toBe(201);
    for (const who of ['nurse', 'healthCentre', 'municipality'] as const) {
      const reader = await as(hub, who);
      for (const door of [
        `CarePlan/${id}`,
        `CarePlan/${id}/$overview`,
        `QuestionnaireResponse?based-on=CarePlan/${id}`,
        `Communication?based-on=CarePlan/${id}&_count=100`,
      ]) {
        const text = JSON.stringify((await reader.get(door)).body);
        expect([who, door, text.includes('oförändrade'), text.includes('Bor ensam')]).toEqual([
          who,
          door,
          false,
          false,
        ]);
      }
      expect(await todos(() => hub, who, id)).not.toContain('decide-on-sip');
      expect((await reader.get(`QuestionnaireResponse/${form.id}`)).status).toBe(404);
    }
    expect((await (await as(hub, 'nurse')).post('Consent', consent(id))).status).toBe(201);
    await step('nurse', id, 'publish-admission-notice', { name: 'reason', valueString: 'Höftfraktur' });
    expect(codeIn(trackIn(await planOf('healthCentre', id)), 'colour')).toBe('green');
    const { database } = hub.store;
    const report = await rebuild({ database, registry: everyStream, swap: false, resume: false });
    expect(report.differences).toEqual([]);
  });
});

describe('The planning basis of norrbotten', () => {
  let other: TestHub;
  const cases = inCases(() => other);
  const forms = withForms(() => other);
  beforeAll(async () => {
    other = await hubUnder('norrbotten');
  }, 60_000);
  afterAll(() => other.stop());

  it('PLB-1: with ADL status it is due within 24 hours of the admission notice, and sent with the last required answer that the hospital may write', async () => {
    const id = await cases.published('193406129829');
    const asked = async () => {
      const { body } = await (
        await as(other, 'nurse')
      ).get(`Task?based-on=CarePlan/${id}&code=send-planning-basis`);
      return (body as Bundle<Task>).entry?.[0]?.resource;
    };
    const before = await asked();
    const hours = Date.parse(before?.restriction?.period?.end ?? '') - Date.parse(before?.authoredOn ?? '');
    expect([before?.status, hours / 3_600_000]).toEqual(['requested', 24]);
    const form = await forms.opened('nurse', id, formUrl('planning-basis-norrbotten'));
    const seen = versionOf(form);
    await forms.saved('nurse', form.id, [
      field('patient-description', 'Bor ensam', seen),
      field('new-or-changed-needs', true, seen),
      field('new-or-changed-needs-notes', 'Läggs om varje dag', seen),
    ]);
    expect((await asked())?.status).toBe('requested');
    // The municipality has not written what it gives her at home: the ward answers nothing for it.
    await forms.saved('nurse', form.id, [field('adl-status', 'Behöver hjälp med dusch', seen)]);
    expect((await asked())?.status).toBe('completed');
    // It has no track colour.
    const { body } = await (await as(other, 'nurse')).get(`CarePlan/${id}`);
    expect(trackIn(body as CarePlan)).toBeUndefined();
    const answersForm = await forms.open('healthCentre', id, answers);
    expect([answersForm.status, codesOf(answersForm)]).toEqual([422, ['SVU-32', 'document-not-of-policy']]);
  });
});
