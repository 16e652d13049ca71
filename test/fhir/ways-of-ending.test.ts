import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Communication } from 'fhir/r4.js';
import { extensions } from '../../src/projection/codes/codes.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, parameters, published } from '../support/svu.js';
import { refusalsIn } from './course/world.js';

/** SVU-21: what the hospital is asked as a case ends, and what everybody reads of it afterwards. */

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const ended = new Date(Date.now() - 60_000).toISOString();
const at = { name: 'dischargedAt', valueDateTime: ended };
const form = (valueCode: string) => ({ name: 'form', valueCode });
const to = (valueString: string) => ({ name: 'dischargedTo', valueString });
const confirm = (valueCode: string) => ({ name: 'confirmedWarning', valueCode });

const ways = [
  {
    way: 'a death: nothing is asked but when',
    number: '193406129829',
    sent: [at, form('early-end')],
    words: /^Avslut i förtid\nAvslutat: \d{4}-\d{2}-\d{2} kl\. \d{2}\.\d{2}$/u,
    place: undefined,
  },
  {
    way: 'moved to another hospital: the comment may say where to',
    number: '194102039817',
    sent: [at, form('early-end'), { name: 'comment', valueString: 'Lunds lasarett' }],
    words: /^Avslut i förtid\nAvslutat: .*\nKommentar: Lunds lasarett$/u,
    place: undefined,
  },
  {
    way: 'home: where to is asked, and who calls to the SIP',
    number: '194711199846',
    sent: [at, form('discharge'), to('Ordinärt boende'), confirm('no-contact-calls-to-sip')],
    words: /^Utskrivningsmeddelande\nUtskriven: .*\nUtskriven till: Ordinärt boende$/u,
    place: 'Ordinärt boende',
  },
] as const;

describe('A case ends', () => {
  it('SVU-21: early with no place that the patient is discharged to', async () => {
    const id = await published(hub, '194401309887');
    const sent = parameters(at, form('early-end'), to('Ordinärt boende'));
    const placed = await (await as(hub, 'nurse')).post(`CarePlan/${id}/$discharge`, sent);
    expect([placed.status, refusalsIn(placed.text)]).toEqual([422, ['discharged-to-of-early-end']]);
  });

  it.each(ways)('SVU-21: by $way', async ({ number, sent, words, place }) => {
    const id = await published(hub, number);
    const nurse = await as(hub, 'nurse');
    // Each thing that is asked is asked for by name as it is left out.
    for (const left of sent) {
      if (left.name === 'comment') continue;
      const answer = await nurse.post(
        `CarePlan/${id}/$discharge`,
        parameters(...sent.filter((each) => each !== left)),
      );
      const asked = {
        dischargedAt: 'required',
        form: 'required',
        dischargedTo: 'discharged-to-required',
        confirmedWarning: 'no-contact-calls-to-sip',
      }[left.name];
      expect([left.name, answer.status, refusalsIn(answer.text)]).toEqual([left.name, 422, [asked]]);
    }
    const answer = await nurse.post(`CarePlan/${id}/$discharge`, parameters(...sent));
    expect(answer.status).toBe(200);
    const plan = answer.body as CarePlan;
    expect(r4Faults(plan)).toEqual([]);
    const how = plan.extension?.find(({ url }) => url === extensions.discharge)?.extension ?? [];
    expect(how.find(({ url }) => url === 'dischargedTo')?.valueString).toBe(place);
    for (const who of ['nurse', 'municipality', 'homeNursing'] as const) {
      const { body } = await (
        await as(hub, who)
      ).get(`Communication?based-on=CarePlan/${id}&category=discharge`);
      const notices = ((body as Bundle).entry ?? []).map(({ resource }) => resource as Communication);
      expect(notices).toHaveLength(1);
      expect(notices[0]?.payload?.[0]?.contentString).toMatch(words);
    }
  });

  it('SVU-21: a code that is no warning is refused, and not passed over', async () => {
    const id = await published(hub, '192908059831');
    const sent = [
      at,
      form('discharge'),
      to('Ordinärt boende'),
      confirm('no-contact-calls-to-sip'),
      confirm('nonsense'),
    ];
    const answer = await (await as(hub, 'nurse')).post(`CarePlan/${id}/$discharge`, parameters(...sent));
    expect([answer.status, refusalsIn(answer.text)]).toEqual([422, ['value-not-taken']]);
  });
});
