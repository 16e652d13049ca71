import {
  districtNurse,
  homeNurse,
  journal,
  municipalReader,
  nurse,
  otherNurse,
  secondNeedsAssessor,
  units,
} from '../../../test/support/process/cast.js';
import {
  assessHarm,
  discharge,
  fact,
  freeze,
  inform,
  now,
  opened,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import { statusOf, statusTransitions } from '../todo/status.js';
import type { Todo, TodoProgress, TodoUpdate, UserActor } from '../vocabulary.js';
import type { SvuState } from '../svu/state.js';

const key = (unit: string) => `acknowledge-admission-notice:${unit}:1`;
const update = (said: TodoUpdate, by: UserActor = districtNurse, of = key(by.unit)) =>
  step('update-todo', { key: of, ...said }, by);
const complete = (by: UserActor, said: object = {}) =>
  step('complete-todo', { key: key(by.unit), ...said }, by);
const todoIn = (state: SvuState, of = key(units.healthCentre)): Todo => {
  const todo = state.todos[of];
  if (todo === undefined) throw new Error(`no to-do ${of}`);
  return todo;
};
const note = 'Ringer dottern i kväll';
const reviewed = fact('note-register-change', { changed: ['listing'] });
const review = 'review-register-change:1';

describe('Saying how far a to-do has come', () => {
  it('ORG-12: goes forward only, and only completing acknowledges', () => {
    const ways: readonly TodoProgress[] = ['received', 'accepted', 'in-progress'];
    for (const from of ways) {
      const there = publishedCase().after(update({ progress: from }));
      expect(statusOf(todoIn(there.state))).toBe(from);
      expect(there.state.steps['admission-notice']).toBe('awaiting');
      for (const to of ways) {
        const then = there.when(update({ progress: to }));
        if (to === from) then.thenNothing();
        else if (statusTransitions[from].includes(to)) then.thenEvents({ type: 'TodoUpdated', data: {} });
        else
          then.thenRejected('todo-status-not-allowed', {
            field: 'progress',
            values: { from, allowed: statusTransitions[from].join(', ') },
          });
      }
      const done = there.after(complete(districtNurse));
      expect(statusOf(todoIn(done.state))).toBe('completed');
      expect(done.state.steps['admission-notice']).toBe('partly');
    }
  });

  it('ORG-4: one role of the unit is enough, and another may go on', () => {
    const begun = publishedCase().after(update({ progress: 'received' }, secondNeedsAssessor));
    expect(todoIn(begun.state, key(units.needsAssessment))).toMatchObject({
      progress: 'received',
      updatedAt: now,
    });
  });

  it('ORG-1, ORG-2, ORG-5: the own unit alone, by a user with the responsibility', () => {
    const fresh = publishedCase();
    const said = { progress: 'received' } as const;
    fresh.when(update(said, homeNurse, key(units.healthCentre))).thenRejected('todo-of-another-unit');
    fresh.when(update(said, otherNurse)).thenRejected('not-participating');
    fresh
      .when(step('update-todo', { key: key(units.healthCentre), ...said }, journal))
      .thenRejected('user-required');
    fresh
      .when(update(said, municipalReader))
      .thenRejected('role-lacks-responsibility', { values: { responsibility: 'acknowledge' } });
    fresh.when(update(said, districtNurse, 'constructor')).thenRejected('no-such-todo');
  });

  it('ORG-12: nothing more is said of what is done', () => {
    const done = publishedCase().after(complete(districtNurse));
    done.when(update({ progress: 'received' })).thenRejected('todo-ended', { field: 'progress' });
    done.when(complete(districtNurse, { notes: [note] })).thenRejected('todo-ended', { field: 'notes' });
    done.when(complete(districtNurse)).thenNothing();
  });

  it('SVU-23, PAT-6: not after discharge, nor while the case is frozen', () => {
    publishedCase()
      .after(discharge)
      .when(update({ progress: 'received' }))
      .thenRejected('case-locked');
    publishedCase()
      .after(freeze)
      .when(update({ progress: 'received' }))
      .thenRejected('case-frozen');
  });

  it('SVU-25: what goes to another ward is not seen there; its answers and notes go with it', () => {
    const begun = opened().after(
      update({ progress: 'in-progress', notes: [note] }, nurse, 'publish-admission-notice'),
    );
    const moved = begun.after(fact('change-ward', { ward: units.otherWard, known: true }));
    const todo = todoIn(moved.state, 'publish-admission-notice');
    expect([todo.unit, statusOf(todo), todo.notes?.[0]?.text]).toEqual([units.otherWard, 'requested', note]);
  });

  it('a to-do that ends by its step may be begun, and is still done by its step', () => {
    const begun = opened().after(update({ progress: 'received' }, nurse, 'publish-admission-notice'));
    begun
      .when(step('complete-todo', { key: 'publish-admission-notice' }))
      .thenRejected('todo-ends-by-its-step');
  });
});

describe('Answers of a to-do', () => {
  const asked = publishedCase().after(reviewed);
  const answer = (outputs: object) => step('update-todo', { key: review, outputs: { ...outputs } });

  it('PAT-7: are those that its kind asks, of their type', () => {
    const answered = asked.after(answer({ 'case-goes-on': true, 'handled-on': '2026-03-02' }));
    expect(todoIn(answered.state, review).outputs).toEqual({
      'case-goes-on': true,
      'handled-on': '2026-03-02',
    });
    answered.when(answer({ 'handled-on': '2026-03-02', 'case-goes-on': true })).thenNothing();
    expect(todoIn(answered.after(answer({})).state, review).outputs).toEqual({});
    for (const [outputs, expected] of [
      [{ 'case-goes-on': '2026-03-02' }, 'boolean'],
      [{ 'handled-on': true }, 'date'],
      [{ 'handled-on': '2026-02-30' }, 'date'],
    ] as const)
      asked.when(answer(outputs)).thenRejected('todo-output-type', {
        field: 'outputs',
        values: { output: Object.keys(outputs)[0] ?? '', expected },
      });
    for (const output of ['identity-confirmed', 'constructor'])
      asked
        .when(answer({ [output]: true }))
        .thenRejected('todo-output-not-asked', { field: 'outputs', values: { output } });
  });

  it('ORG-12: come with completing too, in one step', () => {
    const done = asked.after(step('complete-todo', { key: review, outputs: { 'case-goes-on': true } }));
    expect(done.events.slice(-2).map(({ type }) => type)).toEqual(['TodoUpdated', 'TodoCompleted']);
  });
});

describe('Reasons and notes', () => {
  it('are kept, taken back, and not told twice', () => {
    const noted = publishedCase().after(
      update({ progress: 'accepted', statusReason: 'awaits-assessment', notes: [note, ` ${note} `] }),
    );
    expect(todoIn(noted.state)).toMatchObject({
      statusReason: 'awaits-assessment',
      notes: [{ text: note, at: now, by: districtNurse }],
    });
    noted.when(update({ statusReason: 'awaits-assessment', notes: [note] })).thenNothing();
    const back = noted.after(update({ statusReason: null }));
    expect(todoIn(back.state)).not.toHaveProperty('statusReason');
  });

  it('are fifty at most, for each step on the case reads them all', () => {
    const lines = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `Rad ${from + index}`);
    const full = publishedCase().after(update({ notes: lines(0, 30) }), update({ notes: lines(30, 50) }));
    expect(todoIn(full.state).notes).toHaveLength(50);
    full
      .when(update({ notes: lines(50, 51) }))
      .thenRejected('todo-notes-full', { field: 'notes', values: { most: '50' } });
    full.when(update({ notes: lines(20, 50) })).thenNothing();
    publishedCase()
      .when(update({ notes: lines(0, 51) }))
      .thenRejected('todo-notes-full', { field: 'notes' });
  });

  it('CON-5: are refused under refusal, where status may still be said', () => {
    const refused = publishedUnderRefusal();
    refused.when(update({ notes: [note] })).thenRejected('refusal-shares-minimum', { field: 'notes' });
    refused
      .when(complete(districtNurse, { statusReason: 'done-by-telephone' }))
      .thenRejected('refusal-shares-minimum', { field: 'statusReason' });
    refused.when(update({ progress: 'received' })).thenEvents({ type: 'TodoUpdated', data: {} });
  });

  it('CON-5: are forgotten when a refusal is registered, also in a draft', () => {
    const written = publishedCase().after(update({ statusReason: 'awaits-information', notes: [note] }));
    const todo = todoIn(written.after(refuse).state);
    expect([todo.notes, todo.statusReason]).toEqual([undefined, undefined]);
    const draft = opened().after(inform, update({ notes: [note] }, nurse, 'publish-admission-notice'));
    expect(JSON.stringify(draft.after(refuse).state)).not.toContain(note);
  });

  it('CON-8: are refused on a published case without a decision', () => {
    const without = publishedCase().after(withdrawConsent);
    without.when(update({ notes: [note] })).thenRejected('no-current-decision', { field: 'notes' });
    without
      .after(assessHarm)
      .when(update({ notes: [note] }))
      .thenEvents({ type: 'TodoUpdated', data: {} });
  });

  it('PAT-6: are refused on a to-do that names no person', () => {
    const telephone = `continue-by-telephone:${units.healthCentre}`;
    const frozen = publishedCase().after(freeze);
    for (const [field, said] of Object.entries({
      notes: { notes: [note] },
      statusReason: { statusReason: 'done-by-telephone' as const },
      outputs: { outputs: { 'handled-on': '2026-03-02' } },
    }))
      frozen.when(update(said, districtNurse, telephone)).thenRejected('todo-carries-no-content', { field });
    frozen
      .when(update({ progress: 'received' }, districtNurse, telephone))
      .thenEvents({ type: 'TodoUpdated', data: {} });
  });
});
