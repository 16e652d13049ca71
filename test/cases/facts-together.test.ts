import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { everyStream } from '../../src/cases/streams/collect-streams.js';
import { personLock } from '../../src/persons/person-locks.js';
import { rebuild } from '../../src/log/rebuild.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { opened, staff } from '../support/svu.js';
import { waitFor } from '../support/wait-for.js';

/** Persons whom the register knows, and the hub before each test. */
const persons = ['193406129829', '194102039817', '194711199846', '192908059831', '193804289860'];
const sender = 'MELIOR-TEST';

let hub: TestHub;
let message = 0;

beforeEach(async () => {
  // Known persons come from the cache: then their facts may go together.
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
  for (const number of persons) await hub.tell(factTopics.stay, stay(number, `first ${number}`));
});
afterEach(() => hub.stop());

function stay(number: string, visit: string, kind: StayFact['kind'] = 'admitted', minutes = 0): StayFact {
  const occurredAt = new Date(Date.now() - 36_000_000 + minutes * 60_000).toISOString();
  message += 1;
  return {
    kind,
    person: { type: 'personnummer', value: number },
    visit,
    ward: staff.nurse.unit,
    ...(kind === 'admitted' ? { admittedAt: occurredAt } : {}),
    occurredAt,
    sender,
    messageId: `M${message}`,
  };
}

/** In how many transactions the stays of these visits were written last; undefined of one that is not there. */
async function transactionsOf(...visits: readonly string[]): Promise<number | undefined> {
  const { rows } = await hub.store.database.query<{ found: number; transactions: number }>(
    'select count(*) as found, count(distinct xmin::text) as transactions from stream where id = any($1)',
    [visits.map((visit) => stayIdOf(sender, visit))],
  );
  return rows[0]?.found === visits.length ? rows[0].transactions : undefined;
}

const outcomes = (told: readonly { readonly state: string; readonly outcome: string | null }[]) =>
  told.map(({ state, outcome }) => `${state} ${outcome}`);
const recorded = (count: number) => Array.from({ length: count }, () => 'done stay-recorded');

describe('facts that are taken up at the same time (decision 82)', () => {
  it('of known persons are dealt with in one transaction, also where a case hears of them', async () => {
    const [first = '', ...others] = persons;
    const id = await opened(hub, first);
    const told = await hub.tellAll(factTopics.stay, [
      stay(first, `first ${first}`, 'transferred', 5),
      ...others.map((number) => stay(number, `V ${number}`)),
    ]);
    expect(outcomes(told.slice(1))).toEqual(recorded(4));
    expect(told[0]).toMatchObject({ state: 'done', kept: true });
    expect(await transactionsOf(...others.map((number) => `V ${number}`))).toBe(1);
    expect(id).toBeDefined();
  });

  it('one that can never be used is the only dead letter, after its first attempt; the others take effect', async () => {
    await hub.store.database.query(`
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.data::text like '%POISON%' then raise exception 'poison'; end if; return new; end $$;
      create trigger refuse before insert on event for each row execute function refuse()`);
    const told = await hub.tellAll(
      factTopics.stay,
      persons.map((number, place) => stay(number, place === 2 ? 'POISON' : `V${place}`)),
    );
    expect(told.map(({ state }) => state)).toEqual(['done', 'done', 'dead', 'done', 'done']);
    const { rows } = await hub.store.database.query(
      `select distinct attempts from inbox where position = any($1)`,
      [told.map(({ position }) => position)],
    );
    expect(rows).toEqual([{ attempts: 1 }]);
    expect(await transactionsOf('V0', 'V1', 'V3', 'V4')).toBe(4);
  });

  it('of one person keep their order, whatever others are taken up with them', async () => {
    const [one = '', ...others] = persons;
    const told = await hub.tellAll(factTopics.stay, [
      stay(one, 'V1', 'admitted', 1),
      ...others.map((number) => stay(number, `V ${number}`)),
      stay(one, 'V1', 'discharged', 2),
      stay(one, 'V1', 'discharge-cancelled', 3),
    ]);
    expect(outcomes(told)).toEqual(recorded(7));
    const { rows } = await hub.store.database.query<{ type: string }>(
      'select type from event where stream_id = $1 order by position',
      [stayIdOf(sender, 'V1')],
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'StayAdmitted',
      'StayDischarged',
      'StayDischargeCancelled',
    ]);
  });

  it('of one visit told of two persons: both are heard, one after the other (PAT-13)', async () => {
    const [one = '', other = '', third = ''] = persons;
    const told = await hub.tellAll(factTopics.stay, [
      stay(one, 'V1', 'admitted', 1),
      stay(other, 'V1', 'admitted', 2),
      stay(third, 'V3'),
    ]);
    expect(told.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    const { rows } = await hub.store.database.query<{ status: string; mine: boolean }>(
      `select state ->> 'status' as status from stream where type = 'stay' and state ->> 'visit' = 'V1' order by status`,
    );
    expect(rows).toEqual([{ status: 'cancelled' }, { status: 'in-progress' }]);
  });

  it('of a person whom somebody works on wait for that alone; the others do not', async () => {
    const { log, sql } = hub.cases;
    const [held = '', ...others] = persons;
    const { rows } = await sql.query<{ id: string }>(`select person_id as id from stream where id = $1`, [
      stayIdOf(sender, `first ${held}`),
    ]);
    const [took, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const cause = { kind: 'request', id: 'test' } as const;
    const writer = log.transact(
      { cause, recordedAt: new Date().toISOString(), locks: [personLock(rows[0]?.id ?? '')] },
      async () => {
        took.resolve();
        await letGo.promise;
      },
    );
    await took.promise;
    const telling = hub.tellAll(
      factTopics.stay,
      persons.map((number) => stay(number, `V ${number}`)),
    );
    await waitFor('the others', async () =>
      (await transactionsOf(...others.map((number) => `V ${number}`))) === 1 ? true : undefined,
    );
    expect(await transactionsOf(`V ${held}`)).toBeUndefined();
    letGo.resolve();
    await writer;
    expect(outcomes(await telling)).toEqual(recorded(5));
  });

  it('whose connection breaks between event and mark take effect once each', async () => {
    await hub.store.database.query(`
      create sequence breaks;
      create function break_once() returns trigger language plpgsql as $$ begin
        if new.state = 'done' and nextval('breaks') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
        return new; end $$;
      create trigger break_once before update on inbox for each row execute function break_once()`);
    const told = await hub.tellAll(
      factTopics.stay,
      persons.map((number) => stay(number, `V ${number}`)),
    );
    expect(outcomes(told)).toEqual(recorded(5));
    const { rows } = await hub.store.database.query<{ events: number }>(
      'select count(*) as events from event where stream_id = any($1)',
      [persons.map((number) => stayIdOf(sender, `V ${number}`))],
    );
    expect(rows).toEqual([{ events: 5 }]);
  });

  it('are rebuilt as they were written', async () => {
    const { database } = hub.store;
    await hub.tellAll(
      factTopics.stay,
      persons.flatMap((number) => [
        stay(number, `V ${number}`),
        stay(number, `V ${number}`, 'transferred', 2),
        stay(number, `V ${number}`, 'discharged', 3),
      ]),
    );
    const sequencer = startSequencer({ database, pollMs: 10 });
    await waitFor('every event to be sequenced', async () => {
      const { rows } = await database.query('select 1 from unsequenced limit 1');
      return rows.length === 0 ? true : undefined;
    });
    await sequencer.stop();
    const report = await rebuild({ database, registry: everyStream, swap: false, resume: false });
    expect(report.differences).toEqual([]);
  });
});
