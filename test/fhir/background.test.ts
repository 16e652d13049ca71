import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Bundle, CarePlan, Consent } from 'fhir/r4.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, codesOf, informed, opened, parameters, staff } from '../support/svu.js';
import {
  background,
  decide,
  everybody,
  hub,
  put,
  readers,
  secret,
  step,
  titles,
  told,
} from './background-setup.js';

async function deregister(decision: Consent): Promise<void> {
  const nurse = await as(hub, 'nurse');
  const answer = await nurse.put(`Consent/${decision.id}`, { ...decision, status: 'inactive' });
  expect(answer.status).toBe(200);
}

const unit = (hsaId: string) => ({
  name: 'unit',
  valueReference: { identifier: { system: identifierSystems.hsa, value: hsaId } },
});

describe('a case from its opening to its end', () => {
  const number = '193406129829';
  let id = '';
  let decision: Consent;

  it('ACC-1: no case, no background; and nothing is told on a topic or written in the log when a plan comes', async () => {
    id = await opened(hub, number);
    const last = () =>
      hub.store.database
        .query('select max(position) as last, count(*) as events from event')
        .then(({ rows }) => rows);
    const before = await last();
    await told(number, 1);
    await told(number, 1, { plan: 'cp-2', title: `${secret} 2` });
    expect(await last()).toEqual(before);
    expect(codesOf(await background('nurse', randomUUID()))).toEqual(['ACC-1', 'not-found']);
    expect(codesOf(await background('nurse', 'x'))).toEqual(['ACC-1', 'not-found']);
  });

  it('CON-2: a draft without consent: nobody, the ward itself neither', async () => {
    expect(await readers(id)).toEqual([]);
    expect(codesOf(await background('nurse', id))).toEqual(['CON-5', 'no-background']);
    expect(codesOf(await background('municipality', id))).toEqual(['ACC-1', 'not-found']);
  });

  it('ACC-2: a draft under consent: the hospital side alone', async () => {
    decision = await decide(id);
    expect(await readers(id)).toEqual(['nurse', 'doctor', 'planner']);
  });

  it('ACC-1: published under consent: those who take part, and nobody else', async () => {
    await step('nurse', `CarePlan/${id}/$record-patient-information`, informed);
    await step('nurse', `CarePlan/${id}/$publish-admission-notice`);
    const taking = ['nurse', 'doctor', 'planner', 'healthCentre', 'municipality', 'homeNursing'];
    expect(await readers(id)).toEqual(taking);
    for (const who of everybody) {
      const status = (await (await as(hub, who)).get(`CarePlan/${id}`)).status;
      expect([who, status]).toEqual([who, taking.includes(who) ? 200 : 404]);
    }
  });

  it('ACC-1: a system reads for its units, and for no other', async () => {
    const read = async (...units: string[]) =>
      hub
        .http()
        .get(`/fhir/CarePlan/${id}/$background`)
        .set('authorization', await hub.system(...units));
    expect(titles(await read(staff.municipality.unit))).toHaveLength(2);
    const other = await read(staff.otherMunicipality.unit, staff.otherWard.unit);
    expect([other.status, codesOf(other)]).toEqual([404, ['ACC-1', 'not-found']]);
    expect((await hub.http().get(`/fhir/CarePlan/${id}/$background`)).status).toBe(401);
  });

  it('is a collection of read-only plans that name their journal, valid R4', async () => {
    await told(number, 2, {
      title: 'Samordnad individuell plan',
      categories: [
        { system: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs', code: 'SIP' },
        { display: 'Rehab' },
      ],
      period: { start: '2026-02-27', end: '2026-03-05T11:00:00Z' },
      createdAt: '2026-02-27',
      author: { hsaId: 'SE4999000013-H101', name: 'Vårdcentralen' },
      receivers: [{ name: 'Hemsjukvården' }],
      occurredAt: '2026-03-02T09:00:00.000Z',
    });
    const { body } = await background('healthCentre', id);
    expect(r4Faults(body as Bundle)).toEqual([]);
    const bundle = body as Bundle<CarePlan>;
    expect([bundle.type, bundle.entry?.length, bundle.link, bundle.total]).toEqual([
      'collection',
      2,
      undefined,
      undefined,
    ]);
    const [first] = bundle.entry ?? [];
    expect(first?.resource).toEqual({
      resourceType: 'CarePlan',
      meta: { source: 'urn:hemgang:sender:cosmic', lastUpdated: '2026-03-02T09:00:00.000Z' },
      identifier: [{ system: 'urn:hemgang:sender:cosmic', value: 'cp-1' }],
      status: 'active',
      intent: 'plan',
      category: [
        { coding: [{ system: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs', code: 'SIP' }] },
        { text: 'Rehab' },
      ],
      title: 'Samordnad individuell plan',
      subject: ((await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as CarePlan).subject,
      period: { start: '2026-02-27', end: '2026-03-05T11:00:00Z' },
      created: '2026-02-27',
      author: {
        type: 'Organization',
        identifier: { system: identifierSystems.hsa, value: 'SE4999000013-H101' },
        display: 'Vårdcentralen',
      },
      contributor: [{ type: 'Organization', display: 'Hemsjukvården' }],
    });
    expect(JSON.stringify(body)).not.toContain(number);
    const again = (await background('municipality', id)).body as Bundle;
    expect(again.entry?.map(({ fullUrl }) => fullUrl)).toEqual(bundle.entry?.map(({ fullUrl }) => fullUrl));
  });

  it('a plan that is gone is not among them', async () => {
    await told(number, 3, { gone: true });
    expect(titles(await background('nurse', id))).toEqual([`${secret} 2`]);
  });

  it('ACC-5: each look is in the trail as a read of the patient, each refusal with its rule', async () => {
    const { rows } = await hub.store.database.query<{
      outcome: string;
      unit: string;
      rule: string | null;
      patient: boolean;
      detail: object;
    }>(
      `select outcome, unit, detail ->> 'rule' as rule, person_id is not null as patient, detail from audit_record
        where action = '$background' and case_id = $1`,
      [id],
    );
    const of = (outcome: string, hsaId: string) =>
      rows.filter((row) => row.outcome === outcome && row.unit === hsaId);
    expect(of('success', staff.municipality.unit)[0]).toMatchObject({
      patient: true,
      detail: { resource: `CarePlan/${id}`, plans: 2 },
    });
    expect(new Set(of('refused', staff.otherRegion.unit).map(({ rule }) => rule))).toEqual(
      new Set(['ACC-1']),
    );
    expect(new Set(of('refused', staff.nurse.unit).map(({ rule }) => rule))).toEqual(new Set(['CON-5']));
    expect(JSON.stringify(rows)).not.toContain(secret);
    const reviewer = await hub.user('SE4999000013-P014', 'SE4999000013-W101');
    const patient = ((await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as CarePlan).subject
      .reference;
    const events = await hub
      .http()
      .get(`/fhir/AuditEvent?patient=${patient}&_count=100`)
      .set('authorization', reviewer);
    const looks = (events.body as Bundle).entry?.map(
      ({ resource }) => resource as { subtype?: { code?: string }[]; action?: string },
    );
    expect(
      looks?.filter(({ subtype }) => subtype?.[0]?.code === '$background').map(({ action }) => action),
    ).toContain('R');
  });

  it('no other door shows any of it', async () => {
    const nurse = await as(hub, 'nurse');
    const { subject } = (await nurse.get(`CarePlan/${id}`)).body as CarePlan;
    const [entry] = ((await background('nurse', id)).body as Bundle).entry ?? [];
    const own = entry?.fullUrl?.slice('urn:uuid:'.length);
    const paths: readonly (readonly [string, number])[] = [
      [`CarePlan/${id}`, 200],
      [`CarePlan/${id}/_history`, 200],
      [`CarePlan/${id}/_history/1`, 200],
      [`CarePlan?patient=${subject.reference}&_include=CarePlan:care-team&_include=CarePlan:encounter`, 200],
      [`CarePlan?category=SIP`, 200],
      [`Communication?based-on=CarePlan/${id}`, 200],
      [`Task?owner:identifier=urn:oid:1.2.752.29.4.19|${staff.nurse.unit}&_include=Task:based-on`, 200],
      [`${subject.reference}`, 200],
      [`${subject.reference}/_history`, 200],
      [`CarePlan/${own}`, 404],
      [`CarePlan/${own}/_history`, 404],
      [`CarePlan/$background`, 404],
      [`CarePlan/${id}/$everything`, 404],
      [`${subject.reference}/$everything`, 404],
      [`${subject.reference}/$background`, 404],
      [`CarePlan/${id}/_history/1/$background`, 404],
    ];
    for (const [path, status] of paths) {
      const answer = await nurse.get(path);
      expect([path, answer.status, answer.text.includes(secret)]).toEqual([path, status, false]);
    }
  });

  it('is read by GET, HEAD and POST without parameters, and by nothing else', async () => {
    const authorization = await hub.user(staff.nurse.user, staff.nurse.unit);
    const address = `/fhir/CarePlan/${id}/$background`;
    const http = () => hub.http();
    const head = await http().head(address).set('authorization', authorization);
    expect([head.status, head.text]).toEqual([200, undefined]);
    const nurse = await as(hub, 'nurse');
    expect(titles(await nurse.post(address.slice('/fhir/'.length), parameters()))).toHaveLength(1);
    expect((await http().post(address).set('authorization', authorization)).status).toBe(200);
    const more = await nurse.post(
      address.slice('/fhir/'.length),
      parameters({ name: 'all', valueBoolean: true }),
    );
    expect([more.status, codesOf(more)]).toEqual([422, ['unknown-operation-parameter']]);
    expect((await nurse.post(address.slice('/fhir/'.length), { resourceType: 'Patient' })).status).toBe(400);
    expect((await nurse.get(`${address.slice('/fhir/'.length)}?_include=x`)).status).toBe(400);
    for (const method of ['put', 'patch', 'delete'] as const) {
      const answer = await http()[method](address).set('authorization', authorization);
      expect([method, answer.status, answer.headers['allow']]).toEqual([method, 405, 'GET, HEAD, POST']);
    }
  });

  it('CON-8: consent withdrawn: nobody, while the case stays readable; with a new decision again', async () => {
    await deregister(decision);
    expect(await readers(id)).toEqual([]);
    expect((await (await as(hub, 'municipality')).get(`CarePlan/${id}`)).status).toBe(200);
    expect(codesOf(await background('municipality', id))).toEqual(['CON-5', 'no-background']);

    await step('nurse', `CarePlan/${id}/$add-participant`, parameters(unit(staff.otherHealthCentre.unit)));
    expect(codesOf(await background('otherHealthCentre', id))).toEqual(['ACC-1', 'not-found']);
    decision = await decide(id);
    expect(await readers(id)).toContain('otherHealthCentre');
  });

  it('ACC-7: a unit that is removed loses it at once', async () => {
    const removed = parameters(unit(staff.otherHealthCentre.unit), { name: 'confirmed', valueBoolean: true });
    await step('nurse', `CarePlan/${id}/$remove-participant`, removed);
    expect(codesOf(await background('otherHealthCentre', id))).toEqual(['ACC-1', 'not-found']);
  });

  it('SVU-21: an ended case has none, whatever lies in the table', async () => {
    await step(
      'nurse',
      `CarePlan/${id}/$discharge`,
      parameters(
        { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
        { name: 'form', valueCode: 'early-end' },
        { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
      ),
    );
    await put(id);
    expect(await readers(id)).toEqual([]);
    expect((await (await as(hub, 'municipality')).get(`CarePlan/${id}`)).status).toBe(200);
    await step('nurse', `CarePlan/${id}/$undo-discharge`);
    expect(await readers(id)).toContain('municipality');
  });

  it('CON-5: refused: nobody, whatever lies in the table, while the minimum stays readable', async () => {
    await decide(id, 'refusal');
    await put(id);
    expect(await readers(id)).toEqual([]);
    expect((await (await as(hub, 'healthCentre')).get(`CarePlan/${id}`)).status).toBe(200);
    expect(codesOf(await background('healthCentre', id))).toEqual(['CON-5', 'no-background']);
  });

  it('SVU-6: annulled: nobody, whatever lies in the table', async () => {
    await step('nurse', `CarePlan/${id}/$annul`);
    await put(id);
    expect(await readers(id)).toEqual([]);
  });
});
