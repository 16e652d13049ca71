import * as fc from 'fast-check';
import type { CarePlan, Parameters, ParametersParameter, Task } from 'fhir/r4.js';
import { caseKinds } from '../../cases/kinds/every-kind.js';
import type { Responsibility } from '../../process/vocabulary.js';
import { codeSystems, coding, extensions, foreignCanonicals } from '../../projection/codes/codes.js';
import { overviewOf, type Viewer } from './overview.js';

const stepOf = (kind: string) => caseKinds.todos[kind]?.step;
const [ward, centre, inbox] = ['SE1-W', 'SE2-H', 'SE3-K'] as const;
const unit = (value: string) => ({ type: 'Organization', identifier: { value }, display: value });

const plan = (state: string, status: CarePlan['status'] = 'active', step = 'ready'): CarePlan => ({
  resourceType: 'CarePlan',
  status,
  intent: 'plan',
  subject: {},
  extension: [
    {
      url: extensions.stepState,
      extension: [
        { url: 'step', valueCoding: { code: step } },
        { url: 'state', valueCoding: { code: state } },
      ],
    },
  ],
});

let count = 0;
const todo = (of: string, more: Partial<Task> = {}, kind = 'acknowledge-ready'): Task => ({
  resourceType: 'Task',
  id: `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`,
  status: 'requested',
  intent: 'order',
  code: { coding: [coding({ system: codeSystems.todo.system, concepts: {} }, kind as never)] },
  owner: unit(of),
  performerType: [{ coding: [{ code: caseKinds.todos[kind]?.responsibility ?? 'acknowledge' }] }],
  executionPeriod: { start: '2026-03-02T10:00:00.000Z' },
  ...more,
});
const done = (of: string, end: string): Task => ({
  ...todo(of, { status: 'completed', executionPeriod: { start: '2026-03-02T10:00:00.000Z', end } }),
  extension: [
    {
      url: foreignCanonicals.taskPerformer,
      extension: [{ url: 'actor', valueReference: { display: `Somebody of ${of}` } }],
    },
  ],
});

const nurse: Viewer = { units: [ward], responsibilities: ['read', 'write', 'acknowledge'] };
const district: Viewer = { units: [centre], responsibilities: ['read', 'write', 'acknowledge'] };
const secretary: Viewer = { units: [centre], responsibilities: ['read'] };
const system: Viewer = { units: [centre] };

const part = (of: ParametersParameter | undefined, name: string) =>
  of?.part?.filter((each) => each.name === name) ?? [];
const stepIn = ({ parameter = [] }: Parameters) => parameter.find(({ name }) => name === 'step');
const colour = (of: Parameters) => part(stepIn(of), 'colour')[0]?.valueCoding?.code;
const sinceOf = (of: Parameters) => part(stepIn(of), 'since')[0]?.valueDateTime;

describe('The colour of a step', () => {
  const later = '2026-03-02T12:00:00.000Z';
  const begun = '2026-03-02T10:00:00.000Z';
  it.each<[string, string, CarePlan['status'], readonly Task[], Viewer, string, string | undefined]>([
    ['my role has to do it', 'awaiting', 'active', [todo(centre)], district, 'red', begun],
    [
      'my unit has begun it',
      'awaiting',
      'active',
      [todo(centre, { status: 'in-progress' })],
      district,
      'red',
      begun,
    ],
    ['another role of my unit has to', 'awaiting', 'active', [todo(centre)], secretary, 'yellow', begun],
    ['a system of the unit looks', 'awaiting', 'active', [todo(centre)], system, 'red', begun],
    ['another unit has to', 'awaiting', 'active', [todo(centre)], nurse, 'yellow', begun],
    [
      'mine is done, another waits',
      'partly',
      'active',
      [done(centre, later), todo(inbox)],
      district,
      'yellow',
      begun,
    ],
    [
      'all have done it',
      'done',
      'active',
      [done(centre, begun), done(inbox, later)],
      district,
      'green',
      later,
    ],
    ['nobody is addressed', 'awaiting', 'active', [], nurse, 'yellow', undefined],
    ['it is not begun', 'not-begun', 'active', [], nurse, 'grey', undefined],
    [
      'the case is over and it was not done',
      'partly',
      'completed',
      [done(centre, later)],
      nurse,
      'grey',
      undefined,
    ],
    [
      'what is cancelled asks nobody',
      'not-begun',
      'active',
      [todo(centre, { status: 'cancelled' })],
      district,
      'grey',
      undefined,
    ],
  ])('VIEW-2: %s', (_what, state, status, tasks, viewer, expected, from) => {
    const overview = overviewOf(plan(state, status), tasks, viewer, stepOf);
    expect([colour(overview), sinceOf(overview)]).toEqual([expected, from]);
  });

  it('VIEW-3: lists what my role has to do, since when and until when; what belongs to no step stands beside', () => {
    const deadline = { restriction: { period: { end: '2026-03-02T22:59:59.999Z' } } };
    const tasks = [todo(centre, deadline), todo(inbox), todo(centre, {}, 'review-register-change')];
    const overview = overviewOf(plan('awaiting'), tasks, district, stepOf);
    const [mine, ...more] = part(stepIn(overview), 'todo');
    expect(more).toEqual([]);
    expect(part(mine, 'task')[0]?.valueReference?.reference).toBe(`Task/${tasks[0]?.id}`);
    expect(part(mine, 'deadline')[0]?.valueDateTime).toBe(deadline.restriction.period.end);
    const beside = overview.parameter?.filter(({ name }) => name === 'todo') ?? [];
    expect(beside.map((each) => part(each, 'code')[0]?.valueCodeableConcept?.coding?.[0]?.code)).toEqual([
      'review-register-change',
    ]);
  });

  it('VIEW-12: says which unit acknowledged, who for it, and when; of several rounds the last', () => {
    const [first, second] = [
      done(centre, '2026-03-02T11:00:00.000Z'),
      done(centre, '2026-03-02T12:00:00.000Z'),
    ];
    const tasks = [
      second,
      { ...first, executionPeriod: { ...first.executionPeriod, start: '2026-03-02T09:00:00.000Z' } },
    ];
    const told = part(stepIn(overviewOf(plan('done'), tasks, nurse, stepOf)), 'done');
    expect(told).toHaveLength(1);
    expect(part(told[0], 'by')[0]?.valueReference?.display).toBe(`Somebody of ${centre}`);
    expect(part(told[0], 'at')[0]?.valueDateTime).toBe('2026-03-02T12:00:00.000Z');
  });

  it('SVU-9, SVU-12, VIEW-12: what was asked again since, or is withdrawn, is not told as done', () => {
    const again = todo(centre, { executionPeriod: { start: '2026-03-02T13:00:00.000Z' } });
    const asked = overviewOf(
      plan('awaiting'),
      [done(centre, '2026-03-02T12:00:00.000Z'), again],
      nurse,
      stepOf,
    );
    expect([part(stepIn(asked), 'done'), part(stepIn(asked), 'waitsFor')]).toEqual([[], [expect.anything()]]);
    const withdrawn = overviewOf(
      plan('not-begun'),
      [done(centre, '2026-03-02T12:00:00.000Z')],
      nurse,
      stepOf,
    );
    expect(part(stepIn(withdrawn), 'done')).toEqual([]);
  });

  it('VIEW-2, VIEW-3: is red for exactly what my role has to do, and green only when nothing is open', () => {
    const responsibilities: readonly Responsibility[] = ['read', 'write', 'acknowledge', 'sign', 'approve'];
    const anyTask = fc
      .record({
        of: fc.constantFrom(ward, centre, inbox),
        kind: fc.constantFrom(...Object.keys(caseKinds.todos)),
        status: fc.constantFrom<Task['status'][]>(
          'requested',
          'received',
          'accepted',
          'in-progress',
          'completed',
          'cancelled',
        ),
      })
      .map(({ of, kind, status }) => todo(of, { status }, kind));
    const anyViewer = fc.record({
      units: fc.subarray([ward, centre, inbox]),
      responsibilities: fc.subarray([...responsibilities]),
    });
    const states = fc.constantFrom('not-begun', 'awaiting', 'partly', 'done');
    fc.assert(
      fc.property(fc.array(anyTask, { maxLength: 12 }), anyViewer, states, (tasks, viewer, state) => {
        const overview = overviewOf(plan(state), tasks, viewer, stepOf);
        const open = tasks.filter(({ status }) => !['completed', 'cancelled'].includes(status));
        const ready = open.filter(({ code }) => stepOf(code?.coding?.[0]?.code ?? '') === 'ready');
        const mine = (task: Task) =>
          viewer.units.includes(task.owner?.identifier?.value as never) &&
          viewer.responsibilities.includes(task.performerType?.[0]?.coding?.[0]?.code as never);
        expect(colour(overview) === 'red').toBe(ready.some(mine));
        expect(colour(overview) === 'green' && ready.length > 0).toBe(false);
        const listed = (overview.parameter ?? []).flatMap((each) =>
          each.name === 'todo' ? [each] : part(each, 'todo'),
        );
        const refs = new Set(listed.map((each) => part(each, 'task')[0]?.valueReference?.reference));
        expect(open.filter(mine).every(({ id }) => refs.has(`Task/${id}`))).toBe(true);
        expect(refs.size).toBe(open.filter(mine).length);
      }),
    );
  });
});
