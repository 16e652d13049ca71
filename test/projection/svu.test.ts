import * as fc from 'fast-check';
import type { CarePlan, Communication, Consent } from 'fhir/r4.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { taskId } from '../../src/projection/identity.js';
import { searchParameter } from '../../src/projection/search-parameters.js';
import { staffName } from '../../src/projection/staff-name.js';
import { r4Faults } from '../support/r4-resources.js';
import {
  anyState,
  caseId,
  consent,
  frozen,
  harmAssessment,
  healthCentre,
  personId,
  published,
  reason,
  refusal,
  stayId,
  ward,
} from './states.js';
import { carePlan, ofType, project, readable } from './svu-setup.js';

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
