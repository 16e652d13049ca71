import type { CarePlan, Communication, Task } from 'fhir/r4.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { codeSystems } from '../../src/projection/codes/codes.js';
import { careTeamId, taskId } from '../../src/projection/identity.js';
import {
  caseId,
  consent,
  draft,
  frozen,
  healthCentre,
  municipality,
  personId,
  published,
  reason,
  stayId,
  ward,
} from './states.js';
import { carePlan, ofType, project, readable } from './svu-setup.js';

describe('a published case', () => {
  it('is a CarePlan with both categories, the period and the reason', () => {
    const content = carePlan(published).content as CarePlan;
    expect(content).toMatchObject({
      id: caseId,
      status: 'active',
      intent: 'plan',
      subject: { reference: `Patient/${personId}` },
      encounter: { reference: `Encounter/${stayId}` },
      careTeam: [{ reference: `CareTeam/${careTeamId(caseId)}` }],
      period: { start: published.admittedAt, end: '2026-11-26' },
      description: reason,
    });
    expect(content.category?.map((category) => category.coding?.[0]?.code)).toEqual(['svu', 'SPU']);
  });

  it('ends its period at the last moment of the planned day in Sweden', () => {
    expect(carePlan(published).periodEnd).toBe('2026-11-26T22:59:59.999Z');
    expect(carePlan({ ...published, expectedDischarge: '2026-10-25' }).periodEnd).toBe(
      '2026-10-25T22:59:59.999Z',
    );
  });

  it('is found by patient, category, status, encounter and care team', () => {
    expect(carePlan(published).tokens).toEqual(
      expect.arrayContaining([
        `patient|Patient/${personId}`,
        `subject|Patient/${personId}`,
        'category|svu',
        `category|${codeSystems.caseKind.system}#svu`,
        'category|https://fhir.inera.se/CodeSystem/typeofcareplan-cs#SPU',
        'status|active',
        `encounter|Encounter/${stayId}`,
        `care-team|CareTeam/${careTeamId(caseId)}`,
      ]),
    );
  });

  it('SVU-2: holds the key of its person while it is open, and no longer', () => {
    expect(project(published).exclusive).toBe(`svu:${personId}`);
    expect(project(draft).exclusive).toBe(`svu:${personId}`);
    expect(project(frozen).exclusive).toBe(`svu:${personId}`);
    expect(project({ ...published, phase: 'discharged' }).exclusive).toBeUndefined();
    expect(project({ ...published, phase: 'annulled' }).exclusive).toBeUndefined();
  });

  it('ACC-1: opens the case, the person and the stay for each unit that takes part', () => {
    const { grants } = project(published);
    for (const unit of [ward, healthCentre, municipality]) {
      const scopes = grants
        .filter((grant) => grant.unit === unit && grant.level === 'full')
        .map((grant) => grant.scope);
      expect(scopes).toEqual([caseId, personId, stayId]);
    }
    expect(new Set(grants.filter((grant) => grant.drafts).map((grant) => grant.unit))).toEqual(
      new Set([ward]),
    );
  });

  it('ACC-7: gives a removed unit nothing but the notice of its removal', () => {
    const projection = project(withoutMunicipality());
    const read = readable(projection, municipality);
    expect(read.map(({ content }) => (content as Communication).category?.[0]?.coding?.[0]?.code)).toEqual([
      'participant-removed',
    ]);
    expect(JSON.stringify(read)).not.toContain(`Patient/${personId}`);
    expect(
      projection.grants.filter((grant) => grant.unit === municipality).map((grant) => grant.scope),
    ).toEqual([read[0]?.content.id]);
  });

  it('ACC-7: a unit that left reads that it left, and nothing of the person', () => {
    const without = { ...withoutMunicipality(), left: [municipality] };
    const [notice] = readable(project(without), municipality);
    expect(notice?.content).toMatchObject({ resourceType: 'Communication' });
    expect(notice?.content).not.toHaveProperty('subject');
    const scopes = project(without).grants.filter(({ unit }) => unit === municipality);
    expect(scopes.map(({ scope }) => scope)).toEqual([notice?.content.id]);
  });

  it('CON-8: tells a unit without content that the case exists, and nothing else', () => {
    const late = 'SE2120001124-S401';
    const added = {
      ...(published.notices['admission-notice:1'] as SvuState['notices'][string]),
      key: 'participant-added:1',
      kind: 'participant-added' as const,
      recipients: [late],
      content: { unit: late },
    };
    const projection = project({
      ...published,
      decisions: [{ ...consent, endedAt: '2026-11-21T08:00:00.000Z' }],
      participants: {
        ...published.participants,
        [late]: {
          unit: late,
          side: 'municipality',
          since: added.sentAt,
          ground: 'by-hand',
          seesContent: false,
        },
      },
      notices: { ...published.notices, [added.key]: added },
    });
    const read = readable(projection, late);
    expect(read.map(({ content }) => content.id)).toHaveLength(1);
    expect(read[0]?.content).toMatchObject({ basedOn: [{ reference: `CarePlan/${caseId}` }] });
    expect(projection.grants.filter((grant) => grant.unit === late).map((grant) => grant.scope)).toEqual([
      caseId,
    ]);
    expect(readable(projection, healthCentre).length).toBeGreaterThan(3);
  });

  it("shows the hospital's own to-dos to the hospital side only", () => {
    const codes = (unit: string) =>
      readable(project(published), unit)
        .map(({ content }) => content)
        .filter((content): content is Task & { id: string } => content.resourceType === 'Task')
        .map((task) => task.code?.coding?.[0]?.code);
    expect(codes(ward)).toContain('publish-discharge');
    expect(codes(healthCentre)).not.toContain('publish-discharge');
  });

  it('SVU-7: gives each receiving unit a Task about the notice, with its owner by HSA-id', () => {
    const key = `acknowledge-admission-notice:${healthCentre}:1`;
    const task = ofType(project(published), 'Task').find(({ content }) => content.id === taskId(caseId, key));
    expect(task?.owner).toBe(healthCentre);
    expect(task?.content).toMatchObject({
      status: 'requested',
      intent: 'order',
      owner: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: healthCentre } },
      basedOn: [{ reference: `CarePlan/${caseId}` }],
      for: { reference: `Patient/${personId}` },
      businessStatus: { coding: [{ code: 'delivered' }] },
    });
    const [notice] = ofType(project(published), 'Communication');
    expect((task?.content as Task | undefined)?.focus?.reference).toBe(`Communication/${notice?.content.id}`);
    expect(task?.tokens).toContain(`owner:identifier|urn:oid:1.2.752.29.4.19#${healthCentre}`);
  });

  it('SVU-7: tells the sender when the unit has acknowledged', () => {
    const key = `acknowledge-admission-notice:${healthCentre}:1`;
    const [todo] = Object.values(published.todos).filter((one) => one.key === key);
    if (todo === undefined) throw new Error('No to-do');
    const done = {
      ...published,
      todos: { ...published.todos, [key]: { ...todo, state: 'completed' } },
    } as const;
    const task = ofType(project(done), 'Task').find(({ content }) => content.id === taskId(caseId, key));
    expect(task?.content).toMatchObject({
      status: 'completed',
      businessStatus: { coding: [{ code: 'acknowledged' }] },
    });
    expect(task?.tokens).toContain('business-status|acknowledged');
  });

  it('words the notice in Swedish, times in Swedish local time', () => {
    const [notice] = ofType(project(published), 'Communication');
    expect((notice?.content as Communication | undefined)?.payload?.[0]?.contentString).toBe(
      [
        'Inskrivningsmeddelande',
        'Inskriven: 2026-11-20 kl. 08.30',
        `Avdelning: Avdelning 12`,
        'Beräknad utskrivning: 2026-11-26',
        `Orsak: ${reason}`,
        'Informationsbroschyr lämnad: ja',
      ].join('\n'),
    );
  });
});

/** The case when the municipality's unit was removed, and was told so. */
function withoutMunicipality(): SvuState {
  const { [municipality]: _removed, ...participants } = published.participants;
  const removal = {
    ...(published.notices['admission-notice:1'] as SvuState['notices'][string]),
    key: 'participant-removed:1',
    kind: 'participant-removed' as const,
    recipients: [municipality],
    content: { unit: municipality },
  };
  return { ...published, participants, notices: { ...published.notices, [removal.key]: removal } };
}
