import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Consent } from 'fhir/r4.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, consent, informed, parameters, published, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';

/** A day that lies ahead. */
const ahead = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** What earlier versions tell to whom: those who took part then, and nobody who came later (CON-8, CON-5, ACC-2). */

const reason = 'Höftfraktur efter fall';
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

async function step(path: string, body: unknown, who: Who = 'nurse'): Promise<{ id: string }> {
  const answer = await (await as(hub, who)).post(path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body as { id: string };
}

const add = (caseId: string, who: Who) =>
  step(
    `CarePlan/${caseId}/$add-participant`,
    parameters({
      name: 'unit',
      valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff[who].unit } },
    }),
  );

/** Every version that somebody can get hold of, by history and one by one, as text. */
async function everything(who: Who, reference: string): Promise<{ versions: number[]; text: string }> {
  const reader = await as(hub, who);
  const history = await reader.get(`${reference}/_history`);
  const entries = (history.body as Bundle).entry ?? [];
  const versions = entries.map(({ resource }) => Number(resource?.meta?.versionId));
  const read: number[] = [];
  let text = JSON.stringify(history.body);
  for (let version = 1; version <= 30; version += 1) {
    const answer = await reader.get(`${reference}/_history/${version}`);
    if (answer.status === 200) read.push(version);
    text += JSON.stringify(answer.body);
  }
  expect(read).toEqual(versions.toSorted((a, b) => a - b));
  // The number alone says the same, of nothing it is 404 too.
  const counted = await reader.get(`${reference}/_history?_count=0`);
  expect([counted.status, (counted.body as Bundle).total ?? 0]).toEqual([history.status, read.length]);
  expect((counted.body as Bundle).entry).toBeUndefined();
  return { versions: read, text };
}

async function deregister(caseId: string): Promise<void> {
  const nurse = await as(hub, 'nurse');
  const found = await nurse.get(`Consent?data=CarePlan/${caseId}&status=active`);
  const current = (found.body as Bundle).entry?.[0]?.resource as Consent;
  const answer = await nurse.put(`Consent/${current.id}`, { ...current, status: 'inactive' });
  expect(answer.status).toBe(200);
}

describe('earlier versions of a case', () => {
  it('CON-8: are read by those who took part, and not by a unit that joined after them', async () => {
    const id = await published(hub, '193406129829');
    const before = await everything('healthCentre', `CarePlan/${id}`);
    expect(before.text).toContain(reason);
    await step(
      `CarePlan/${id}/$change-planned-discharge`,
      parameters({ name: 'date', valueDate: ahead }, { name: 'reason', valueString: 'Väntar' }),
    );
    await add(id, 'otherMunicipality');
    const late = await everything('otherMunicipality', `CarePlan/${id}`);
    const current = (await (await as(hub, 'otherMunicipality')).get(`CarePlan/${id}`)).body as {
      meta: { versionId: string };
    };
    expect(late.versions).toEqual([Number(current.meta.versionId)]);
    const early = await everything('healthCentre', `CarePlan/${id}`);
    expect(early.versions).toEqual(expect.arrayContaining([...before.versions, ...late.versions]));
  });

  it('CON-5: keep the reason from a unit that joins under refusal', async () => {
    const id = await published(hub, '194102039817');
    await step('Consent', consent(id, 'refusal'));
    await add(id, 'otherMunicipality');
    const late = await everything('otherMunicipality', `CarePlan/${id}`);
    expect(late.versions).toHaveLength(1);
    expect(late.text).not.toContain(reason);
    expect((await everything('municipality', `CarePlan/${id}`)).text).toContain(reason);
  });

  it('CON-8: keep it also from one that joined while no decision stood, once a refusal stands', async () => {
    const id = await published(hub, '194711199846');
    await deregister(id);
    await add(id, 'otherMunicipality');
    expect((await everything('otherMunicipality', `CarePlan/${id}`)).versions).toEqual([]);
    await step('Consent', consent(id, 'refusal'));
    const late = await everything('otherMunicipality', `CarePlan/${id}`);
    expect(late.versions.length).toBeGreaterThan(0);
    expect(late.text).not.toContain(reason);
  });

  it('ACC-2, CON-5: never show a receiver a reason that stood in a draft alone', async () => {
    const plan = await step('CarePlan', carePlan('192908059831'));
    const { id } = plan;
    await step(`CarePlan/${id}/$record-patient-information`, informed);
    await step('Consent', consent(id));
    await step('Consent', consent(id, 'refusal'));
    await step(`CarePlan/${id}/$publish-admission-notice`, parameters());
    for (const who of ['healthCentre', 'municipality'] as const)
      expect((await everything(who, `CarePlan/${id}`)).text).not.toContain(reason);
    await step('Consent', consent(id));
    await step(
      `CarePlan/${id}/$publish-admission-notice`,
      parameters({ name: 'reason', valueString: 'Ny orsak' }),
    );
    const seen = await everything('healthCentre', `CarePlan/${id}`);
    expect(seen.text).toContain('Ny orsak');
    expect(seen.text).not.toContain(reason);
  });

  it('SVU-25, VIEW-6: are all read by the ward that runs it', async () => {
    const id = await published(hub, '193804289860');
    const { versions } = await everything('nurse', `CarePlan/${id}`);
    const receivers = (await everything('otherMunicipality', `CarePlan/${id}`)).versions;
    expect(versions).toEqual(expect.arrayContaining(receivers));
    expect(Math.min(...versions)).toBeLessThan(Math.min(...receivers));
  });
});

describe('a refusal', () => {
  it('CON-5: names no stay, neither in the CarePlan nor in the CareTeam', async () => {
    await hub.tell('journal.stay.v1', {
      kind: 'admitted',
      person: { type: 'personnummer', value: '195209179851' },
      sender: 'TEST',
      visit: 'visit-1',
      messageId: 'm1',
      occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
      ward: staff.nurse.unit,
    } as never);
    const id = await published(hub, '195209179851');
    await step('Consent', consent(id, 'refusal'));
    const reader = await as(hub, 'otherMunicipality');
    const found = await reader.get(`CareTeam?patient=${await personOf(id)}`);
    expect((found.body as Bundle).entry).toHaveLength(1);
    expect(JSON.stringify(found.body)).not.toContain('Encounter');
    expect(JSON.stringify((await reader.get(`CarePlan/${id}`)).body)).not.toContain('Encounter');
  });

  const personOf = async (id: string): Promise<string> =>
    ((await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as { subject: { reference: string } })
      .subject.reference;
});
