import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Task } from 'fhir/r4.js';
import { extensions } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, codesOf, consent, parameters, type Who } from '../../support/svu.js';
import { hubUnder, inCases } from '../messages/messages-setup.js';
import { answersOf, field, formUrl, versionOf, withForms, type Form } from './forms-setup.js';

describe.each(['norrbotten', 'vasterbotten'] as const)('The patient information of %s', (policy) => {
  const url = formUrl(`patient-information-${policy}`);
  let hub: TestHub;
  let caseId = '';
  const { published } = inCases(() => hub);
  const { open, opened, save, saved } = withForms(() => hub);
  beforeAll(async () => {
    hub = await hubUnder(policy);
    caseId = await published('193406129829');
  }, 60_000);
  afterAll(() => hub.stop());
  const found = async (who: Who): Promise<readonly Form[]> => {
    const { body } = await (
      await as(hub, who)
    ).get(`QuestionnaireResponse?based-on=CarePlan/${caseId}&questionnaire=${url}`);
    return ((body as Bundle<Form>).entry ?? []).flatMap(({ resource }) => resource ?? []);
  };
  const asked = async (who: Who): Promise<number> => {
    const { body } = await (
      await as(hub, who)
    ).get(`Task?based-on=CarePlan/${caseId}&code=write-patient-information&status=requested`);
    return (body as Bundle<Task>).total ?? 0;
  };

  it('SVU-26: each unit writes what it has planned, with a name and a number to call; all who take part read it', async () => {
    const before = await asked('nurse');
    for (const who of ['healthCentre', 'municipality', 'nurse'] as const) {
      const form = await opened(who, caseId, url);
      expect(r4Faults(form)).toEqual([]);
      const nameAlone = await save(who, form.id, [field('turn-to-name', 'Eva Berg', versionOf(form))]);
      expect([nameAlone.status, codesOf(nameAlone)]).toEqual([422, ['SVU-39', 'answers-belong-together']]);
      const after = await saved(who, form.id, [
        field('planned-measures', `Planerat av ${who}`, versionOf(form)),
        field('turn-to-name', 'Eva Berg', versionOf(form)),
        field('turn-to-number', '0920-00 00 00', versionOf(form)),
      ]);
      // It changes during the whole stay.
      await saved(who, form.id, [field('planned-measures', `Ändrat av ${who}`, versionOf(after))]);
    }
    expect(await asked('nurse')).toBe(before - 3);
    for (const who of ['nurse', 'healthCentre', 'municipality', 'homeNursing'] as const) {
      const plans = (await found(who)).map((form) => String(answersOf(form)['planned-measures']));
      expect(plans.toSorted()).toEqual([
        'Ändrat av healthCentre',
        'Ändrat av municipality',
        'Ändrat av nurse',
      ]);
    }
    const others = (await found('nurse')).find(
      (form) => answersOf(form)['planned-measures'] === 'Ändrat av healthCentre',
    );
    const foreign = await save('nurse', others?.id ?? '', [field('planned-measures', 'x', 1)]);
    expect([foreign.status, codesOf(foreign)]).toEqual([403, ['SVU-26', 'form-of-another-unit']]);
    expect(await found('otherMunicipality')).toEqual([]);
    expect((await open('otherMunicipality', caseId, url)).status).toBe(404);
  });

  it('SVU-26, CON-5: the hospital records that the printed copy is handed over; a refusal hides that, and every part of it', async () => {
    const nurse = await as(hub, 'nurse');
    const handedOverAt = new Date(hub.time.now ?? Date.now()).toISOString();
    const record = (who: Who) =>
      as(hub, who).then((client) =>
        client.post(
          `CarePlan/${caseId}/$record-information-handed-over`,
          parameters(
            { name: 'handedOverAt', valueDateTime: handedOverAt },
            { name: 'to', valueCode: 'patient' },
          ),
        ),
      );
    const foreign = await record('healthCentre');
    expect([foreign.status, codesOf(foreign)]).toEqual([
      403,
      ['SVU-26', 'only-hospital-hands-information-over'],
    ]);
    expect(codesOf(await record('nurse'))).toEqual([]);
    const handedOver = async (who: Who) =>
      ((await (await as(hub, who)).get(`CarePlan/${caseId}`)).body as CarePlan).extension?.find(
        (each) => each.url === extensions.informationHandedOver,
      );
    expect(await handedOver('municipality')).toMatchObject({
      extension: [
        { url: 'at', valueDateTime: handedOverAt },
        { url: 'to', valueCoding: { code: 'patient' } },
      ],
    });
    expect((await nurse.post('Consent', consent(caseId, 'refusal'))).status).toBe(201);
    for (const who of ['nurse', 'healthCentre', 'municipality'] as const) {
      expect(await found(who)).toEqual([]);
      expect(await handedOver(who)).toBeUndefined();
      expect(await asked(who)).toBe(0);
    }
    expect(codesOf(await record('nurse')).at(-1)).toBe('refusal-shares-minimum');
  });
});

it('SVU-37, SVU-39: under vasterbotten granted measures stand with date and time, and who hands the review of self-care over with who takes it', async () => {
  const hub = await hubUnder('vasterbotten');
  try {
    const caseId = await inCases(() => hub).published('193406129829');
    const { opened, save, saved } = withForms(() => hub);
    const form = await opened('municipality', caseId, formUrl('patient-information-vasterbotten'));
    const seen = versionOf(form);
    for (const alone of [
      'granted-measures',
      'granted-from',
      'self-care-review-from',
      'self-care-review-to',
    ]) {
      const refused = await save('municipality', form.id, [field(alone, 'Hemtjänst', seen)]);
      expect([alone, refused.status, codesOf(refused).at(-1)]).toEqual([
        alone,
        422,
        'answers-belong-together',
      ]);
    }
    const all = await saved('municipality', form.id, [
      field('granted-measures', 'Hemtjänst fyra gånger om dagen', seen),
      field('granted-from', '2026-12-07 kl. 13', seen),
      field('self-care-review-from', 'Kirurgavdelningen', seen),
      field('self-care-review-to', 'Hemsjukvården', seen),
    ]);
    expect(Object.keys(answersOf(all))).toHaveLength(4);
  } finally {
    await hub.stop();
  }
}, 60_000);
