import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Communication, OperationOutcome, Task } from 'fhir/r4.js';
import { streamsOf } from '../../../src/cases/streams/collect-streams.js';
import { caseKinds } from '../../../src/cases/kinds/every-kind.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { extensions } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { messageOutside, statedConsent } from '../../support/messages.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, codesOf, staff, type Who } from '../../support/svu.js';
import { hubUnder, inCases } from './messages-setup.js';
import { rebuiltDifferences } from '../../support/rebuilt.js';

type Sent = Communication & { readonly id: string };

/** A message about somebody who has no case, or one that neither sender nor addressee takes part in. */
describe('A message outside every case under vasterbotten', () => {
  let hub: TestHub;
  const { asked, published, written, readers, ids } = inCases(() => hub);
  beforeAll(async () => {
    hub = await hubUnder('vasterbotten');
  }, 60_000);
  afterAll(() => hub.stop());

  const [nobodys, alsoInCase, sealed, gone, lives] = [
    '193406129829',
    '192908059831',
    '193309019903',
    '194505099921',
    '194401309887',
  ];
  const send = async (who: Who, ...of: Parameters<typeof messageOutside>) =>
    (await as(hub, who)).post('Communication', messageOutside(...of));
  const sent = async (who: Who, ...of: Parameters<typeof messageOutside>): Promise<Sent> => {
    const answer = await send(who, ...of);
    expect([answer.status, codesOf(answer)]).toEqual([201, []]);
    return answer.body as Sent;
  };
  const readBy = async ({ id }: Sent, whos: readonly Who[] = everybody) => {
    const found: Who[] = [];
    for (const who of whos) {
      const reader = await as(hub, who);
      const doors = [
        (await reader.get(`Communication/${id}`)).status === 200,
        (await reader.get(`Communication/${id}/_history`)).status === 200,
        ids(await reader.get(`Communication?category=message&_id=${id}`)).includes(id),
      ];
      expect([who, new Set(doors).size]).toEqual([who, 1]);
      if (doors[0] === true) found.push(who);
    }
    return found;
  };
  let caseId = '';
  const tellStay = (kind: 'admitted' | 'discharged') =>
    hub.tell(factTopics.stay, {
      kind,
      person: { type: 'personnummer', value: alsoInCase },
      visit: 'OUTSIDE',
      ward: staff.nurse.unit,
      occurredAt: new Date(Date.now() - (kind === 'admitted' ? 3 * 3_600_000 : 0)).toISOString(),
      sender: 'OUTSIDE',
      messageId: `OUTSIDE-${kind}`,
    });
  const everybody = ['nurse', 'healthCentre', 'municipality', 'homeNursing', 'otherMunicipality'] as const;

  /** What somebody's unit was told of the message when it closed. */
  const told = async (who: Who, { id }: Sent) => {
    const found = await (await as(hub, who)).get(`Task?focus=Communication/${id}`);
    const tasks = ((found.body as Bundle<Task>).entry ?? []).flatMap(({ resource }) => resource ?? []);
    return tasks.filter(
      ({ owner, for: whom }) => whom === undefined && owner?.identifier?.value === staff[who].unit,
    );
  };
  const codesTold = async (who: Who, message: Sent) =>
    (await told(who, message)).map(({ code, status }) => `${code?.coding?.[0]?.code} ${status}`);

  it('MSG-5, ACC-1, VIEW-12: is read by sender and addressees alone, who know the person, and acknowledged by these', async () => {
    const message = await sent('healthCentre', nobodys, ['homeNursing']);
    expect(r4Faults(message)).toEqual([]);
    expect(message.basedOn).toBeUndefined();
    expect(message.extension).toEqual(
      expect.arrayContaining([expect.objectContaining({ url: extensions.decisionForm })]),
    );
    expect(await readBy(message)).toEqual(['healthCentre', 'homeNursing']);
    const patient = message.subject?.reference ?? '';
    for (const who of everybody)
      expect([who, (await (await as(hub, who)).get(patient)).status]).toEqual([
        who,
        ['healthCentre', 'homeNursing'].includes(who) ? 200 : 404,
      ]);
    const [task] = await asked('homeNursing');
    expect(task === undefined ? 'none' : r4Faults(task)).toEqual([]);
    expect(task?.focus?.reference).toBe(`Communication/${message.id}`);
    const receiver = await as(hub, 'homeNursing');
    const done = await receiver.put(`Task/${task?.id}`, { ...task, status: 'completed' });
    expect([done.status, codesOf(done)]).toEqual([200, []]);
    const shown = (await (await as(hub, 'healthCentre')).get(`Task/${task?.id}`)).body as Task;
    expect(shown).toMatchObject({ status: 'completed', extension: [{}] });
  });

  it('ACC-5: the trail tells who sent it and who read it, of the person', async () => {
    const message = await sent('healthCentre', nobodys, ['homeNursing']);
    const reader = await as(hub, 'homeNursing');
    for (const door of ['', '/_history', '/_history/1'])
      await reader.get(`Communication/${message.id}${door}`);
    await reader.get(`Communication?category=message&_id=${message.id}`);
    const { rows } = await hub.store.database.query<{ unit: string; action: string; known: boolean }>(
      `select unit, action, person_id = $2 as known from audit_record
        where detail->>'resource' = $1 and outcome = 'success' order by recorded_at`,
      [`Communication/${message.id}`, message.subject?.reference?.split('/')[1]],
    );
    const { rows: grounds } = await hub.store.database.query(
      `select distinct detail->>'ground' as ground, case_id from audit_record where outcome = 'success'
        and (detail->>'resource' = $1 or detail->'resources' ? $1)`,
      [`Communication/${message.id}`],
    );
    expect(grounds).toEqual([{ ground: 'message', case_id: null }]);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ unit: staff.homeNursing.unit, action: 'read', known: true }),
      ]),
    );
  });

  it('MSG-5, MSG-9: goes with or without an ongoing stay, and a case shows nothing of it nor it of the case', async () => {
    await tellStay('admitted');
    caseId = await published(alsoInCase);
    const message = await sent('healthCentre', alsoInCase, ['otherMunicipality']);
    expect(await readBy(message)).toEqual(['healthCentre', 'otherMunicipality']);
    const ward = await as(hub, 'nurse');
    expect(ids(await ward.get(`Communication?based-on=CarePlan/${caseId}&category=message`))).toEqual([]);
    const stranger = await as(hub, 'otherMunicipality');
    expect((await stranger.get(`CarePlan/${caseId}`)).status).toBe(404);
    const inCase = await written('nurse', caseId);
    expect(await readers(caseId, inCase)).not.toContain('otherMunicipality');
  });

  it('CON-10, CON-12: is refused without how, by whom and when the consent was given', async () => {
    const consent = statedConsent(new Date(Date.now() - 60_000).toISOString());
    for (const left of consent.map((_, out) => consent.filter((_each, index) => index !== out))) {
      const answer = await send('healthCentre', nobodys, ['homeNursing'], { more: { extension: left } });
      expect([answer.status, codesOf(answer)]).toEqual([422, ['CON-10', 'consent-not-stated']]);
    }
    const more = { extension: [...statedConsent(new Date(Date.now() + 3_600_000).toISOString())] };
    const later = await send('healthCentre', nobodys, ['homeNursing'], { more });
    expect([later.status, codesOf(later)]).toEqual([422, ['CON-10', 'consent-not-given-yet']]);
    const none = await send('healthCentre', nobodys, [], { more: { recipient: [] } });
    expect(codesOf(none)).toEqual(['MSG-5', 'outside-message-without-addressee']);
  });

  it('PAT-1, PAT-3, PAT-5: is refused of somebody unknown or protected alike, and nothing is kept', async () => {
    const streams = async () =>
      (await hub.store.database.query<{ n: string }>('select count(*) as n from stream')).rows[0]?.n;
    const before = await streams();
    for (const [number, code] of [
      ['191212121212', 'person-unknown'],
      ['196603259802', 'person-protected'],
      ['193406129820', 'personal-number-check-digit'],
    ] as const) {
      const answer = await send('healthCentre', number, ['homeNursing']);
      expect([answer.status, codesOf(answer).at(-1)]).toEqual([422, code]);
      expect((answer.body as OperationOutcome).issue[0]?.expression).toEqual([
        'Communication.subject.identifier',
      ]);
    }
    expect(await streams()).toBe(before);
  });

  it('PAT-6: nobody reads it while the person is protected, and the same do afterwards', async () => {
    const message = await sent('healthCentre', sealed, ['homeNursing']);
    const person = { type: 'personnummer', value: sealed } as const;
    const tell = async (protectedPerson: boolean) => {
      await hub.population.change(sealed, { protectedPerson });
      const record = { identifier: person, protectedPerson };
      await hub.tell(factTopics.person, { person, found: true, record, readAt: new Date().toISOString() });
    };
    await tell(true);
    expect(await readBy(message)).toEqual([]);
    expect((await asked('homeNursing')).map(({ focus }) => focus?.reference)).not.toContain(
      `Communication/${message.id}`,
    );
    for (const who of ['healthCentre', 'homeNursing'] as const) {
      expect([who, await codesTold(who, message)]).toEqual([who, ['continue-by-telephone requested']]);
      const [task] = await told(who, message);
      expect(task === undefined ? 'none' : r4Faults(task)).toEqual([]);
      expect(JSON.stringify(task)).not.toContain(message.subject?.reference);
      expect((await (await as(hub, who)).get(message.subject?.reference ?? '')).status).toBe(404);
    }
    expect(await codesTold('municipality', message)).toEqual([]);
    const [own] = await told('homeNursing', message);
    const done = await (await as(hub, 'homeNursing')).put(`Task/${own?.id}`, { ...own, status: 'completed' });
    expect([done.status, codesOf(done)]).toEqual([200, []]);
    const again = await send('healthCentre', sealed, ['homeNursing']);
    expect(codesOf(again)).toEqual(['PAT-5', 'person-protected']);
    await tell(false);
    expect(await readBy(message)).toEqual(['healthCentre', 'homeNursing']);
    expect(await codesTold('healthCentre', message)).toEqual(['continue-by-telephone cancelled']);
  });

  it('PAT-12: is the one person’s when two turn out to be one, and read by the same units', async () => {
    const message = await sent('healthCentre', gone, ['homeNursing']);
    const other = await sent('healthCentre', lives, ['homeNursing']);
    await hub.population.change(lives, { referred: [gone] });
    const merged = await hub.tell(factTopics.identity, {
      sender: 'OUTSIDE',
      occurredAt: new Date().toISOString(),
      person: { type: 'personnummer', value: lives },
      replaced: [{ type: 'personnummer', value: gone }],
      messageId: 'OUTSIDE-1',
    });
    expect(merged).toMatchObject({ state: 'done', outcome: 'confirmed-by-the-register' });
    expect(await readBy(message)).toEqual(['healthCentre', 'homeNursing']);
    const reader = await as(hub, 'homeNursing');
    for (const who of ['healthCentre', 'homeNursing'] as const) {
      const former = await (await as(hub, who)).get(message.subject?.reference ?? '');
      expect([who, former.status]).toEqual([who, 200]);
      expect(former.body).toMatchObject({
        link: [{ type: 'replaced-by', other: { reference: other.subject?.reference } }],
      });
    }
    const found = await reader.get(`Communication?subject=${other.subject?.reference}&category=message`);
    expect(new Set(ids(found))).toEqual(new Set([message.id, other.id]));
  });

  it('CON-8: the consent is taken back by any unit that reads it; then the sender alone does, and is told by whom', async () => {
    const message = await sent('healthCentre', nobodys, ['homeNursing', 'municipality']);
    const receiver = await as(hub, 'homeNursing');
    const read = (await receiver.get(`Communication/${message.id}`)).body as Sent;
    const outsider = await (
      await as(hub, 'otherMunicipality')
    ).put(`Communication/${message.id}`, { ...read, status: 'stopped' });
    expect(outsider.status).toBe(404);
    const answer = await receiver.put(`Communication/${message.id}`, { ...read, status: 'stopped' });
    expect(answer.status).toBe(204);
    expect(await readBy(message)).toEqual(['healthCentre']);
    for (const who of ['homeNursing', 'municipality'] as const)
      expect((await asked(who)).map(({ focus }) => focus?.reference)).not.toContain(
        `Communication/${message.id}`,
      );
    for (const who of ['healthCentre', 'municipality'] as const)
      expect([who, await codesTold(who, message)]).toEqual([who, ['stop-what-was-asked requested']]);
    for (const who of ['homeNursing', 'otherMunicipality'] as const)
      expect([who, await codesTold(who, message)]).toEqual([who, []]);
    const [stop] = await told('municipality', message);
    expect(stop === undefined ? 'none' : r4Faults(stop)).toEqual([]);
    expect(JSON.stringify(stop)).not.toContain(message.subject?.reference);
    const stopped = await (
      await as(hub, 'municipality')
    ).put(`Task/${stop?.id}`, { ...stop, status: 'completed' });
    expect([stopped.status, codesOf(stopped)]).toEqual([200, []]);
    const kept = (await (await as(hub, 'healthCentre')).get(`Communication/${message.id}`)).body as Sent;
    expect(r4Faults(kept)).toEqual([]);
    expect(kept.status).toBe('stopped');
    // What had left already and to whom: the addressees, and who of them had it to acknowledge.
    expect(kept.recipient).toHaveLength(2);
    expect(kept.extension).toEqual(
      expect.arrayContaining([
        {
          url: extensions.consentWithdrawnBy,
          valueReference: expect.objectContaining({ display: expect.any(String) }),
        },
      ]),
    );
  });

  it('MSG-3: the sender annuls it, and it stays readable, marked', async () => {
    const message = await sent('healthCentre', nobodys, ['homeNursing']);
    const receiver = await as(hub, 'homeNursing');
    const read = (await receiver.get(`Communication/${message.id}`)).body as Sent;
    const body = { ...read, status: 'entered-in-error' as const };
    const other = await receiver.put(`Communication/${message.id}`, body);
    expect([other.status, codesOf(other)]).toEqual([403, ['MSG-3', 'annulled-by-sender-alone']]);
    const done = await (await as(hub, 'healthCentre')).put(`Communication/${message.id}`, body);
    expect([done.status, (done.body as Sent).status]).toEqual([200, 'entered-in-error']);
    expect(await readBy(message)).toEqual(['healthCentre', 'homeNursing']);
    expect(await codesTold('homeNursing', message)).toEqual(['stop-what-was-annulled requested']);
    expect(await codesTold('healthCentre', message)).toEqual([]);
  });

  it('MSG-9: when the journal has ended the stay a message in the case is refused, and one outside it is taken', async () => {
    await tellStay('discharged');
    const inCase = await (
      await as(hub, 'nurse')
    ).post('Communication', {
      resourceType: 'Communication',
      status: 'completed',
      basedOn: [{ reference: `CarePlan/${caseId}` }],
      payload: [{ contentString: 'Hej' }],
    });
    expect([inCase.status, codesOf(inCase)]).toEqual([422, ['MSG-9', 'message-after-stay']]);
    await sent('nurse', alsoInCase, ['homeNursing']);
  });

  it('the log makes the same rows again', async () => {
    expect(await rebuiltDifferences(hub.store.database, streamsOf(caseKinds))).toEqual([]);
  });
});
