import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEvent, Bundle, CodeSystem, Coding, OperationOutcome } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { canonicalBase, codeSystems } from '../../src/projection/codes/codes.js';
import { allFaults } from '../../src/fhir/all-faults.js';
import { writeFaults } from '../../src/fhir/write/write-faults.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, carePlan, opened, parameters } from '../support/svu.js';

/** A client acts on codes (docs/fhir.md), so what they mean can be read where they come from. */
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
});
afterAll(() => hub.stop());

const read = (path: string): Promise<Response> =>
  hub
    .http()
    .get(`/fhir/${path}`)
    .then((answer) => answer);
const systems = async (): Promise<readonly CodeSystem[]> =>
  (((await read('CodeSystem')).body as Bundle<CodeSystem>).entry ?? []).flatMap(
    ({ resource }) => resource ?? [],
  );
const knows = (all: readonly CodeSystem[], { system, code }: Coding): boolean =>
  all.some(({ url, concept = [] }) => url === system && concept.some((one) => one.code === code));

describe('the code systems of the hub', () => {
  it('are read without a token, as R4, by id and by canonical', async () => {
    const all = await systems();
    expect(all.length).toBe(Object.keys(codeSystems).length + 3);
    for (const system of all) {
      expect([system.id, r4Faults(system)]).toEqual([system.id, []]);
      expect((await read(`CodeSystem/${system.id}`)).body).toEqual(system);
      const found = (await read(`CodeSystem?url=${system.url}`)).body as Bundle;
      expect(found.entry?.map(({ resource }) => resource)).toEqual([system]);
    }
    expect((await read('CodeSystem/nope')).status).toBe(404);
    expect((await read('CodeSystem?name=refusal')).status).toBe(400);
  });

  it('have every fault, rejection and rule, in two languages', async () => {
    const all = await systems();
    const texts = Object.entries({ ...caseKinds.rejections, ...allFaults, ...writeFaults });
    const faults = all.find(({ id }) => id === 'refusal');
    expect(new Set(faults?.concept?.map(({ code }) => code))).toEqual(new Set(texts.map(([code]) => code)));
    for (const { display, designation } of faults?.concept ?? [])
      expect([display, designation?.[0]?.language, designation?.[0]?.value]).toEqual([
        expect.stringMatching(/\S/u),
        'en',
        expect.stringMatching(/\S/u),
      ]);
    const rules = texts.flatMap(([, text]) => ('rule' in text ? [text.rule] : []));
    expect(all.find(({ id }) => id === 'rule')?.concept?.map(({ code }) => code)).toEqual(
      [...new Set(rules)].sort(),
    );
  });

  it('know each code of answers that refuse, and of the trail', async () => {
    const all = await systems();
    const nurse = await as(hub, 'nurse');
    const id = await opened(hub, '193406129829');
    const refused = [
      await read('Task'),
      await nurse.get('CarePlan/nope'),
      await nurse.get('Task?nope=1'),
      await nurse.post('CarePlan', carePlan('193406129829')),
      await nurse.post('CarePlan', { ...carePlan('194102039817'), status: 'active', note: [{ text: 'x' }] }),
      await nurse.post('CarePlan', { resourceType: 'CarePlan', madeUp: 1 }),
      await nurse.post(`CarePlan/${id}/$publish-admission-notice`, parameters()),
      await nurse.post(`CarePlan/${id}/$annul`, parameters({ name: 'x', valueString: 'y' })),
    ];
    for (const answer of refused) {
      const { issue } = answer.body as OperationOutcome;
      const codings = issue.flatMap(({ details }) => details?.coding ?? []);
      expect([answer.status >= 400, codings.length > 0]).toEqual([true, true]);
      expect(codings.filter((coding) => !knows(all, coding))).toEqual([]);
    }
    const { rows } = await hub.store.database.query<{ person: string }>(
      `select person_id as person from audit_record where case_id = $1 and person_id is not null limit 1`,
      [id],
    );
    const reviewer = await hub.user('SE4999000013-P014', 'SE4999000013-W101');
    const trail = await hub
      .http()
      .get(`/fhir/AuditEvent?patient=Patient/${rows[0]?.person}`)
      .set('authorization', reviewer);
    const subtypes = ((trail.body as Bundle<AuditEvent>).entry ?? []).flatMap(
      ({ resource }) => resource?.subtype ?? [],
    );
    expect(subtypes.map(({ code }) => code)).toContain('$annul');
    const own = subtypes.filter(({ system }) => system !== 'http://hl7.org/fhir/restful-interaction');
    expect(own.every((coding) => coding.system?.startsWith(canonicalBase) && knows(all, coding))).toBe(true);
  });
});
