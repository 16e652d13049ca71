import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OperationOutcome } from 'fhir/r4.js';
import { retryAddressing } from '../../src/cases/jobs/address-retry.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import { extensions } from '../../src/projection/codes/codes.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, opened, staff } from '../support/svu.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.population.recover();
  await hub.listing.recover();
});

/** Everything the hub could have kept about somebody. */
async function stored(): Promise<Record<string, number>> {
  const { rows } = await hub.store.database.query<Record<string, number>>(
    `select (select count(*) from event) as events, (select count(*) from person_identity) as identities,
       (select count(*) from person_copy) as copies, (select count(*) from resource) as resources,
       (select count(*) from register_reading) as readings`,
  );
  return rows[0] ?? {};
}

/** The units that take part; a draft's receivers do not see it yet (ACC-2). */
async function units(caseId: string): Promise<readonly string[]> {
  const { rows } = await hub.store.database.query<{ unit: string }>(
    `select json_object_keys(state -> 'participants') as unit from stream where id = $1 order by unit`,
    [caseId],
  );
  return rows.map(({ unit }) => unit);
}

/** Where the answer points to the resource that stands in the way. */
const referenceIn = ({ issue: [issue] }: OperationOutcome): unknown =>
  issue?.extension?.find(({ url }) => url === extensions.inTheWay)?.valueReference;

describe('the person', () => {
  it.each([
    ['PAT-3', 'personal-number-length', '3406129829'],
    ['PAT-3', 'personal-number-date', '193413129829'],
    ['PAT-3', 'personal-number-check-digit', '193406129828'],
    ['PAT-4', 'reserve-number', '98240301AA06'],
  ])('%s: %s is refused before any lookup, and nothing is kept', async (rule, code, number) => {
    const [before, asked] = [await stored(), hub.population.questions()];
    const answer = await (await as(hub, 'nurse')).post('CarePlan', carePlan(number));
    expect([answer.status, codesOf(answer)]).toEqual([422, [rule, code]]);
    expect(answer.body.issue[0].expression).toEqual(['CarePlan.subject.identifier']);
    expect(answer.text).not.toContain(number);
    expect(await stored()).toEqual(before);
    expect(hub.population.questions()).toBe(asked);
  });

  it('PAT-11: of one under 18 a case is opened where her municipality handles minors, and nowhere else', async () => {
    const directory = hub.cases.directory as LiveDirectory;
    const { organisation } = directory;
    const open = async () => (await as(hub, 'nurse')).post('CarePlan', carePlan('201208189983'));
    const off = organisation.municipalities.map(({ minors: _on, ...each }) => each);
    directory.replace({ ...organisation, municipalities: off });
    const before = await stored();
    const answer = await open();
    directory.replace(organisation);
    expect([answer.status, codesOf(answer)]).toEqual([422, ['PAT-11', 'minor-not-handled']]);
    expect(answer.body.issue[0].expression).toEqual(['CarePlan.subject.identifier']);
    expect(await stored()).toEqual(before);
    expect((await open()).status).toBe(201);
  });

  it('PAT-7: one who was dead before the hub met her is shown as dead, and the ward is asked at opening', async () => {
    const nurse = await as(hub, 'nurse');
    const id = await opened(hub, '190503279812');
    const { subject } = (await nurse.get(`CarePlan/${id}`)).body as { subject: { reference: string } };
    expect((await nurse.get(subject.reference)).body.deceasedBoolean).toBe(true);
    const asked = (await nurse.todos(id)).map((todo) => JSON.stringify(todo));
    expect(asked.filter((todo) => todo.includes('review-register-change'))).toEqual([
      expect.stringContaining('deceased'),
    ]);
  });

  it('PAT-1: a number that the register does not know cannot be registered', async () => {
    const before = await stored();
    const answer = await (await as(hub, 'nurse')).post('CarePlan', carePlan('190001019801'));
    expect([answer.status, codesOf(answer)]).toEqual([422, ['PAT-1', 'person-unknown']]);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['sekretessmarkering', '196603259802'],
    ['skyddad folkbokföring', '197109079934'],
  ])('PAT-5: %s is refused, points to the manual routine, and nothing is kept', async (_, number) => {
    const [before, listingsAsked] = [await stored(), hub.listing.questions()];
    const answer = await (await as(hub, 'nurse')).post('CarePlan', carePlan(number));
    expect([answer.status, codesOf(answer)]).toEqual([422, ['PAT-5', 'person-protected']]);
    expect(answer.text).toContain('manuella rutinen');
    expect(answer.text).not.toContain(number);
    expect(await stored()).toEqual(before);
    expect(hub.listing.questions()).toBe(listingsAsked);
  });

  it('PAT-5: a register that leaves out the protection leaves the person unregistered', async () => {
    await hub.population.fail('missing-flags', 1);
    const before = await stored();
    const answer = await (await as(hub, 'nurse')).post('CarePlan', carePlan('194711199846'));
    expect([answer.status, codesOf(answer)]).toEqual([422, ['PAT-5', 'person-protected']]);
    expect(await stored()).toEqual(before);
  });

  it('PAT-2: name and address come from the register', async () => {
    const id = await opened(hub, '192908059831');
    const nurse = await as(hub, 'nurse');
    const plan = await nurse.get(`CarePlan/${id}`);
    expect(plan.body.subject).toEqual({ reference: expect.stringMatching(/^Patient\//) });
    const patient = await nurse.get(plan.body.subject.reference);
    expect(patient.body.name[0].family).toBe('Örnmark');
    expect(patient.body.address[0].city).toBe('LJUNGÅSA');
  });

  it('a register that is down is 503 with Retry-After, nothing is kept, and a repeat with the same key succeeds', async () => {
    const nurse = await as(hub, 'nurse');
    const before = await stored();
    await hub.population.fail('VP009');
    const down = await nurse.post('CarePlan', carePlan('195209179851'), { key: 'down-then-up' });
    expect([down.status, codesOf(down)]).toEqual([503, ['dependency-unavailable']]);
    expect(Number(down.headers['retry-after'])).toBeGreaterThan(0);
    expect(await stored()).toEqual(before);
    await hub.population.recover();
    const up = await nurse.post('CarePlan', carePlan('195209179851'), { key: 'down-then-up' });
    expect(up.status).toBe(201);
  });
});

describe('the case', () => {
  it.each(['healthCentre', 'municipality'] as const)('SVU-1: %s cannot open an SVU', async (who) => {
    const asked = hub.population.questions();
    const answer = await (await as(hub, who)).post('CarePlan', carePlan('193406129829'));
    expect([answer.status, codesOf(answer)]).toEqual([403, ['SVU-1', 'not-a-hospital-unit']]);
    expect(hub.population.questions()).toBe(asked);
  });

  it('SVU-3, SVU-5: the draft carries dates and reason, and says when the notice is due', async () => {
    const plan = carePlan('194401309887');
    const answer = await (await as(hub, 'nurse')).post('CarePlan', plan);
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toContain(`/CarePlan/${answer.body.id}/_history/1`);
    expect(answer.headers['etag']).toMatch(/^W\/"\d+"$/);
    expect(answer.body).toMatchObject({
      status: 'draft',
      period: plan.period,
      description: plan.description,
    });
    const due = answer.body.extension.find(({ url }: { url: string }) =>
      url.endsWith('admission-notice-due'),
    );
    expect(Date.parse(due.valueDateTime) - Date.parse(plan.period?.start ?? '')).toBe(24 * 3600_000);
  });

  it('SVU-2: a second open SVU is refused and points to the first, for one who takes part', async () => {
    const first = await opened(hub, '193804289860');
    const again = await (await as(hub, 'nurse')).post('CarePlan', carePlan('193804289860'));
    expect([again.status, codesOf(again)]).toEqual([409, ['SVU-2', 'svu-already-open']]);
    expect(referenceIn(again.body)).toEqual({ reference: `CarePlan/${first}` });
    expect((await (await as(hub, 'nurse')).get(`CarePlan/${first}`)).status).toBe(200);
    const elsewhere = await (await as(hub, 'otherRegion')).post('CarePlan', carePlan('193804289860'));
    expect([elsewhere.status, codesOf(elsewhere)]).toEqual([409, ['SVU-2', 'svu-open-elsewhere']]);
    expect(elsewhere.text).not.toContain(first);
    expect(referenceIn(elsewhere.body)).toBeUndefined();
  });

  it('SVU-2: of many who open at the same moment one succeeds', async () => {
    const nurse = await as(hub, 'nurse');
    const other = await as(hub, 'otherWard');
    const answers = await Promise.all(
      [nurse, other, nurse, other, nurse, other].map((each) =>
        each.post('CarePlan', carePlan('195007149908')),
      ),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual([
      '201',
      '409',
      '409',
      '409',
      '409',
      '409',
    ]);
    const { rows } = await hub.store.database.query(
      `select distinct person_id from stream where type = 'svu' and id = $1`,
      [answers.find(({ status }) => status === 201)?.body.id],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('addressing', () => {
  it('ADR-1, ADR-2: the listed health centre and the receiving units of the municipality take part', async () => {
    const id = await opened(hub, '193406129829');
    expect(await units(id)).toEqual(
      [staff.nurse.unit, staff.healthCentre.unit, staff.municipality.unit, staff.homeNursing.unit].toSorted(),
    );
  });

  it.each([
    ['no-listing', '196002299862'],
    ['listed-unit-unknown', '194910129974'],
    ['no-municipality', '195506069953'],
    ['municipality-unknown', '195707239991'],
  ])('ADR-13: %s leaves the case kept, marked, and the ward with a to-do', async (cause, number) => {
    const id = await opened(hub, number);
    const nurse = await as(hub, 'nurse');
    const plan = await nurse.get(`CarePlan/${id}`);
    expect(JSON.stringify(plan.body.extension)).toContain(cause);
    const todos = await nurse.todos(id);
    expect(JSON.stringify(todos)).toContain('address-by-hand');
  });

  it('ADR-13: a listing service that is down stops nothing; the case is addressed when it is back', async () => {
    await hub.listing.fail('VP009');
    const id = await opened(hub, '194102039817');
    expect(await units(id)).not.toContain('SE4999000021-H201');
    expect(await retryAddressing(hub.cases)).toMatchObject({ addressed: 0 });
    await hub.listing.recover();
    expect(await retryAddressing(hub.cases)).toMatchObject({ addressed: 1 });
    expect(await units(id)).toContain('SE4999000021-H201');
    expect(JSON.stringify(await (await as(hub, 'nurse')).todos(id))).not.toContain('address-by-hand');
    expect(await retryAddressing(hub.cases)).toEqual({ tried: 0, addressed: 0 });
  });
});
