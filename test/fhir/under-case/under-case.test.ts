import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { everyStream } from '../../../src/cases/streams/collect-streams.js';
import { StreamRegistry } from '../../../src/log/stream-registry.js';
import type { StreamType } from '../../../src/log/stream-type.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { as, informed, opened, type Who } from '../../support/svu.js';
import { casesWithForms } from './case-with-forms.js';
import { fill, form, partId, parts, pointerId, type Part } from './form.js';
import { rebuiltDifferences } from '../../support/rebuilt.js';

/**
 * What hangs on a case in a stream of its own is governed by the case (ADR 73). Whatever becomes of the case, the form itself is not
 * written to; and every door shows of it the same.
 */

let hub: TestHub;
let cases: ReturnType<typeof casesWithForms>;
beforeAll(async () => {
  hub = await startHub();
  cases = casesWithForms(hub);
}, 60_000);
afterAll(() => hub.stop());

type Reader = Awaited<ReturnType<typeof as>>;
const ids = ({ body }: Response): readonly (string | undefined)[] =>
  ((body as Bundle).entry ?? []).map(({ resource }) => resource?.id);

/** How each door shows one part of the form. */
const doors: Readonly<
  Record<string, (reader: Reader, caseId: string, id: string, part: Part) => Promise<boolean>>
> = {
  read: async (reader, _case, id, part) =>
    (await reader.get(`Communication/${partId(id, part)}`)).status === 200,
  vread: async (reader, _case, id, part) =>
    (await reader.get(`Communication/${partId(id, part)}/_history/1`)).status === 200,
  history: async (reader, _case, id, part) =>
    (await reader.get(`Communication/${partId(id, part)}/_history`)).status === 200,
  search: async (reader, caseId, id, part) =>
    ids(await reader.get(`Communication?based-on=CarePlan/${caseId}&_count=100`)).includes(partId(id, part)),
  count: async (reader, caseId, id, part) =>
    (
      (await reader.get(`Communication?_id=${partId(id, part)}&based-on=CarePlan/${caseId}&_summary=count`))
        .body as Bundle
    ).total === 1,
  include: async (reader, _case, id, part) =>
    ids(await reader.get(`Task?_id=${pointerId(id, part)}&_include=Task:focus`)).includes(partId(id, part)),
};

/** What each of some people sees of the form: the same at every door. */
async function sight(caseId: string, id: string, ...people: readonly Who[]) {
  const seen: Partial<Record<Who, readonly Part[]>> = {};
  for (const who of people) {
    const reader = await as(hub, who);
    const byDoor = new Map<string, readonly Part[]>();
    for (const [door, shows] of Object.entries(doors)) {
      const here: Part[] = [];
      for (const part of parts) if (await shows(reader, caseId, id, part)) here.push(part);
      byDoor.set(door, here);
    }
    const [shown = []] = byDoor.values();
    expect([who, Object.fromEntries(byDoor)]).toEqual([
      who,
      Object.fromEntries(Object.keys(doors).map((door) => [door, shown])),
    ]);
    seen[who] = shown;
  }
  return seen;
}

const everything: readonly Part[] = ['none', 'minimum', 'full'];

let first = { caseId: '', id: '' };
/** Whose case was annulled, and who may have another. */
let annulled = '';

describe('a form in a stream of its own under a case', () => {
  it('ACC-1, ACC-2: is seen by those who take part, its draft by the side that opened the case', async () => {
    const { caseId, id } = (first = await cases.formOfPublished());
    expect(await sight(caseId, id, 'nurse', 'healthCentre', 'municipality', 'otherMunicipality')).toEqual({
      nurse: [...everything, 'draft'],
      healthCentre: everything,
      municipality: everything,
      otherMunicipality: [],
    });
  });

  it('CON-5: a refusal hides at once what is beyond the minimum, until all is published anew', async () => {
    const { caseId, id, untouched } = await cases.formOfPublished();
    await cases.decide(caseId, 'refusal');
    const underRefusal = { nurse: ['none', 'minimum', 'draft'], healthCentre: ['none', 'minimum'] };
    expect(await sight(caseId, id, 'nurse', 'healthCentre')).toEqual(underRefusal);
    await cases.deregister(caseId);
    expect(await sight(caseId, id, 'nurse', 'healthCentre')).toEqual(underRefusal);
    await cases.decide(caseId, 'consent');
    expect(await sight(caseId, id, 'nurse', 'healthCentre')).toEqual(underRefusal);
    await cases.publish(caseId, { name: 'reason', valueString: 'Höftfraktur' });
    expect(await sight(caseId, id, 'nurse', 'healthCentre')).toEqual({
      nurse: [...everything, 'draft'],
      healthCentre: everything,
    });
    expect(await untouched()).toBe(true);
  });

  it('CON-8: a deregistered decision leaves it to those who take part, and shows later ones that it is there', async () => {
    const { caseId, id, untouched } = await cases.formOfPublished();
    await cases.deregister(caseId);
    await cases.add(caseId, 'otherHealthCentre');
    expect(await sight(caseId, id, 'nurse', 'healthCentre', 'otherHealthCentre')).toEqual({
      nurse: [...everything, 'draft'],
      healthCentre: everything,
      otherHealthCentre: ['none'],
    });
    expect(await untouched()).toBe(true);
  });

  it('ACC-7: a unit that is removed sees nothing of it', async () => {
    const { caseId, id, untouched } = await cases.formOfPublished();
    await cases.add(caseId, 'otherHealthCentre');
    expect(await sight(caseId, id, 'otherHealthCentre')).toEqual({ otherHealthCentre: everything });
    await cases.remove(caseId, 'otherHealthCentre');
    expect(await sight(caseId, id, 'otherHealthCentre', 'healthCentre')).toEqual({
      otherHealthCentre: [],
      healthCentre: everything,
    });
    expect(await untouched()).toBe(true);
  });

  it('PAT-6: a person who becomes protected leaves what names nobody', async () => {
    const { caseId, id, untouched } = await cases.formOfPublished();
    const { rows } = await hub.store.database.query<{ record: object & { identifier: { value: string } } }>(
      `select c.record from person_copy as c join stream as s on s.person_id = c.person_id
        where s.id = $1 order by c.version desc limit 1`,
      [caseId],
    );
    const { record } = rows[0] ?? { record: { identifier: { value: '' } } };
    const { outcome } = await hub.tell(factTopics.person, {
      person: { type: 'personnummer', value: record.identifier.value },
      found: true,
      record: { ...record, protectedPerson: true } as never,
      readAt: new Date().toISOString(),
    });
    expect(outcome).toContain('sealed');
    expect(await sight(caseId, id, 'nurse', 'healthCentre')).toEqual({
      nurse: ['none'],
      healthCentre: ['none'],
    });
    expect(await untouched()).toBe(true);
  });

  it('VIEW-11: goes with a case that is annulled', async () => {
    const { caseId, id, person, untouched } = await cases.formOfPublished();
    annulled = person;
    await cases.annul(caseId);
    expect(await sight(caseId, id, 'nurse', 'healthCentre')).toEqual({ nurse: [], healthCentre: [] });
    expect(await untouched()).toBe(true);
  });
});

describe('earlier versions of a form', () => {
  const versionsOf = async (who: Who, id: string, part: Part = 'full') => {
    const reader = await as(hub, who);
    const { body } = await reader.get(`Communication/${partId(id, part)}/_history`);
    const listed = ((body as Bundle).entry ?? []).map(({ resource }) => Number(resource?.meta?.versionId));
    const read: number[] = [];
    for (const version of [1, 2, 3, 4])
      if ((await reader.get(`Communication/${partId(id, part)}/_history/${version}`)).status === 200)
        read.unshift(version);
    expect(read).toEqual(listed);
    return read;
  };

  it('ACC-2, CON-8: of a draft the one that stood when the case was published; of a later one, when the unit joined', async () => {
    const caseId = await opened(hub, annulled);
    const id = await cases.fillIn(caseId, 'Första utkastet');
    await cases.fillIn(caseId, 'Andra utkastet', { id });
    await cases.step(`CarePlan/${caseId}/$record-patient-information`, informed);
    await cases.decide(caseId, 'consent');
    expect([await versionsOf('nurse', id), await versionsOf('healthCentre', id)]).toEqual([[2, 1], []]);
    await cases.publish(caseId);
    expect([await versionsOf('nurse', id), await versionsOf('healthCentre', id)]).toEqual([[2, 1], [2]]);
    await cases.fillIn(caseId, 'Det tredje', { id });
    await cases.add(caseId, 'otherHealthCentre');
    await cases.fillIn(caseId, 'Det fjärde', { id });
    expect(await versionsOf('nurse', id)).toEqual([4, 3, 2, 1]);
    expect(await versionsOf('healthCentre', id)).toEqual([4, 3, 2]);
    expect(await versionsOf('otherHealthCentre', id)).toEqual([4, 3]);
    await cases.decide(caseId, 'refusal');
    expect(await versionsOf('nurse', id)).toEqual([]);
    expect(await versionsOf('healthCentre', id)).toEqual([]);
    expect(await versionsOf('healthCentre', id, 'minimum')).toEqual([4, 3, 2]);
  });
});

describe('the hub of a form under a case', () => {
  it('ACC-5: tells who read it with the case', async () => {
    const { caseId, id } = first;
    const reader = await as(hub, 'healthCentre');
    await reader.get(`Communication/${partId(id, 'full')}`);
    await reader.get(`Communication?_id=${partId(id, 'full')}&based-on=CarePlan/${caseId}`);
    await reader.get(`Communication/${partId(id, 'full')}/_history`);
    const { rows } = await hub.store.database.query(
      `select distinct action, case_id from audit_record
        where detail->>'resource' = $1 or detail->'resources' ? $1 order by action`,
      [`Communication/${partId(id, 'full')}`],
    );
    expect(rows).toEqual(
      ['history-instance', 'read', 'search-type', 'vread'].map((action) => ({ action, case_id: caseId })),
    );
  });

  it('makes of the log the same rows again', async () => {
    const registry = new StreamRegistry([
      ...['svu', 'stay', 'person', 'ward-notice'].map((name) => everyStream.get(name)),
      form,
    ]);
    expect(await rebuiltDifferences(hub.store.database, registry)).toEqual([]);
  });

  it.each<[string, Pick<StreamType<never, never, never>, 'project'>]>([
    [
      'gives a right',
      {
        project: () => ({
          resources: [],
          grants: [{ scope: randomUUID(), unit: 'SE1', drafts: true, level: 'full' }],
        }),
      },
    ],
    [
      'shows something under another scope',
      {
        project: (id) => ({
          resources: [
            {
              content: { resourceType: 'Communication', id, status: 'completed' },
              scope: id,
              needs: 'none',
              draft: false,
              tokens: [],
            },
          ],
          grants: [],
        }),
      },
    ],
  ])(
    'CON-5: writes nothing of a stream that %s: the case would not govern it',
    async (_what, { project }) => {
      const astray = { ...form, project };
      const id = randomUUID();
      await expect(
        hub.cases.log.transact(
          { locks: [], cause: { kind: 'request', id: 'test' }, recordedAt: new Date().toISOString() },
          (session) =>
            session.execute(
              astray,
              id,
              fill({ caseId: randomUUID(), personId: randomUUID(), text: '' }, new Date().toISOString()),
            ),
        ),
      ).rejects.toThrow('A stream under a case');
      const { rows } = await hub.store.database.query('select 1 from event where stream_id = $1', [id]);
      expect(rows).toEqual([]);
    },
  );
});
