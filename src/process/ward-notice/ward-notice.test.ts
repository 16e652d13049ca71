import { journal, nurse, otherNurse, reader, units } from '../../../test/support/process/cast.js';
import { Course, given } from '../../../test/support/process/given.js';
import { now } from '../../../test/support/process/svu.js';
import type { Actor, TodoUpdate } from '../vocabulary.js';
import type { WardNoticeCommand, WardNoticeEvent, WardNoticeState } from './ward-notice.js';
import { wardNotice } from './ward-notice-decider.js';

const tell: WardNoticeCommand = {
  type: 'notify-ward',
  at: now,
  by: journal,
  data: { ward: units.ward, reference: 'MSG00001' },
};
const planByTelephoneKey = 'plan-by-telephone';
const complete = (by: Actor, key = planByTelephoneKey): WardNoticeCommand => ({
  type: 'complete-todo',
  at: now,
  by,
  data: { key },
});
const told = (...more: readonly WardNoticeCommand[]) =>
  new Course<WardNoticeState, WardNoticeCommand, WardNoticeEvent>(wardNotice).after(tell, ...more);

describe('A ward with a patient the hub may not know', () => {
  it('PAT-1, PAT-4, PAT-5: is told to plan by telephone, with no personal data at all', () => {
    expect(told().state.todos).toEqual({
      'plan-by-telephone': {
        key: 'plan-by-telephone',
        kind: 'plan-by-telephone',
        unit: units.ward,
        responsibility: 'write',
        openedAt: now,
        state: 'requested',
        input: { reference: 'MSG00001' },
        personal: false,
      },
    });
  });

  it('PAT-5: is told once, however many messages come', () => {
    told().when(tell).thenNothing();
  });

  it('ORG-5: does it itself, once', () => {
    told().when(complete(otherNurse)).thenRejected('todo-of-another-unit');
    const done = told(complete(nurse));
    expect(done.state.todos[planByTelephoneKey]).toMatchObject({ state: 'completed', endedBy: nurse });
    done.when(complete(nurse)).thenNothing();
  });

  it('ORG-12, PAT-6: says how far it has come, forward only, and writes nothing on it', () => {
    const update = (said: TodoUpdate, by: Actor = nurse): WardNoticeCommand => ({
      type: 'update-todo',
      at: now,
      by,
      data: { key: planByTelephoneKey, ...said },
    });
    const begun = told(update({ progress: 'in-progress' }));
    expect(begun.state.todos[planByTelephoneKey]).toMatchObject({
      state: 'requested',
      progress: 'in-progress',
    });
    begun.when(update({ progress: 'in-progress' })).thenNothing();
    begun.when(update({ progress: 'received' })).thenRejected('todo-status-not-allowed', {
      field: 'progress',
      values: { from: 'in-progress', allowed: 'completed' },
    });
    begun.when(update({ notes: ['Berta'] })).thenRejected('todo-carries-no-content', { field: 'notes' });
    begun.when(update({ progress: 'accepted' }, otherNurse)).thenRejected('todo-of-another-unit');
    const done = begun.after(complete(nurse));
    done.when(update({ progress: 'received' })).thenRejected('todo-ended', { field: 'progress' });
  });

  it('ORG-2: with a role that writes', () => {
    told().when(complete(reader)).thenRejected('role-lacks-responsibility');
    told().when(complete(journal)).thenRejected('user-required');
  });

  it('what does not exist is refused', () => {
    told().when(complete(nurse, 'constructor')).thenRejected('no-such-todo');
    given(wardNotice).when(complete(nurse)).thenRejected('no-such-todo');
    given(wardNotice)
      .when({ ...tell, by: nurse })
      .thenRejected('fact-from-a-user');
  });
});
