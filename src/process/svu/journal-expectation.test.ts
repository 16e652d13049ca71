import {
  changeDate,
  discharge,
  fact,
  opened,
  openTodos,
  publishedCase,
  reportReady,
  step,
  withdrawReady,
} from '../../../test/support/process/svu.js';

const expects = (date?: string) =>
  fact('note-journal-expected-discharge', date === undefined ? {} : { date });
const wards = (state: Parameters<typeof openTodos>[0]) => openTodos(state, state.ward);

describe('A08: the journal expects another day of discharge', () => {
  it('SVU-9: it is a to-do of the ward with the day filled in, never a change of the case', () => {
    const { state } = publishedCase().after(expects('2026-03-08'));
    expect(state.expectedDischarge).toBe('2026-03-06');
    expect(wards(state)).toEqual(['review-expected-discharge:1']);
    expect(state.todos['review-expected-discharge:1']?.input).toEqual({ expectedDischarge: '2026-03-08' });
  });

  it('the day that the case has is no news', () => {
    publishedCase().when(expects('2026-03-06')).thenNothing();
    publishedCase().when(expects()).thenNothing();
  });

  it('is not repeated for the same day, also when the ward has done with it', () => {
    const asked = publishedCase().after(expects('2026-03-08'));
    asked.when(expects('2026-03-08')).thenNothing();
    asked
      .after(step('complete-todo', { key: 'review-expected-discharge:1' }))
      .when(expects('2026-03-08'))
      .thenNothing();
  });

  it('another day is news in the same to-do, or in a new one', () => {
    const asked = publishedCase().after(expects('2026-03-08'), expects('2026-03-09'));
    expect(wards(asked.state)).toEqual(['review-expected-discharge:1']);
    expect(asked.state.todos['review-expected-discharge:1']?.input).toEqual({
      expectedDischarge: '2026-03-09',
    });
    const again = asked.after(
      step('complete-todo', { key: 'review-expected-discharge:1' }),
      expects('2026-03-10'),
    );
    expect(wards(again.state)).toEqual(['review-expected-discharge:2']);
  });

  it('goes away when the case is changed to that day, by itself or with a withdrawn ready', () => {
    const changed = publishedCase().after(expects('2026-03-08'), changeDate).state;
    expect(changed.todos['review-expected-discharge:1']?.state).toBe('completed');
    const withdrawn = publishedCase().after(reportReady, expects('2026-03-09'), withdrawReady).state;
    expect(withdrawn.todos['review-expected-discharge:1']?.state).toBe('completed');
    const other = publishedCase().after(expects('2026-03-07'), changeDate).state;
    expect(wards(other)).toEqual(['review-expected-discharge:1']);
  });

  it('goes away when the journal goes back, and comes again when it changes again', () => {
    const back = publishedCase().after(expects('2026-03-08'), expects('2026-03-06'));
    expect(back.state.todos['review-expected-discharge:1']?.state).toBe('cancelled');
    expect(wards(back.after(expects('2026-03-08')).state)).toEqual(['review-expected-discharge:2']);
  });

  it('a removed day is told as such', () => {
    const { state } = publishedCase().after(expects('2026-03-08'), expects());
    expect(state.todos['review-expected-discharge:1']?.input).toEqual({ expectedDischargeRemoved: 'true' });
  });

  it('a draft asks as well; a case that is over does not', () => {
    expect(wards(opened().after(expects('2026-03-08')).state)).toContain('review-expected-discharge:1');
    publishedCase().after(discharge).when(expects('2026-03-08')).thenNothing();
  });

  it('what is no day is refused', () => {
    publishedCase().when(expects('tomorrow')).thenRejected('time-not-understood', { field: 'date' });
  });
});
