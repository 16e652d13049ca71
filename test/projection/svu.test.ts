import { reaches } from '../../src/process/case/shared-level.js';
import * as fc from 'fast-check';
import type { CarePlan, Communication, Consent, Task } from 'fhir/r4.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { codeSystems } from '../../src/projection/codes/codes.js';
import { careTeamId, taskId } from '../../src/projection/identity.js';
import type { Projection, RenderedResource } from '../../src/projection/projection.js';
import { searchParameter } from '../../src/projection/search-parameters.js';
import { staffName } from '../../src/projection/staff-name.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { r4Faults } from '../support/r4-resources.js';
import {
  anyState,
  caseId,
  consent,
  draft,
  frozen,
  harmAssessment,
  healthCentre,
  municipality,
  personId,
  published,
  reason,
  refusal,
  stayId,
  ward,
} from './states.js';

const ofType = <Type extends RenderedResource['content']['resourceType']>(
  projection: Projection,
  type: Type,
) =>
  projection.resources.filter(
    (resource): resource is RenderedResource & { content: { resourceType: Type } } =>
      resource.content.resourceType === type,
  );

const project = (state: SvuState): Projection => projectSvu(caseId, state);
const carePlan = (state: SvuState): RenderedResource => {
  const [found] = ofType(project(state), 'CarePlan');
  if (!found) throw new Error('No CarePlan');
  return found;
};

/** What a unit of a case reads, by the rules of the store: a grant on the scope, drafts for the hospital, content. */
function readable(projection: Projection, unit: string): RenderedResource[] {
  return projection.resources.filter((resource) =>
    projection.grants.some(
      (grant) =>
        grant.unit === unit &&
        grant.scope === resource.scope &&
        (!resource.draft || grant.drafts) &&
        reaches(grant.level, resource.needs),
    ),
  );
}

describe('any state of a case', () => {
  it('is checked by a schema that finds faults', () => {
    const { content } = carePlan(published);
    expect(r4Faults(content)).toEqual([]);
    expect(r4Faults(Object.assign({}, content, { statuses: 'active' }))).not.toEqual([]);
    expect(r4Faults(Object.assign({}, content, { subject: 'Patient/1' }))).not.toEqual([]);
  });

  it('renders resources that are valid FHIR R4', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        for (const { content } of project(state).resources) expect(r4Faults(content)).toEqual([]);
      }),
    );
  });

  it('renders equal resources from equal states, whatever the order of their keys', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const copy = JSON.parse(JSON.stringify(state)) as SvuState;
        const turned = Object.fromEntries(Object.entries(copy).toReversed()) as SvuState;
        expect(project(turned)).toEqual(project(state));
      }),
    );
  });

  it('gives each resource one id, and each unit one grant for a scope', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { resources, grants } = project({ ...state, decisions: state.decisions.slice(0, 1) });
        const ids = resources.map(({ content }) => `${content.resourceType}/${content.id}`);
        expect(new Set(ids).size).toBe(ids.length);
        const rights = grants.map(({ scope, unit }) => `${scope} ${unit}`);
        expect(new Set(rights).size).toBe(rights.length);
      }),
    );
  });

  it('ACC-7, CON-5, PAT-6: shows a note to the unit of its to-do alone, while it takes part and the case may share it', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyState, (any) => {
        // Most to-dos are a participant's; some are those of a unit that is gone.
        const [some] = Object.keys(any.participants);
        const todos = Object.entries(any.todos).map(([key, todo], index) => [
          key,
          some === undefined || index === 0 ? todo : { ...todo, unit: some },
        ]);
        const state = { ...any, todos: Object.fromEntries(todos) as SvuState['todos'] };
        const projection = project(state);
        const units = new Map(
          Object.values(state.todos).map((todo) => [taskId(caseId, todo.key), todo.unit]),
        );
        for (const unit of new Set(projection.grants.map((grant) => grant.unit))) {
          const notes = ofType(
            { ...projection, resources: readable(projection, unit) },
            'Communication',
          ).filter(
            ({ content }) => (content as Communication).category?.[0]?.coding?.[0]?.code === 'todo-note',
          );
          for (const { content } of notes) {
            const [about] = (content as Communication).about ?? [];
            expect(units.get(about?.reference?.replace('Task/', '') ?? '')).toBe(unit);
            expect(Object.keys(state.participants)).toContain(unit);
            expect([state.frozen, state.sharing === 'minimum', state.phase === 'annulled']).toEqual([
              false,
              false,
              false,
            ]);
            seen += 1;
          }
        }
        for (const { content } of ofType(projection, 'Task')) expect(content).not.toHaveProperty('note');
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(seen).toBeGreaterThan(0);
  });

  it('indexes only what the table of search parameters offers', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        for (const { content, tokens } of project(state).resources) {
          for (const token of tokens) {
            const name = token.split('|')[0]?.replace(/:(identifier|exact)$/u, '') ?? '';
            const parameter = searchParameter(content.resourceType, name);
            expect([content.resourceType, name, parameter?.how]).toEqual([
              content.resourceType,
              name,
              expect.stringMatching(/^(tokens|prefixes|code|boolean)$/u),
            ]);
          }
        }
      }),
    );
  });

  it('ACC-2: shows nothing outside the hospital side before it is published', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { publishedAt: _publishedAt, ...unpublished } = state;
        const projection = project(unpublished);
        const others = Object.values(unpublished.participants).filter(({ side }) => side !== 'hospital');
        expect(others.flatMap(({ unit }) => readable(projection, unit))).toEqual([]);
      }),
    );
  });

  it('PAT-6: lets nobody read personal content while the case is frozen', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const projection = project({ ...state, frozen: true });
        for (const unit of Object.keys(state.participants)) {
          for (const resource of readable(projection, unit)) {
            expect(resource.needs).toBe('none');
            expect(JSON.stringify(resource.content)).not.toContain(reason);
          }
        }
      }),
    );
  });
});

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
    const { [municipality]: _removed, ...participants } = published.participants;
    const removal = {
      ...(published.notices['admission-notice:1'] as SvuState['notices'][string]),
      key: 'participant-removed:1',
      kind: 'participant-removed' as const,
      recipients: [municipality],
      content: { unit: municipality },
    };
    const projection = project({
      ...published,
      participants,
      notices: { ...published.notices, [removal.key]: removal },
    });
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
    const { [municipality]: _removed, ...participants } = published.participants;
    const removal = {
      ...(published.notices['admission-notice:1'] as SvuState['notices'][string]),
      key: 'participant-removed:1',
      kind: 'participant-removed' as const,
      recipients: [municipality],
      content: { unit: municipality },
    };
    const without = {
      ...published,
      participants,
      left: [municipality],
      notices: { ...published.notices, [removal.key]: removal },
    };
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

describe('a frozen case', () => {
  it('PAT-6: says that it is on hold, and shows nothing of what it was', () => {
    const { content, needs } = carePlan(frozen);
    expect(needs).toBe('none');
    expect(Object.keys(content).toSorted()).toEqual([
      'category',
      'id',
      'intent',
      'resourceType',
      'status',
      'subject',
    ]);
    expect((content as CarePlan).status).toBe('on-hold');
  });

  it('PAT-6: still tells each unit to go on by telephone', () => {
    const codes = readable(project(frozen), healthCentre).map(({ content }) =>
      content.resourceType === 'Task'
        ? content.code?.coding?.[0]?.code
        : content.resourceType === 'Communication'
          ? content.category?.[0]?.coding?.[0]?.code
          : content.resourceType,
    );
    expect(new Set(codes)).toEqual(new Set(['CarePlan', 'continue-by-telephone', 'frozen']));
  });

  it('PAT-6: opens neither the person nor the stay', () => {
    expect(new Set(project(frozen).grants.map((grant) => grant.scope))).toEqual(new Set([caseId]));
  });
});

describe('decisions', () => {
  const consents = (state: SvuState) =>
    ofType(project(state), 'Consent').map(({ content }) => content as Consent);

  it('CON-12: a consent says who gave it, how, and who registered it', () => {
    const [shown] = consents(published);
    expect(shown).toMatchObject({
      id: consent.id,
      status: 'active',
      performer: [{ reference: `Patient/${personId}` }],
      policyRule: { coding: [{ code: 'skane', version: '1' }] },
      provision: {
        type: 'permit',
        data: [{ meaning: 'related', reference: { reference: `CarePlan/${caseId}` } }],
      },
    });
    expect(shown?.extension?.map(({ valueCoding }) => valueCoding?.code)).toEqual([
      undefined,
      'oral',
      'patient',
    ]);
  });

  it('CON-8: a decision that ended is inactive', () => {
    const ended = { ...consent, endedAt: '2026-11-21T10:00:00.000Z' };
    expect(consents({ ...published, decisions: [ended, refusal] }).map(({ status }) => status)).toEqual([
      'inactive',
      'active',
    ]);
  });

  it('a refusal denies', () => {
    expect(consents({ ...published, decisions: [refusal] })[0]?.provision?.type).toBe('deny');
  });

  it('CON-3, CON-4, CON-13: a harm assessment names its assessor and keeps its answers', () => {
    const state = { ...published, decisions: [harmAssessment] };
    const [shown] = consents(state);
    const [answers] = ofType(project(state), 'QuestionnaireResponse');
    expect(shown?.performer?.[0]?.display).toBe(
      `${staffName('SE2321000255-P001', 'Anna Andersson')}, Sjuksköterska`,
    );
    expect(shown?.sourceReference?.reference).toBe(`QuestionnaireResponse/${answers?.content.id}`);
    expect(answers?.content).toMatchObject({
      item: [
        { linkId: 'reason-consent-unavailable', answer: [{ valueString: 'Patienten är medvetslös' }] },
        { linkId: 'may-harm', answer: [{ valueBoolean: false }] },
        { linkId: 'necessary', answer: [{ valueBoolean: true }] },
      ],
    });
  });

  it('CON-5: under a refusal the stay is opened for the hospital side only', () => {
    const { grants } = project({ ...published, sharing: 'minimum', decisions: [refusal] });
    expect(grants.filter((grant) => grant.scope === stayId).map((grant) => grant.unit)).toEqual([ward]);
  });
});
