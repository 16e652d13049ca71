import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.js';
import { as, carePlan, opened, parameters, published } from '../support/svu.js';

/** R4's primitives know four spaces, those of XML Schema. Every other one is a character of a text, as it comes from Word and from forms. */

const spaces = [0xa0, 0x1680, 0x2002, 0x2009, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff, 0x85];
const text = `ett${spaces.map((code) => `${String.fromCodePoint(code)}ord`).join('')}`;
let hub: TestHub;
let nurse: Awaited<ReturnType<typeof as>>;
beforeAll(async () => {
  hub = await startHub();
  nurse = await as(hub, 'nurse');
});
afterAll(() => hub.stop());

describe('a text with spaces of Unicode is taken as it is', () => {
  it('of a new case', async () => {
    const answer = await nurse.post('CarePlan', { ...carePlan('194505099921'), description: text });
    expect([answer.status, answer.body.description]).toEqual([201, text]);
  });

  it('of an operation', async () => {
    const draft = await opened(hub, '194711199846');
    const answer = await nurse.post(
      `CarePlan/${draft}/$annul`,
      parameters({ name: 'reason', valueString: text }),
    );
    expect(answer.status).toBe(200);
  });

  it('of a to-do', async () => {
    const caseId = await published(hub, '193406129829');
    const centre = await as(hub, 'healthCentre');
    const [todo] = await centre.todos(caseId);
    const { body } = await centre.get(`Task/${todo?.id}`);
    const answer = await centre.put(`Task/${todo?.id}`, { ...body, note: [{ text }] });
    expect(answer.status).toBe(200);
  });
});

it.each([' ', '\t', '\n'])(
  'a code with %j at an end is no code, in a URI it stands nowhere',
  async (space) => {
    const plan = carePlan('194401309887');
    const [category] = plan.category ?? [];
    const [coding] = category?.coding ?? [];
    for (const wrong of [
      { ...coding, code: `${coding?.code}${space}` },
      { ...coding, system: `${coding?.system}${space}x` },
    ])
      expect((await nurse.post('CarePlan', { ...plan, category: [{ coding: [wrong] }] })).status).toBe(400);
  },
);

it('a number with such spaces between its digits is found all the same (PAT-13)', async () => {
  for (const code of spaces) {
    const number = '194401309887'.split('').join(String.fromCodePoint(code));
    const answer = await nurse.post('CarePlan', { ...carePlan('194401309887'), description: number });
    expect([code.toString(16), answer.status]).toEqual([code.toString(16), 422]);
  }
});
