import { describe, expect, it } from '@jest/globals';
import { createCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { startCatalogueReReader, type CatalogueItem } from '../../../connectors/hsa/catalogue-re-reader.js';
import { startCatalogueStandIn } from '../../../connectors/hsa/stand-in.js';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { HttpStaffLookup } from '../../../connectors/common/lookup/lookup-client.js';
import { startLookupServer } from '../../../connectors/common/lookup/lookup-server.js';
import { factTopics, type PractitionerFact, type UnitFact } from '../../../src/messaging/contracts/facts.js';
import { createTestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { catalogue, staff, wards } from './hsa-file.js';
import { dataFile, published, silent, transportOn } from '../common/support.js';
import { hsa, log, optionsFor, play, standIn } from './hsa-setup.js';

describe('units of the catalogue', () => {
  it('INT-5, ORG-1, ORG-3: a unit is told with its name, care unit, care provider and organisation number', async () => {
    expect(await hsa.unit(wards.ward)).toEqual({
      unit: wards.ward,
      found: true,
      name: 'Avdelning <1> & "Å"',
      startsAt: '2019-12-31T23:00:00.000Z',
      organisationNumber: '2321000016',
      healthCareUnit: wards.careUnit,
      healthCareProvider: wards.provider,
      readAt: expect.any(String),
    });
  });

  it('ORG-1: a unit that belongs to no care unit is a unit all the same', async () => {
    const { readAt: _readAt, ...told } = await hsa.unit(wards.municipal);
    expect(told).toEqual({ unit: wards.municipal, found: true, name: 'Hemsjukvården' });
  });

  it('ACC-7: a closed unit is told with its end, an archived one as archived, one that is gone as not found', async () => {
    expect(await hsa.unit(wards.closed)).toMatchObject({ found: true, endsAt: '2026-06-30T22:00:00.000Z' });
    expect(await hsa.unit(wards.archived)).toMatchObject({ found: true, archived: true });
    expect(await hsa.unit('SE2321000016-GONE')).toMatchObject({ found: false });
  });

  it('test units and test staff count in development alone', async () => {
    const strict = createCatalogueLookup({ ...optionsFor(standIn.url), development: false });
    expect(await hsa.unit(wards.feigned)).toMatchObject({ found: true });
    expect(await strict.unit(wards.feigned)).toMatchObject({ found: false });
    expect(await hsa.practitioner(staff.feigned)).toMatchObject({ found: true });
    expect(await strict.practitioner(staff.feigned)).toMatchObject({ found: false });
    strict.stop();
  });

  it('what has not the form of an HSA-id is not asked about, a personal number least of all', async () => {
    const before = standIn.questions();
    expect(await hsa.unit('190503279812')).toMatchObject({ found: false });
    await expect(hsa.practitioner('190503279812')).rejects.toMatchObject({ code: 'not-an-hsa-id' });
    expect(standIn.questions()).toBe(before);
  });
});

describe('staff of the catalogue', () => {
  it('ORG-1, ORG-9: a person is told with titles, licences and assignments; what is archived gives nothing', async () => {
    expect(await hsa.practitioner(staff.physician)).toEqual({
      practitioner: staff.physician,
      found: true,
      protectedPerson: false,
      name: { given: 'Åsa', surname: 'Ö & <b>' },
      titles: ['204010'],
      licences: ['Läkare'],
      assignments: [
        { hsaId: 'SE2321000016-A1', unit: wards.careUnit, purpose: 'Vård och behandling' },
        {
          hsaId: 'SE2321000016-A2',
          unit: wards.closed,
          purpose: 'Vård och behandling',
          endsAt: '2026-06-30T22:00:00.000Z',
        },
      ],
      readAt: expect.any(String),
    });
    expect(await hsa.practitioner(staff.nurse)).toMatchObject({ name: { surname: 'Utan Förnamn' } });
    expect(await hsa.practitioner('SE2321000016-NOBODY')).toMatchObject({ found: false });
  });

  it('of protected staff no name is passed on, nor of those whose protection is not stated', async () => {
    const hidden = await hsa.practitioner(staff.hidden);
    expect(hidden).toMatchObject({ found: true, protectedPerson: true, titles: ['204010'] });
    expect(hidden.name).toBeUndefined();
    await play('missing-flags');
    const unknown = await hsa.practitioner(staff.physician);
    expect(unknown.found).toBe(true);
    expect(unknown.protectedPerson).toBeUndefined();
    expect(unknown.name).toBeUndefined();
  });
});

describe('staff asked for from another process', () => {
  it('are told as here; a silent catalogue and what is no question are refused', async () => {
    const secret = 'a secret of the tests that is long enough';
    const server = await startLookupServer({
      host: '127.0.0.1',
      port: 0,
      secret,
      logger: silent,
      lookups: { staff: hsa },
    });
    const url = `http://127.0.0.1:${server.address.port}`;
    const lookup = new HttpStaffLookup({ url, secret });
    expect(await lookup.practitioner(staff.hidden)).toMatchObject({ found: true, protectedPerson: true });
    expect(await lookup.practitioner('SE2321000016-NOBODY')).toMatchObject({ found: false });
    await play('VP007');
    await expect(lookup.practitioner(staff.physician)).rejects.toMatchObject({
      code: 'VP007',
      retryable: false,
    });
    const ask = async (body: string) =>
      (
        await fetch(new URL('/lookups/staff', url), {
          method: 'POST',
          headers: { Authorization: `Bearer ${secret}` },
          body,
        })
      ).status;
    expect([await ask('{}'), await ask('{"practitioner":1}'), await ask('nothing')]).toEqual([400, 400, 400]);
    await server.stop();
  });
});

it('ACC-7: units and staff are read again, told when they change, and again when the copy grows old', async () => {
  const test = await createTestDatabase();
  const pool = createConnectorPool(test.url);
  const own = await dataFile(catalogue);
  const other = await startCatalogueStandIn({ host: '127.0.0.1', port: 0, file: own.file, logger: silent });
  const lookup = createCatalogueLookup({ ...optionsFor(other.url), logger: silent });
  const items: readonly CatalogueItem[] = [
    { kind: 'unit', hsaId: wards.ward },
    { kind: 'practitioner', hsaId: staff.physician },
    { kind: 'practitioner', hsaId: staff.hidden },
  ];
  let now = new Date('2026-01-10T08:00:00Z');
  const reader = startCatalogueReReader({
    pool,
    transport: await transportOn(test.database),
    logger: silent,
    lookup,
    follow: () => [items],
    intervalMilliseconds: 3_600_000,
    tellAgainMilliseconds: 3_600_000,
    clock: () => now,
  });
  const told = <Fact>(topic: string, count: number) =>
    waitFor(`${count} facts`, async () => {
      const facts = await published<Fact>(test.database, topic);
      return facts.length >= count && facts;
    });
  await reader.readNow();
  await told<UnitFact>(factTopics.unit, 1);
  await told<PractitionerFact>(factTopics.practitioner, 2);
  await reader.readNow();

  // One that gets no answer holds up none of the others.
  await own.write({
    ...catalogue,
    units: catalogue.units.map((unit) => (unit.hsaId === wards.ward ? { ...unit, fault: 'VP009' } : unit)),
    people: catalogue.people.map((person) => ({ ...person, titles: [] })),
  });
  await reader.readNow();
  expect(await reader.health()).toMatchObject({ status: 'degraded', detail: { read: 3, failed: 1 } });
  const people = await told<PractitionerFact>(factTopics.practitioner, 4);
  expect(people.slice(2).map(({ data }) => data.titles)).toEqual([[], []]);
  expect(await published(test.database, factTopics.unit)).toHaveLength(1);

  now = new Date('2026-01-10T09:30:00Z');
  await own.write(catalogue);
  await reader.readNow();
  await told<UnitFact>(factTopics.unit, 2);
  const { rows } = await test.database.query<{ key: string; value: string }>(
    'select key, value from transport_message',
  );
  expect(new Set(rows.map(({ key }) => key))).toEqual(new Set(items.map(({ hsaId }) => hsaId)));
  expect(rows.map(({ value }) => value).join('')).not.toMatch(/Hemlig/);
  expect(JSON.stringify(await published(test.database, factTopics.practitioner))).not.toMatch(/Hemlig/);
  await reader.stop();
  lookup.stop();
  await other.stop();
  await own.remove();
  await pool.end();
  await test.drop();
});

it('ACC-7: an empty answer about a unit is told when it comes and again when it is repeated, then no more', async () => {
  const test = await createTestDatabase();
  const pool = createConnectorPool(test.url);
  const own = await dataFile(catalogue);
  const other = await startCatalogueStandIn({ host: '127.0.0.1', port: 0, file: own.file, logger: silent });
  const lookup = createCatalogueLookup({ ...optionsFor(other.url), logger: silent });
  const reader = startCatalogueReReader({
    pool,
    transport: await transportOn(test.database),
    logger: silent,
    lookup,
    follow: () => [[{ kind: 'unit', hsaId: wards.ward }]],
    intervalMilliseconds: 3_600_000,
    tellAgainMilliseconds: 3_600_000,
  });
  const found = async (count: number) =>
    waitFor(`${count} facts`, async () => {
      const facts = await published<UnitFact>(test.database, factTopics.unit);
      return facts.length >= count && facts.map(({ data }) => data.found);
    });
  await reader.readNow();
  await reader.readNow();
  await own.write({ ...catalogue, units: catalogue.units.filter(({ hsaId }) => hsaId !== wards.ward) });
  for (let round = 0; round < 4; round += 1) await reader.readNow();
  await own.write(catalogue);
  await reader.readNow();
  expect(await found(4)).toEqual([true, false, false, true]);
  await reader.stop();
  lookup.stop();
  await other.stop();
  await own.remove();
  await pool.end();
  await test.drop();
});

it('no log line names anybody of the staff', () => {
  expect(log.lines.length).toBeGreaterThan(0);
  expect(log.lines.join('')).not.toMatch(/Åsa|Hemlig|SE2321000016-P/);
});
