import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Communication, Task } from 'fhir/r4.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, consent, parameters, staff, type Who } from '../support/svu.js';
import { ljungasa, startHubWithFollowUps, type HubWithFollowUps } from './hub-with-follow-ups.js';

/**
 * Any side may open a case of a kind that lets it (SIP-2): a draft, and what is to be done by those who opened it, is of their side,
 * whichever that is.
 */
let of: HubWithFollowUps;
let hub: TestHub;
beforeAll(async () => {
  of = await startHubWithFollowUps();
  ({ hub } = of);
}, 60_000);
afterAll(() => of.stop());

const [number] = ljungasa;
const everybody = ['nurse', 'healthCentre', 'municipality'] as const;
type Opener = (typeof everybody)[number];
/** A unit of the same side that joins by hand. */
const sister: Readonly<Record<Opener, Who>> = {
  nurse: 'otherWard',
  healthCentre: 'otherHealthCentre',
  municipality: 'homeNursing',
};

const unit = (who: Who) => ({
  name: 'unit',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff[who].unit } },
});
const add = async (id: string, by: Who, who: Who): Promise<void> => {
  const answer = await (await as(hub, by)).post(`CarePlan/${id}/$add-participant`, parameters(unit(who)));
  expect([answer.status, codesOf(answer)]).toEqual([200, []]);
};
const codesOfTasks = async (who: Who, id: string): Promise<readonly (string | undefined)[]> => {
  const { body } = await (await as(hub, who)).get(`Task?based-on=CarePlan/${id}&_count=100`);
  return ((body as Bundle<Task>).entry ?? []).map(({ resource }) => resource?.code?.coding?.[0]?.code);
};
const ends = async (id: string, by: Who): Promise<void> => {
  expect((await (await as(hub, by)).post(`CarePlan/${id}/$finish`, parameters())).status).toBe(200);
};

describe.each(everybody)('A case that the side of %s opened', (opener) => {
  const others = everybody.filter((each) => each !== opener);

  it('ACC-2, SIP-2: is seen as a draft by that side alone, and is led by it', async () => {
    const id = await of.open(number, opener);
    for (const who of others) if (!(await unitsOf(id)).includes(staff[who].unit)) await add(id, opener, who);
    await add(id, opener, sister[opener]);
    for (const who of [opener, sister[opener]])
      expect([who, (await of.read(who, id)).status]).toEqual([who, 200]);
    for (const who of others) {
      expect([who, (await of.read(who, id)).status]).toEqual([who, 404]);
      const step = await (await as(hub, who)).post(`CarePlan/${id}/$share`, parameters());
      expect([who, step.status]).toEqual([who, 404]);
    }
    const lead = await as(hub, opener);
    expect((await lead.post('Consent', consent(id))).status).toBe(201);
    expect((await lead.post(`CarePlan/${id}/$share`, parameters())).status).toBe(200);
    for (const who of others) {
      expect([who, (await of.read(who, id)).status]).toEqual([who, 200]);
      const step = await (await as(hub, who)).post(`CarePlan/${id}/$finish`, parameters());
      expect([who, step.status, codesOf(step)]).toEqual([who, 403, ['ADR-2', 'only-who-opened-leads']]);
      const decision = await (await as(hub, who)).post('Consent', consent(id, 'refusal'));
      expect([who, decision.status]).toEqual([who, 403]);
    }

    // What the opener has to do is its side's; what the others are asked is seen by all.
    for (const who of [opener, sister[opener]])
      expect([who, await codesOfTasks(who, id)]).toEqual([who, expect.arrayContaining(['finish-follow-up'])]);
    for (const who of others) {
      const seen = await codesOfTasks(who, id);
      expect([who, seen.includes('finish-follow-up'), seen.includes('acknowledge-follow-up')]).toEqual([
        who,
        false,
        true,
      ]);
    }

    // ADR-11: the last unit of that side stays, and of another may leave.
    const remove = async (by: Who, who: Who) =>
      (await as(hub, by)).post(
        `CarePlan/${id}/$remove-participant`,
        parameters(
          unit(who),
          { name: 'confirmed', valueBoolean: true },
          { name: 'reason', valueString: 'Inte aktuell' },
        ),
      );
    // ORG-3: in words of any kind of case, for who leads it may be no ward.
    for (const who of others) {
      const taken = await remove(who, opener);
      expect([who, taken.status, codesOf(taken)]).toEqual([who, 422, ['ORG-3', 'leader-hands-over-itself']]);
    }
    expect((await remove(opener, sister[opener])).status).toBe(200);
    const last = await remove(opener, opener);
    expect([last.status, codesOf(last)]).toEqual([422, ['ADR-11', 'last-unit-of-opener']]);
    await ends(id, opener);
  });

  it('CON-5: a refusal hides from the others, and not from that side, what it says to hide', async () => {
    const id = await of.shared(number, opener);
    const asked = await unitsOf(id);
    const lead = await as(hub, opener);
    expect((await lead.post('Consent', consent(id, 'refusal'))).status).toBe(201);
    const visits = staff.municipality.unit;
    for (const who of everybody.filter((each) => asked.includes(staff[each].unit))) {
      const sees = (await codesOfTasks(who, id)).includes('visit-at-home');
      expect([who, sees]).toEqual([
        who,
        who === opener && asked.includes(visits) && opener !== 'municipality',
      ]);
      const { body } = await (await as(hub, who)).get(`Communication?based-on=CarePlan/${id}&_count=100`);
      const texts = ((body as Bundle<Communication>).entry ?? []).map(
        ({ resource }) => resource?.payload?.[0]?.contentString,
      );
      expect(texts.join()).toContain('Uppföljning delad');
      expect(texts.join()).toContain('Till och med');
      expect(texts.join()).not.toContain('Sårvård');
    }
    await ends(id, opener);
  });

  it('PAT-6: is told by a freeze to go on by telephone, that side by a to-do that is its own', async () => {
    const id = await of.shared(number, opener);
    await of.protect(number, true);
    const told = async (who: Who) =>
      (await (await as(hub, who)).todos(id)).map(({ code, performerType }) => [
        code?.coding?.[0]?.code,
        performerType?.[0]?.coding?.[0]?.code,
      ]);
    expect(await told(opener)).toEqual([['continue-by-telephone', 'write']]);
    for (const who of others) {
      const own = await told(who);
      const asked = (await unitsOf(id)).includes(staff[who].unit);
      expect([who, own]).toEqual([who, asked ? [['continue-by-telephone', 'acknowledge']] : []]);
      const seen = (
        await (await as(hub, who)).get(`Task?based-on=CarePlan/${id}&status=requested&_count=100`)
      ).body as Bundle<Task>;
      const owners = (seen.entry ?? []).map(({ resource }) => resource?.owner?.identifier?.value);
      expect([who, owners.includes(staff[opener].unit)]).toEqual([who, false]);
    }
    await of.protect(number, false);
    await ends(id, opener);
  });
});

/** The units that take part. */
async function unitsOf(id: string): Promise<readonly string[]> {
  const { rows } = await hub.store.database.query<{ units: Readonly<Record<string, unknown>> }>(
    `select state->'participants' as units from stream where id = $1`,
    [id],
  );
  return Object.keys(rows[0]?.units ?? {});
}
