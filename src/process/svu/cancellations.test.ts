import {
  annul,
  discharge,
  dischargedCase,
  fact,
  freeze,
  giveConsent,
  now,
  opened,
  openTodos,
  otherCase,
  publishedCase,
  step,
  undo,
} from '../../../test/support/process/svu.js';
import { unfreeze } from '../../../test/support/process/planning.js';
import { nurse, units } from '../../../test/support/process/cast.js';

const cancelled = fact('note-admission-cancelled', { elsewhere: false });
const restored = fact('note-admission-restored', {});
const stays = fact('note-discharge-cancelled', {});
const gone = fact('note-journal-discharge', { dischargedAt: '2026-03-02T07:40:00.000Z' });
const later = (hours: number) => new Date(Date.parse(now) + hours * 3600_000).toISOString();
const wards = (state: Parameters<typeof openTodos>[0]) => openTodos(state, state.ward);

describe('A11: the admission is cancelled', () => {
  it('SVU-6, VIEW-11: an unpublished draft is annulled, and the ward alone is told, for nobody sees it any more', () => {
    const { state } = opened().after(cancelled);
    expect(state.phase).toBe('annulled');
    expect(openTodos(state)).toEqual([]);
    expect(Object.values(state.notices)).toMatchObject([{ kind: 'annulled', recipients: [units.ward] }]);
  });

  it('a draft of somebody who has another stay under way is not annulled: its ward is asked', () => {
    const { state } = opened().after(fact('note-admission-cancelled', { elsewhere: true }));
    expect(state.phase).toBe('draft');
    expect(wards(state)).toContain('annul-case:1');
  });

  it('SVU-6: of a published case receivers have been told, so the ward gets a to-do to annul it', () => {
    const asked = publishedCase().after(cancelled);
    expect(asked.state.phase).toBe('published');
    expect(wards(asked.state)).toEqual(['annul-case:1']);
    asked.when(cancelled).thenNothing();
    const done = asked.after(annul);
    expect(done.state.todos['annul-case:1']).toMatchObject({ state: 'completed', endedBy: nurse });
  });

  it('SVU-6: of a case in which a working document has begun the ward is asked to look it over, whichever came first', () => {
    const written = step('note-document-written', { document: 'assessment' });
    for (const asked of [
      publishedCase().after(written, cancelled),
      publishedCase().after(cancelled, written),
    ]) {
      expect(wards(asked.state)).toEqual(['review-cancelled-admission:1']);
      expect(wards(asked.after(restored).state)).toEqual([]);
    }
    const draft = opened().after(giveConsent, written, cancelled);
    expect(draft.state.phase).toBe('draft');
    expect(wards(draft.state)).toContain('review-cancelled-admission:1');
    // Also where it was asked while the case was frozen.
    const thawed = publishedCase().after(cancelled, freeze, unfreeze, written);
    expect(wards(thawed.state)).toEqual(['review-cancelled-admission:1']);
  });

  it('SVU-6: a case that has ended cannot be annulled, and the to-do says so', () => {
    const asked = dischargedCase().after(cancelled);
    expect(wards(asked.state)).toEqual(['review-cancelled-admission:1']);
    const done = asked.after(step('complete-todo', { key: 'review-cancelled-admission:1' }));
    expect(wards(done.state)).toEqual([]);
    dischargedCase()
      .when({ ...cancelled, at: later(73) })
      .thenRejected('undo-too-late');
  });

  it('the to-do goes away when the patient is admitted again', () => {
    expect(wards(publishedCase().after(cancelled, restored).state)).toEqual([]);
    publishedCase().when(restored).thenNothing();
  });

  it('PAT-6: a frozen case takes no facts', () => {
    publishedCase().after(freeze).when(cancelled).thenNothing();
  });

  it('only a system tells it', () => {
    publishedCase()
      .when({ ...cancelled, by: nurse })
      .thenRejected('fact-from-a-user');
  });
});

describe('A13: the discharge is cancelled', () => {
  it('SVU-21: the to-do to publish the discharge goes away', () => {
    const { state } = publishedCase().after(gone, stays);
    expect(wards(state)).toEqual([]);
    expect(state.journalDischargedAt).toBeUndefined();
    publishedCase().when(stays).thenNothing();
  });

  it('SVU-24: a case already discharged gets a to-do to undo it, which the undoing answers', () => {
    const asked = publishedCase().after(gone, discharge, stays);
    expect(wards(asked.state)).toEqual(['undo-discharge:1']);
    asked.when(stays).thenNothing();
    const undone = asked.after(undo).state;
    expect(undone.todos['undo-discharge:1']?.state).toBe('completed');
    // The journal no longer says that the patient has left.
    expect(wards(undone)).toEqual([]);
  });

  it('SVU-24, VIEW-8: not once the case has left the list, and not beside another open case (SVU-2)', () => {
    dischargedCase()
      .when({ ...stays, at: later(73) })
      .thenRejected('undo-too-late');
    dischargedCase()
      .when(fact('note-discharge-cancelled', { openSvu: otherCase }))
      .thenRejected('svu-already-open');
  });

  it('the ward may say that the discharge stands; the journal may discharge again', () => {
    const asked = dischargedCase().after(stays);
    expect(wards(asked.after(step('complete-todo', { key: 'undo-discharge:1' })).state)).toEqual([]);
    const again = asked.after(gone).state;
    expect(again.phase).toBe('discharged');
    expect(again.todos['undo-discharge:1']?.state).toBe('cancelled');
    expect(wards(dischargedCase().after(gone).state)).toEqual([]);
  });

  it('PAT-6: a freeze interrupts the to-do, and it comes back', () => {
    const asked = dischargedCase().after(stays, freeze);
    expect(wards(asked.state)).toEqual([]);
    expect(wards(asked.after(fact('unfreeze', {})).state)).toEqual(['undo-discharge:1']);
  });
});
