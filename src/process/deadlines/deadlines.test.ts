import { svuTables } from '../svu/tables.js';
import { journal, nurse, otherNurse, register, units } from '../../../test/support/process/cast.js';
import { given } from '../../../test/support/process/given.js';
import {
  annul,
  discharge,
  fact,
  freeze,
  now,
  opened,
  publishedCase,
  publishedUnderRefusal,
  step,
} from '../../../test/support/process/svu.js';
import { wardNotice } from '../ward-notice/ward-notice-decider.js';
import type { WardNoticeState } from '../ward-notice/ward-notice.js';
import { publishAdmissionNoticeKey as key } from '../svu/admission-notice-deadline.js';
import { nextDeadline, standingOf } from './deadlines.js';

/** The draft of these tests is due 24 hours after 2026-03-02T06:30, and told so four hours before. */
const deadline = '2026-03-03T06:30:00.000Z';
const justBefore = '2026-03-03T02:29:59.999Z';
const near = '2026-03-03T02:30:00.000Z';
const over = '2026-03-03T06:30:00.001Z';
const clock = (at: string) => fact('note-deadlines', {}, at);
const due = { type: 'TodoDue', data: { key, unit: units.ward, deadline } };
const overdue = { type: 'TodoOverdue', data: { key, unit: units.ward, deadline } };

describe('The deadline of a to-do', () => {
  it('SVU-5: is told some hours before it comes, and once', () => {
    opened().when(clock(justBefore)).thenNothing();
    opened().when(clock(near)).thenEvents(due);
    const told = opened().after(clock(near));
    expect(standingOf(told.state.todos[key]!)).toBe('due');
    told.when(clock(near)).thenNothing();
    told.when(clock(deadline)).thenNothing();
  });

  it('SVU-5: is over after its last moment, which is told once', () => {
    const told = opened().after(clock(near));
    told.when(clock(over)).thenEvents(overdue);
    const late = told.after(clock(over));
    expect(standingOf(late.state.todos[key]!)).toBe('overdue');
    late.when(clock('2026-04-01T00:00:00.000Z')).thenNothing();
    late.when(clock(near)).thenNothing();
  });

  it('SVU-5: after hours in which nobody looked, the newest truth alone is told', () => {
    opened().when(clock('2026-03-05T00:00:00.000Z')).thenEvents(overdue);
  });

  it('SVU-5: a case opened when the time has passed is told overdue at once', () => {
    opened('skane', { admittedAt: '2026-02-27T10:00:00.000Z' })
      .when(clock(now))
      .thenEvents({ type: 'TodoOverdue', data: { key, deadline: '2026-02-28T10:00:00.000Z' } });
  });

  it('SVU-5: that moves takes back what was told, and is told anew of the new date', () => {
    const late = opened().after(clock(over));
    const moved = late.after(step('record-needs-assessment', { needsAssessedAt: now }, nurse, over));
    expect(standingOf(moved.state.todos[key]!)).toBeUndefined();
    expect(nextDeadline(svuTables.todos, moved.state.todos)).toBe('2026-03-03T04:00:00.000Z');
    const later = { key, deadline: '2026-03-03T08:00:00.000Z' };
    moved.when(clock(over)).thenEvents({ type: 'TodoDue', data: later });
    moved.when(clock('2026-03-03T09:00:00.000Z')).thenEvents({ type: 'TodoOverdue', data: later });
  });

  it('SVU-5: that moves away and back is not told again, for nothing else was told meanwhile', () => {
    const back = opened().after(
      clock(over),
      step('record-needs-assessment', { needsAssessedAt: now }, nurse, over),
      step('record-needs-assessment', { needsAssessedAt: '2026-03-01T00:00:00.000Z' }, nurse, over),
    );
    expect(standingOf(back.state.todos[key]!)).toBe('overdue');
    back.when(clock(over)).thenNothing();
  });

  it.each([
    ['SVU-5: published', () => publishedCase()],
    ['CON-5: published under a refusal', () => publishedUnderRefusal()],
    ['SVU-6: annulled', () => opened().after(annul)],
    ['PAT-6: frozen', () => opened().after(freeze)],
    ['SVU-23: discharged', () => publishedCase().after(discharge)],
  ])('%s, it has no deadline any more', (_, course) => {
    const over = course();
    expect(nextDeadline(svuTables.todos, { [key]: over.state.todos[key]! })).toBeUndefined();
    over.when(clock('2026-03-05T00:00:00.000Z')).thenNothing();
  });

  it('PAT-6: comes back with a case that is no longer frozen; what was told before the freeze is not told again', () => {
    const unfreeze = step('unfreeze', {}, register);
    opened().after(freeze, unfreeze).when(clock(over)).thenEvents(overdue);
    opened().after(clock(near), freeze, unfreeze).when(clock(near)).thenNothing();
    opened().after(clock(near), freeze, unfreeze).when(clock(over)).thenEvents(overdue);
  });

  it('SVU-25: goes with the to-do to another ward', () => {
    const moved = opened().after(
      clock(near),
      fact('change-ward', { ward: units.otherWard, known: true }, near),
    );
    moved.when(clock(near)).thenNothing();
    moved.when(clock(over)).thenEvents({ type: 'TodoOverdue', data: { key, unit: otherNurse.unit } });
  });

  it('is told by the clock alone, never by a user', () => {
    opened()
      .when({ ...clock(over), by: nurse })
      .thenRejected('fact-from-a-user');
  });
});

describe('The deadline of a to-do about nobody', () => {
  const told = given(wardNotice, {
    type: 'WardTold',
    at: now,
    by: journal,
    data: { ward: units.ward, reference: 'MSG00001' },
  }).state as WardNoticeState;
  const todo = { ...told.todos['plan-by-telephone']!, deadline };
  const state: WardNoticeState = { ...told, todos: { [todo.key]: todo } };
  const ask = (at: string, of: WardNoticeState) =>
    wardNotice.decide({ type: 'note-deadlines', at, by: journal, data: {} }, of);

  it('PAT-6: is told as any other, by its key, unit and date alone', () => {
    const data = { key: 'plan-by-telephone', unit: units.ward, deadline };
    // Its kind has no lead time of its own: an hour.
    expect(ask('2026-03-03T05:29:59.999Z', state).events).toEqual([]);
    const { events } = ask('2026-03-03T05:30:00.000Z', state);
    expect(events).toEqual([{ type: 'TodoDue', at: '2026-03-03T05:30:00.000Z', by: journal, data }]);
    const after = events!.reduce<WardNoticeState>((before, event) => wardNotice.evolve(before, event), state);
    expect(ask('2026-03-03T05:30:00.000Z', after).events).toEqual([]);
    expect(ask(over, after).events).toEqual([{ type: 'TodoOverdue', at: over, by: journal, data }]);
  });

  it('is none where the notice has none', () => {
    expect(nextDeadline(svuTables.todos, told.todos)).toBeUndefined();
    expect(ask(over, told).events).toEqual([]);
    expect(
      wardNotice.decide({ type: 'note-deadlines', at: over, by: journal, data: {} }, undefined).events,
    ).toEqual([]);
  });
});
