import { describe, expect, it } from '@jest/globals';
import type { Consent } from 'fhir/r4.js';
import { assessment } from '../support/harm-assessment.js';
import { as, carePlan, codesOf, consent, opened, parameters, published } from '../support/svu.js';
import { ahead, hub, person } from './steps-setup.js';

/** Of a municipality that the home nursing of the tests serves. */
const borje = '194102039817';

type Stored = Consent & { readonly id: string };

const overRefusal = [422, ['CON-6', 'harm-assessment-over-refusal']];

/** Registers a refusal in a case, as the hub answers it. */
async function refused(caseId: string): Promise<Stored> {
  const { status, body } = await (await as(hub, 'nurse')).post('Consent', consent(caseId, 'refusal'));
  expect(status).toBe(201);
  return body as Stored;
}

const put = async (decision: Stored, status: Consent['status'], who: 'nurse' | 'homeNursing' = 'nurse') =>
  (await as(hub, who)).put(`Consent/${decision.id}`, { ...decision, status });

const assess = async (caseId: string) => (await as(hub, 'nurse')).post('Consent', assessment(caseId));

describe('CON-6: after a no', () => {
  it('CON-6, CON-13: a refusal that is deregistered alone lets no harm assessment follow; a consent does', async () => {
    const id = await published(hub, borje);
    const no = await refused(id);
    const receiver = await put(no, 'entered-in-error', 'homeNursing');
    expect([receiver.status, codesOf(receiver)]).toEqual([403, ['CON-8', 'only-hospital-deregisters']]);
    expect((await put(no, 'inactive')).body.status).toBe('inactive');
    const answer = await assess(id);
    expect([answer.status, codesOf(answer)]).toEqual(overRefusal);
    expect(answer.body.issue[0].expression).toEqual(['Consent.category']);
    expect((await (await as(hub, 'nurse')).post('Consent', consent(id))).status).toBe(201);
  });

  it.each(['active', 'inactive'] as const)(
    'CON-6: one registered by mistake is marked so while it is %s, and stays so',
    async (was) => {
      const id = await published(hub, person());
      const no = await refused(id);
      if (was === 'inactive') await put(no, 'inactive');
      const receiver = await put(no, 'entered-in-error', 'homeNursing');
      expect([receiver.status, codesOf(receiver)]).toEqual([403, ['CON-8', 'only-hospital-deregisters']]);
      const marked = await put(no, 'entered-in-error');
      expect([marked.status, marked.body.status]).toEqual([200, 'entered-in-error']);
      const again = await put(no, 'entered-in-error');
      expect([again.status, again.body.meta.versionId]).toEqual([200, marked.body.meta.versionId]);
      for (const status of ['inactive', 'active'] as const) {
        const back = await put(no, status);
        expect([back.status, back.body.issue[0].expression]).toEqual([422, ['Consent.status']]);
      }
      const found = await (await as(hub, 'nurse')).get(`Consent?data=CarePlan/${id}&status=entered-in-error`);
      expect(found.body.entry.map((each: { resource: Stored }) => each.resource.id)).toEqual([no.id]);
      expect((await assess(id)).status).toBe(201);
    },
  );

  it('CON-6, CON-14: a case that is annulled and opened anew for the same stay keeps the no', async () => {
    const number = person();
    const first = await opened(hub, number);
    await refused(first);
    const nurse = await as(hub, 'nurse');
    expect((await nurse.post(`CarePlan/${first}/$annul`, undefined)).status).toBe(200);
    const second = await opened(hub, number);
    const answer = await assess(second);
    expect([answer.status, codesOf(answer)]).toEqual(overRefusal);
    expect((await nurse.post('Consent', consent(second))).status).toBe(201);
    expect((await assess(second)).status).toBe(201);
  });

  it('CON-6, CON-14: the no counts whatever time of admission the next case states, also after an early end', async () => {
    const number = person();
    const first = await published(hub, number);
    await refused(first);
    const nurse = await as(hub, 'nurse');
    const ended = parameters(
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'early-end' },
    );
    expect((await nurse.post(`CarePlan/${first}/$discharge`, ended)).status).toBe(200);
    const period = { start: new Date().toISOString(), end: ahead };
    const second = await nurse.post('CarePlan', carePlan(number, { period }));
    const answer = await assess(second.body.id as string);
    expect([answer.status, codesOf(answer)]).toEqual(overRefusal);
  });

  it('CON-6, CON-14: the no of an earlier stay is not that of a new one', async () => {
    const number = person();
    const first = await published(hub, number);
    await refused(first);
    const nurse = await as(hub, 'nurse');
    const ended = parameters(
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'discharge' },
      { name: 'dischargedTo', valueString: 'Ordinärt boende' },
    );
    expect((await nurse.post(`CarePlan/${first}/$discharge`, ended)).status).toBe(200);
    const period = { start: new Date().toISOString(), end: ahead };
    const second = await nurse.post('CarePlan', carePlan(number, { period }));
    expect((await assess(second.body.id as string)).status).toBe(201);
  });
});
