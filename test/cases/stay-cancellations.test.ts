import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CarePlan, Encounter } from 'fhir/r4.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { svuStream } from '../../src/cases/kinds/svu.js';
import { stayStream, wardNoticeStream } from '../../src/cases/streams/of-no-case.js';
import { rebuild } from '../../src/log/rebuild.js';
import { StreamRegistry, type AnyStreamType } from '../../src/log/stream-registry.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { StayFact } from '../../src/messaging/contracts/facts.js';
import { personStream } from '../../src/persons/person-stream.js';
import { stayFacts } from '../support/stay-facts.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, opened, parameters, published, staff } from '../support/svu.js';

let hub: TestHub;
const fact = stayFacts('MELIOR-TEST');

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const w102 = staff.otherWard.unit;
const sender = 'MELIOR-TEST';

/** Tells of a stay; minutes are after a fixed moment. Answers what it came to. */
async function tell(
  number: string,
  visit: string,
  kind: StayFact['kind'],
  minutes: number,
  changes: Partial<StayFact> = {},
): Promise<string | null> {
  const told = await hub.tell(
    factTopics.stay,
    fact(number, visit, kind, new Date(Date.now() - 3600_000 * 10 + minutes * 60_000), changes),
  );
  expect(told).toMatchObject({ state: 'done', kept: true });
  return told.outcome;
}

const nurse = () => as(hub, 'nurse');
const planOf = async (id: string) => (await (await nurse()).get(`CarePlan/${id}`)).body as CarePlan;
const encounterOf = async (visit: string) =>
  (await (await nurse()).get(`Encounter/${stayIdOf(sender, visit)}`)).body as Encounter;

async function kinds(id: string): Promise<readonly string[]> {
  const todos = await (await nurse()).todos(id);
  return todos.map((todo) => todo.code?.coding?.[0]?.code ?? '').toSorted();
}

async function discharge(id: string): Promise<void> {
  const answer = await (
    await nurse()
  ).post(
    `CarePlan/${id}/$discharge`,
    parameters(
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'discharge' },
      { name: 'dischargedTo', valueString: 'Ordinärt boende' },
      { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
    ),
  );
  expect([answer.status, answer.body.status]).toEqual([200, 'completed']);
}

describe('A08: the journal changes what it knows of a stay', () => {
  const number = '194711199846';
  let id = '';
  let day = '';

  it('SVU-9: another expected discharge is a to-do of the ward with the day, and no change of the case', async () => {
    await tell(number, 'C1', 'admitted', 0);
    id = await published(hub, number);
    const before = (await planOf(id)).period?.end;
    const moment = new Date(Date.now() + 9 * 86_400_000).toISOString();
    day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(Date.parse(moment));
    const outcome = await tell(number, 'C1', 'changed', 5, { expectedDischarge: moment });
    expect(outcome).toBe('stay-recorded, note-journal-expected-discharge');
    expect((await planOf(id)).period?.end).toBe(before);
    const [todo] = await (await nurse()).todos(id);
    expect(todo?.code?.coding?.[0]?.code).toBe('review-expected-discharge');
    expect(todo?.input?.[0]).toMatchObject({ valueDate: day });
    expect((await encounterOf('C1')).extension?.[0]?.valueDateTime).toBe(day);
  });

  it('says it once for each day, and receivers see none of it', async () => {
    const again = new Date(Date.now() + 9 * 86_400_000).toISOString();
    expect(await tell(number, 'C1', 'changed', 6, { expectedDischarge: again })).toBe('stay-recorded');
    expect(await tell(number, 'C1', 'changed', 7)).toBe('stay-recorded');
    const theirs = await (await as(hub, 'municipality')).todos(id);
    expect(JSON.stringify(theirs)).not.toContain('review-expected-discharge');
  });

  it('the to-do is done when the ward changes the case to that day', async () => {
    const answer = await (
      await nurse()
    ).post(
      `CarePlan/${id}/$change-planned-discharge`,
      parameters({ name: 'date', valueDate: day }, { name: 'reason', valueString: 'Enligt journalen' }),
    );
    expect(answer.status).toBe(200);
    expect(await kinds(id)).toEqual([]);
  });

  it('a removed day is a to-do, and the stay expects none any more', async () => {
    expect(await tell(number, 'C1', 'changed', 8, { expectedDischargeRemoved: true })).toBe(
      'stay-recorded, note-journal-expected-discharge',
    );
    const [todo] = await (await nurse()).todos(id);
    expect(todo?.input?.[0]).toMatchObject({ valueBoolean: true });
    expect((await encounterOf('C1')).extension).toBeUndefined();
  });

  it('SVU-25: another ward takes the case along as a transfer does', async () => {
    const other = '194102039817';
    await tell(other, 'C2', 'admitted', 0);
    const draft = await opened(hub, other);
    expect(await tell(other, 'C2', 'changed', 5, { ward: w102 })).toBe('stay-recorded, change-ward');
    expect((await (await as(hub, 'otherWard')).get(`CarePlan/${draft}`)).status).toBe(200);
  });

  it('of a stay that nobody told of moves no case', async () => {
    const other = '192908059831';
    const draft = await opened(hub, other);
    expect(await tell(other, 'C3', 'changed', 5, { ward: w102 })).toBe('stay-recorded');
    expect((await planOf(draft)).status).toBe('draft');
  });
});

describe('A11: the admission is cancelled', () => {
  it('SVU-6: an unpublished draft is annulled, and the stay shows as cancelled', async () => {
    const number = '193406129829';
    await tell(number, 'X1', 'admitted', 0);
    const id = await opened(hub, number);
    expect(await tell(number, 'X1', 'admission-cancelled', 10)).toBe(
      'stay-recorded, note-admission-cancelled',
    );
    const { rows } = await hub.store.database.query(
      `select state ->> 'phase' as phase from stream where id = $1`,
      [id],
    );
    expect(rows).toEqual([{ phase: 'annulled' }]);
    expect((await encounterOf('X1')).status).toBe('cancelled');
  });

  it('SVU-6: a published case gets a to-do to annul, and goes on until somebody does', async () => {
    const number = '195209179851';
    await tell(number, 'X2', 'admitted', 0);
    const id = await published(hub, number);
    await tell(number, 'X2', 'admission-cancelled', 10);
    expect((await planOf(id)).status).toBe('active');
    expect(await kinds(id)).toEqual(['annul-case']);
    await tell(number, 'X2', 'admitted', 20);
    expect(await kinds(id)).toEqual([]);
  });

  it('a late one shows in the history and annuls nothing', async () => {
    const number = '193612229876';
    await tell(number, 'X3', 'admitted', 20);
    const id = await opened(hub, number);
    expect(await tell(number, 'X3', 'admission-cancelled', 10)).toBe('late');
    expect((await planOf(id)).status).toBe('draft');
  });

  it('without its admission, or of another stay, annuls nothing', async () => {
    const number = '194505099921';
    const id = await opened(hub, number);
    expect(await tell(number, 'X4', 'admission-cancelled', 10)).toBe('stay-recorded');
    const { ward: _none, ...nowhere } = { ward: undefined };
    expect(await tell(number, 'X5', 'admission-cancelled', 11, nowhere)).toBe('stay-recorded');
    expect((await planOf(id)).status).toBe('draft');
  });

  it('SVU-6: a draft that was annulled by it is there again when the stay is, with what was to do', async () => {
    const number = '194910129974';
    await tell(number, 'BACK', 'admitted', 0);
    const id = await opened(hub, number);
    const before = await kinds(id);
    expect(await tell(number, 'BACK', 'admission-cancelled', 10)).toContain('note-admission-cancelled');
    expect((await (await nurse()).get(`CarePlan/${id}`)).status).toBe(404);
    expect(await tell(number, 'BACK', 'admitted', 10)).toContain('note-admission-restored');
    const plan = await planOf(id);
    expect([plan.status, plan.description]).toEqual(['draft', 'Höftfraktur efter fall']);
    expect(await kinds(id)).toEqual(before);
    expect((await (await as(hub, 'municipality')).get(`CarePlan/${id}`)).status).toBe(404);
  });

  it('SVU-2: not where the person has got another case meanwhile, and not one that the ward annulled', async () => {
    const number = '195310089940';
    await tell(number, 'TAKEN', 'admitted', 0);
    const id = await opened(hub, number);
    await tell(number, 'TAKEN', 'admission-cancelled', 10);
    const other = await opened(hub, number);
    await tell(number, 'TAKEN', 'admitted', 20);
    expect((await (await nurse()).get(`CarePlan/${id}`)).status).toBe(404);
    const annul = await (
      await nurse()
    ).post(`CarePlan/${other}/$annul`, parameters({ name: 'reason', valueString: 'Fel patient' }));
    expect(annul.status).toBe(200);
    await tell(number, 'TAKEN', 'admission-cancelled', 30);
    await tell(number, 'TAKEN', 'admitted', 40);
    expect((await (await nurse()).get(`CarePlan/${other}`)).status).toBe(404);
  });

  it('of one of two stays asks the ward about its draft, which may be of the other', async () => {
    const number = '195007149908';
    await tell(number, 'X6', 'admitted', 0);
    const id = await opened(hub, number);
    await tell(number, 'X7', 'admitted', 5);
    await tell(number, 'X6', 'admission-cancelled', 10);
    expect((await planOf(id)).status).toBe('draft');
    expect(await kinds(id)).toEqual(['annul-case', 'publish-admission-notice', 'review-open-case-elsewhere']);
  });
});

describe('A13: the discharge is cancelled', () => {
  const number = '194401309887';
  let id = '';

  it('SVU-21: the to-do to publish the discharge goes away', async () => {
    await tell(number, 'D1', 'admitted', 0);
    id = await published(hub, number);
    await tell(number, 'D1', 'discharged', 10);
    expect(await kinds(id)).toEqual(['publish-discharge']);
    expect(await tell(number, 'D1', 'discharge-cancelled', 20)).toBe(
      'stay-recorded, note-discharge-cancelled',
    );
    expect(await kinds(id)).toEqual([]);
    expect((await encounterOf('D1')).status).toBe('in-progress');
  });

  it('SVU-24: a case already discharged gets a to-do to undo it', async () => {
    await tell(number, 'D1', 'discharged', 30);
    await discharge(id);
    await tell(number, 'D1', 'discharge-cancelled', 40);
    expect((await planOf(id)).status).toBe('completed');
    expect(await kinds(id)).toEqual(['undo-discharge']);
    const undone = await (await nurse()).post(`CarePlan/${id}/$undo-discharge`, undefined);
    expect([undone.status, undone.body.status]).toEqual([200, 'active']);
    expect(await kinds(id)).toEqual([]);
  });
});

it('everything shown is what a rebuild of the log shows', async () => {
  const types = [svuStream, stayStream, wardNoticeStream, personStream] as unknown as AnyStreamType[];
  const { database } = hub.store;
  const report = await rebuild({ database, registry: new StreamRegistry(types), swap: false, resume: false });
  expect(report.differences).toEqual([]);
});
