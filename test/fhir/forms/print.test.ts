import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Binary } from 'fhir/r4.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { readPdf } from '../../support/pdf.js';
import { as, codesOf, consent, published, staff, type Who } from '../../support/svu.js';
import { field, versionOf, withForms, type Form } from './forms-setup.js';

/** A form on paper (VIEW-7), through the door. */
let hub: TestHub;
let id: string;
let form: Form;
const forms = withForms(() => hub);
beforeAll(async () => {
  hub = await startHub();
  id = await published(hub, '193406129829');
  form = await forms.opened('nurse', id);
  await forms.saved('nurse', form.id, [field('mobility-current', 'Går med rollator, åäö', versionOf(form))]);
});
afterAll(() => hub.stop());

const print = async (who: Who, of = form.id) =>
  (await as(hub, who)).get(`QuestionnaireResponse/${of}/$print`);

describe('A form on paper', () => {
  it.each(['nurse', 'healthCentre', 'municipality'] as const)(
    'VIEW-7: is printed for %s as the form reads',
    async (who) => {
      const answer = await print(who);
      expect([answer.status, codesOf(answer)]).toEqual([200, []]);
      const { contentType, data = '' } = answer.body as Binary;
      expect(contentType).toBe('application/pdf');
      const { pages, title } = await readPdf(Buffer.from(data, 'base64'));
      const text = pages.join(' ');
      const person = await (await as(hub, who)).get(form.subject?.reference ?? '');
      const name = (person.body as { name: [{ text: string }] }).name[0].text;
      for (const said of [name, 'Går med rollator, åäö', 'Inte ifyllt']) expect(text).toContain(said);
      expect(title).not.toContain(name);
    },
  );

  it('ACC-1, ACC-5: a unit that takes no part gets nothing, and who tried is written down', async () => {
    const answer = await print('otherMunicipality');
    expect([answer.status, codesOf(answer)]).toEqual([404, ['ACC-1', 'not-found']]);
    expect(answer.headers['content-type']).toContain('fhir+json');
    const { rows } = await hub.store.database.query<{ outcome: string; unit: string }>(
      `select distinct outcome, unit from audit_record where action = '$print' and outcome = 'refused'`,
    );
    expect(rows).toEqual([{ outcome: 'refused', unit: staff.otherMunicipality.unit }]);
  });

  it('CON-5: under a refusal it is no more to be had than the form', async () => {
    expect((await (await as(hub, 'nurse')).post('Consent', consent(id, 'refusal'))).status).toBe(201);
    for (const who of ['nurse', 'healthCentre', 'municipality'] as const) {
      const read = await (await as(hub, who)).get(`QuestionnaireResponse/${form.id}`);
      expect([who, (await print(who)).status]).toEqual([who, read.status]);
    }
  });
});
