import { nurse, units } from '../../../test/support/process/cast.js';
import {
  discharge,
  fact,
  freeze,
  now,
  openTodos,
  otherCase,
  personId,
  publishedCase,
  step,
} from '../../../test/support/process/svu.js';

const move = fact('change-ward', { ward: units.otherWard, known: true });
const leftAt = '2026-03-02T07:40:00.000Z';
const journalDischarge = fact('note-journal-discharge', { dischargedAt: leftAt });
const change = (...changed: ('name' | 'address' | 'municipality' | 'listing' | 'deceased')[]) =>
  fact('note-register-change', { changed });

it("CON-14: of two other stays that the ward was asked about, it is still asked of the one that is not the case's", () => {
  const elsewhere = (ward: string, stayId: string) => fact('note-admission-elsewhere', { ward, stayId });
  const own = '0b1d3a52-0000-4000-8000-0000000000f2';
  const course = publishedCase().after(
    elsewhere('SE2321000016-W103', '0b1d3a52-0000-4000-8000-0000000000f3'),
    elsewhere(units.otherWard, own),
    fact('link-stay', { stayId: own, wards: [units.otherWard] }),
  );
  const asked = Object.values(course.state.todos).filter(
    ({ kind, state }) => kind === 'review-open-case-elsewhere' && state === 'requested',
  );
  expect(asked.map(({ input }) => input)).toEqual([{ ward: 'SE2321000016-W103' }]);
});

describe('A03: the journal says that the patient has left', () => {
  it('SVU-21: it is a to-do to publish the discharge with the date filled in, never a discharge', () => {
    const { state } = publishedCase().after(journalDischarge);
    expect(state.phase).toBe('published');
    expect(state.discharge).toBeUndefined();
    expect(state.todos['publish-discharge:1']).toMatchObject({
      unit: units.ward,
      state: 'requested',
      input: { dischargedAt: leftAt },
    });
  });

  it('SVU-21: the to-do goes away when the discharge is published', () => {
    const { state } = publishedCase().after(journalDischarge, discharge);
    expect(state.todos['publish-discharge:1']).toMatchObject({ state: 'completed', endedBy: nurse });
  });

  it('SVU-21: it does not go away by saying so', () => {
    publishedCase()
      .after(journalDischarge)
      .when(step('complete-todo', { key: 'publish-discharge:1' }))
      .thenRejected('todo-ends-by-its-step');
  });

  it('SVU-21: told twice it is one to-do; told with another time it is the same to-do with that time', () => {
    publishedCase().after(journalDischarge).when(journalDischarge).thenNothing();
    const { state } = publishedCase().after(
      journalDischarge,
      fact('note-journal-discharge', { dischargedAt: now }),
    );
    expect(openTodos(state).filter((key) => key.startsWith('publish-discharge'))).toEqual([
      'publish-discharge:1',
    ]);
    expect(state.todos['publish-discharge:1']?.input).toEqual({ dischargedAt: now });
  });

  it('a time that cannot be understood is refused', () => {
    publishedCase()
      .when(fact('note-journal-discharge', { dischargedAt: 'yesterday' }))
      .thenRejected('time-not-understood');
  });
});

describe('A01: the patient is admitted somewhere else', () => {
  const elsewhere = fact('note-admission-elsewhere', { ward: units.otherWard });

  it('asks the ward of the open case, once', () => {
    const asked = publishedCase().after(elsewhere);
    expect(asked.state.todos['review-open-case-elsewhere:1']).toMatchObject({
      unit: units.ward,
      input: { ward: units.otherWard },
    });
    asked.when(elsewhere).thenNothing();
    const answered = asked.after(step('complete-todo', { key: 'review-open-case-elsewhere:1' }));
    expect(answered.state.todos['review-open-case-elsewhere:1']?.state).toBe('completed');
  });

  it('ACC-1: the admitting ward does not become part of the case', () => {
    expect(publishedCase().after(elsewhere).state.participants[units.otherWard]).toBeUndefined();
  });

  it('CON-14: a new stay at the same ward asks too, since the decision covers the stay before', () => {
    const { state } = publishedCase().after(fact('note-admission-elsewhere', { ward: units.ward }));
    expect(openTodos(state)).toContain('review-open-case-elsewhere:1');
  });

  it('ORG-3: in another organisation it asks without saying where', () => {
    const unsaid = fact('note-admission-elsewhere', {});
    const asked = publishedCase().after(unsaid);
    expect(asked.state.todos['review-open-case-elsewhere:1']).toMatchObject({ unit: units.ward, input: {} });
    asked.when(unsaid).thenNothing();
  });
});

describe('A case that was opened before its stay was known', () => {
  const link = fact('link-stay', { stayId: otherCase });

  it('SVU-25: is of that stay once it is told, and stays with it', () => {
    const linked = publishedCase().after(link);
    expect(linked.state.stayId).toBe(otherCase);
    linked.when(fact('link-stay', { stayId: personId })).thenNothing();
  });
});

describe('A change in a register', () => {
  it.each(['municipality', 'listing', 'deceased'] as const)(
    'PAT-7: a change of %s reaches the open case as a to-do of the ward',
    (changed) => {
      const { state } = publishedCase().after(change(changed));
      expect(state.todos['review-register-change:1']).toMatchObject({ unit: units.ward, input: { changed } });
    },
  );

  it('PAT-7: a new name or address reaches it and asks for nothing', () => {
    publishedCase()
      .when(change('address', 'name'))
      .thenEvents({ type: 'RegisterChangeNoted', data: { changed: ['address', 'name'] } });
    const before = publishedCase();
    expect(openTodos(before.after(change('name')).state)).toEqual(openTodos(before.state));
  });

  it('PAT-7: changes that were not reviewed yet are reviewed together', () => {
    const { state } = publishedCase().after(change('municipality'), change('listing'));
    expect(openTodos(state).filter((key) => key.startsWith('review'))).toEqual(['review-register-change:1']);
    expect(state.todos['review-register-change:1']?.input).toEqual({ changed: 'listing,municipality' });
    const reviewed = publishedCase().after(
      change('listing'),
      step('complete-todo', { key: 'review-register-change:1' }),
      change('municipality'),
    );
    expect(openTodos(reviewed.state)).toContain('review-register-change:2');
  });

  it('PAT-7: no change is no news', () => {
    publishedCase().when(change()).thenNothing();
  });

  it('PAT-6: a frozen case takes no facts', () => {
    for (const command of [move, journalDischarge, change('listing')]) {
      publishedCase().after(freeze).when(command).thenNothing();
    }
  });
});
