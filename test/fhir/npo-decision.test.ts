import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Parameters } from 'fhir/r4.js';
import type { TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, codesOf, parameters, published, type Who } from '../support/svu.js';
import { hubUnder } from './messages/messages-setup.js';

/** CON-9, CON-16 over FHIR: the patient's word on NPÖ, and who reads it. */
let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await hubUnder('norrbotten');
  id = await published(hub, '193406129829');
}, 60_000);
afterAll(() => hub.stop());

const said = parameters(
  { name: 'agrees', valueBoolean: false },
  { name: 'form', valueCode: 'oral' },
  { name: 'givenBy', valueCode: 'patient' },
);
const read = async (who: Who) => (await as(hub, who)).get(`CarePlan/${id}/$npo-decision`);
const answers = async (...whos: readonly Who[]) => {
  const all: unknown[] = [];
  for (const who of whos) {
    const answer = await read(who);
    all.push([who, answer.status, ...codesOf(answer)]);
  }
  return all;
};

it('CON-9 (norrbotten), CON-16: is read by the hospital and municipal health care alone, once it is recorded', async () => {
  const hidden = ['CON-16', 'no-npo-decision'];
  expect(await answers('nurse', 'homeNursing')).toEqual([
    ['nurse', 404, ...hidden],
    ['homeNursing', 404, ...hidden],
  ]);
  const done = await (await as(hub, 'nurse')).post(`CarePlan/${id}/$record-npo-decision`, said);
  expect([done.status, codesOf(done)]).toEqual([200, []]);
  expect(await answers('nurse', 'homeNursing', 'municipality', 'healthCentre', 'otherMunicipality')).toEqual([
    ['nurse', 200],
    ['homeNursing', 200],
    ['municipality', 404, ...hidden],
    ['healthCentre', 404, ...hidden],
    ['otherMunicipality', 404, 'ACC-1', 'not-found'],
  ]);
  const shown = (await read('homeNursing')).body as Parameters;
  expect(r4Faults(shown)).toEqual([]);
  expect(shown.parameter).toEqual(expect.arrayContaining([{ name: 'agrees', valueBoolean: false }]));
});

it('CON-16: nothing else of the case says it, to anybody', async () => {
  for (const who of ['municipality', 'healthCentre', 'homeNursing'] as const) {
    const reader = await as(hub, who);
    for (const path of [
      `CarePlan/${id}`,
      `Communication?based-on=CarePlan/${id}`,
      `CarePlan/${id}/$overview`,
    ])
      expect([who, path, (await reader.get(path)).text]).toEqual([
        who,
        path,
        expect.not.stringMatching(/npo/iu),
      ]);
  }
});
