import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Communication, FhirResource, Patient, Task } from 'fhir/r4.js';
import { readingOperations } from '../../src/fhir/operations/reading.js';
import { operationDefinitions } from '../support/operations.js';
import { AnnulledCasesAreHidden1700000000077 } from '../../src/persistence/migrations/1700000000077-annulled-cases-are-hidden.js';
import { startHub } from '../support/hub.js';
import type { QueryRunner } from 'typeorm';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, consent, informed, parameters, published, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';

/** A day that lies ahead. */
const ahead = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** VIEW-11: of an annulled case nobody sees anything at any door, and who was told before is told whom it was about. */

const number = '193406129829';
const reason = 'Höftfraktur efter fall';
const types = ['CarePlan', 'CareTeam', 'Consent', 'QuestionnaireResponse', 'Communication', 'Task'] as const;
/** Taking part when it is annulled; one who had left; one who never took part. */
const taking = ['nurse', 'doctor', 'otherWard', 'healthCentre', 'municipality', 'homeNursing'] as const;
const left = 'otherHealthCentre';
const everybody: readonly Who[] = [...taking, left, 'otherMunicipality'];

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

async function step(path: string, body: unknown, who: Who = 'nurse') {
  const answer = await (await as(hub, who)).post(path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body as FhirResource & { id: string };
}
const unitOf = (who: Who) => ({
  name: 'unit',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff[who].unit } },
});
const operate = (id: string, name: string, ...of: Parameters<typeof parameters>) =>
  step(`CarePlan/${id}/$${name}`, parameters(...of));
const annul = (id: string) => operate(id, 'annul', { name: 'reason', valueString: 'Fel patient' });

async function found<Kind extends FhirResource>(who: Who, query: string): Promise<Kind[]> {
  const { body } = await (await as(hub, who)).get(query);
  return ((body as Bundle).entry ?? []).map(({ resource }) => resource as Kind);
}
const kindsOf = (notices: readonly Communication[]) =>
  notices.map(({ category }) => category?.[0]?.coding?.[0]?.code ?? '').toSorted();

describe('An annulled case', () => {
  let id = '';
  let person = '';
  let everything: { type: string; id: string; versions: number }[] = [];

  beforeAll(async () => {
    id = await published(hub, number);
    await operate(id, 'add-participant', unitOf('otherWard'));
    await operate(id, 'add-participant', unitOf(left));
    await operate(
      id,
      'change-planned-discharge',
      { name: 'date', valueDate: ahead },
      {
        name: 'reason',
        valueString: 'Väntar',
      },
    );
    const [todo] = await found<Task>('homeNursing', 'Task?status=requested');
    await (
      await as(hub, 'homeNursing')
    ).put(`Task/${todo?.id}`, { ...todo, status: 'accepted', note: [{ text: 'Ringt dottern' }] });
    await operate(id, 'remove-participant', unitOf(left), { name: 'confirmed', valueBoolean: true });
    const { rows } = await hub.store.database.query<{ type: string; id: string; versions: number }>(
      `select type, id, version as versions from resource where stream_id = $1`,
      [id],
    );
    everything = rows;
    const plan = (await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as {
      subject: { reference: string };
    };
    person = plan.subject.reference;
  });

  it('VIEW-11: tells the one who annuls it that it is revoked', async () => {
    expect(new Set(everything.map(({ type }) => type))).toEqual(
      new Set(['CarePlan', 'CareTeam', 'Consent', 'Communication', 'Task']),
    );
    expect(await annul(id)).toMatchObject({ resourceType: 'CarePlan', id, status: 'revoked' });
  });

  it.each(everybody)('VIEW-11: is hidden from %s by read, vread and history', async (who) => {
    const reader = await as(hub, who);
    for (const { type, id: each, versions } of everything) {
      const paths = [`${type}/${each}`, `${type}/${each}/_history`];
      for (let version = 1; version <= versions; version += 1)
        paths.push(`${type}/${each}/_history/${version}`);
      for (const path of paths) expect([path, (await reader.get(path)).status]).toEqual([path, 404]);
    }
  });

  it.each(everybody)('VIEW-11: is in no list of %s but as the notice that it is annulled', async (who) => {
    const told = who !== 'otherMunicipality';
    for (const type of types) {
      for (const query of ['', `patient=${person}`, '_include=*']) {
        const matches = await found(who, `${type}?${query}`);
        const text = JSON.stringify(matches);
        for (const secret of [reason, 'Väntar', 'Ringt dottern', 'Enheten deltar inte längre'])
          expect([type, query, text.includes(secret)]).toEqual([type, query, false]);
        const own = matches.filter(({ resourceType }) => resourceType === type);
        if (query === '_include=*') continue;
        expect([type, query, own.length]).toEqual([type, query, type === 'Communication' && told ? 1 : 0]);
      }
    }
    const notices = await found<Communication>(who, 'Communication');
    expect(kindsOf(notices)).toEqual(told ? ['annulled'] : []);
  });

  it.each([...taking, left] as const)(
    'VIEW-11: tells %s whom it was about and that nothing is to do',
    async (who) => {
      const [notice] = await found<Communication>(
        who,
        `Communication?category=annulled&_include=Communication:subject`,
      );
      expect(notice?.payload?.[0]?.contentString).toContain('Ingen ytterligare åtgärd behövs');
      expect(notice?.subject).toEqual({ reference: person });
      const { status, body } = await (await as(hub, who)).get(person);
      expect(status).toBe(200);
      expect((body as Patient).identifier?.[0]?.value).toBe(number);
      expect((body as Patient).name?.[0]?.family).toBe('Lindhage');
    },
  );

  it('VIEW-11: tells a unit that never took part nothing, of the person neither', async () => {
    expect((await (await as(hub, 'otherMunicipality')).get(person)).status).toBe(404);
  });

  it.each(everybody)('VIEW-11: takes no step of %s, by any operation, update or decision', async (who) => {
    const writer = await as(hub, who);
    const names = Object.keys(operationDefinitions);
    for (const name of [...names, ...Object.keys(readingOperations)])
      expect([name, (await writer.post(`CarePlan/${id}/$${name}`, parameters())).status]).toEqual([
        name,
        404,
      ]);
    for (const { type, id: each } of everything) {
      if (type !== 'Task') continue;
      const { rows } = await hub.store.database.query<{ content: string }>(
        `select content from resource where type = 'Task' and id = $1`,
        [each],
      );
      const stored = JSON.parse(rows[0]?.content ?? '{}') as Task;
      const answer = await writer.put(`Task/${each}`, { ...stored, status: 'completed' });
      expect([answer.status, JSON.stringify(answer.body).includes(reason)]).toEqual([404, false]);
    }
    expect((await writer.post('Consent', consent(id))).status).toBe(404);
  });

  it('VIEW-11: stays in the store and in the trail, for the retention time', async () => {
    const { rows } = await hub.store.database.query<{ events: number; reads: number }>(
      `select (select count(*)::int from event where stream_id = $1) as events,
        (select count(*)::int from audit_record where case_id = $1) as reads`,
      [id],
    );
    expect(rows[0]?.events).toBeGreaterThan(5);
    expect(rows[0]?.reads).toBeGreaterThan(5);
  });

  it('SVU-2, VIEW-11: gives way to another case of the person, which shows nothing of it', async () => {
    const next = await published(hub, number);
    expect(await found('healthCentre', 'CarePlan')).toMatchObject([{ id: next }]);
    expect(kindsOf(await found('healthCentre', 'Communication'))).toEqual(['admission-notice', 'annulled']);
  });
});

describe('Who is told of an annulment', () => {
  it('ACC-2, VIEW-11: of a draft the hospital alone, also who annulled it', async () => {
    const { id } = await step('CarePlan', carePlan('194102039817'));
    await operate(id, 'add-participant', unitOf('otherWard'));
    await operate(id, 'annul', { name: 'reason', valueString: 'Fel patient' });
    for (const who of ['nurse', 'otherWard'] as const) {
      const notices = await found<Communication>(who, `Communication?based-on=CarePlan/${id}`);
      expect([who, kindsOf(notices)]).toEqual([who, ['annulled']]);
      expect(notices[0]?.payload?.[0]?.contentString).toContain('Orsak: Fel patient');
      expect((await (await as(hub, who)).get(notices[0]?.subject?.reference ?? '')).status).toBe(200);
    }
    expect(await found('municipality', `Communication?based-on=CarePlan/${id}`)).toEqual([]);
  });

  it('PAT-13: of a case of the wrong patient, all who were told, by code, also after the discharge', async () => {
    const id = await published(hub, '194711199846');
    await operate(
      id,
      'discharge',
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'early-end' },
    );
    await operate(id, 'annul', { name: 'wrongPatient', valueBoolean: true });
    const [notice] = await found<Communication>('homeNursing', `Communication?based-on=CarePlan/${id}`);
    expect(notice?.payload?.[0]?.contentString).toContain('Ärendet öppnades på fel patient');
    expect((await (await as(hub, 'homeNursing')).get(notice?.subject?.reference ?? '')).status).toBe(200);
    for (const who of ['nurse', 'homeNursing'] as const)
      expect((await (await as(hub, who)).get(`CarePlan/${id}`)).status).toBe(404);
  });

  it('CON-8, VIEW-11: a unit that never learnt who the patient is, is told without her', async () => {
    const { id, subject } = (await step('CarePlan', carePlan('194711199846'))) as unknown as {
      id: string;
      subject: { reference: string };
    };
    await operate(id, 'record-patient-information', ...(informed.parameter ?? []));
    const { id: decision } = await step('Consent', consent(id));
    await operate(id, 'publish-admission-notice');
    const nurse = await as(hub, 'nurse');
    const stored = (await nurse.get(`Consent/${decision}`)).body as object;
    expect((await nurse.put(`Consent/${decision}`, { ...stored, status: 'inactive' })).status).toBe(200);
    await operate(id, 'add-participant', unitOf('otherMunicipality'));
    await operate(id, 'annul');
    const [notice, ...more] = await found<Communication>(
      'otherMunicipality',
      `Communication?based-on=CarePlan/${id}`,
    );
    expect([kindsOf([notice as Communication]), more, notice?.subject]).toEqual([
      ['annulled'],
      [],
      undefined,
    ]);
    expect((await (await as(hub, 'otherMunicipality')).get(subject.reference)).status).toBe(404);
    expect((await (await as(hub, 'homeNursing')).get(subject.reference)).status).toBe(200);
  });
});

describe('A case annulled before it was hidden', () => {
  it('VIEW-11: is hidden by the migration, as one annulled today', async () => {
    const id = await published(hub, '192908059831');
    await annul(id);
    const { database } = hub.store;
    const grants = async () =>
      (
        await database.query(
          `select scope, unit, hospital, content from access_grant where stream_id = $1 order by scope, unit`,
          [id],
        )
      ).rows;
    const scopes = async () =>
      (
        await database.query(
          `select id, scope from resource where stream_id = $1
           union all select id, scope from resource_version where stream_id = $1 order by id, scope`,
          [id],
        )
      ).rows;
    const [today, own] = [await grants(), await scopes()];
    // As it was: everything in the case's scope, which everybody who took part could read.
    for (const table of ['resource', 'resource_version'])
      await database.query(`update ${table} set scope = $1 where stream_id = $1`, [id]);
    await database.query(`delete from access_grant where stream_id = $1`, [id]);
    await database.query(
      `insert into access_grant (scope, unit, stream_id, hospital, content)
       select $1, unit, $1, false, true from unnest($2::text[]) as unit`,
      [
        id,
        Object.values(staff)
          .map(({ unit }) => unit)
          .filter((unit, at, all) => all.indexOf(unit) === at),
      ],
    );
    await new AnnulledCasesAreHidden1700000000077().up(database as unknown as QueryRunner);
    expect([await grants(), await scopes()]).toEqual([today, own]);
  });
});
