import { register } from '../../../test/support/process/cast.js';
import { Course, given } from '../../../test/support/process/given.js';
import { now } from '../../../test/support/process/svu.js';
import type { PersonCommand, PersonEvent, PersonState, Protection } from './person.js';
import { person } from './person-decider.js';

const at = { at: now, by: register };
const registered = (protection: Protection = 'none', copy = 1, deceased = false): PersonCommand => ({
  type: 'register',
  ...at,
  data: { copy, protection, deceased },
});
const read = (protection: Protection, copy: number, deceased = false): PersonCommand => ({
  type: 'note-register-copy',
  ...at,
  data: { copy, protection, deceased },
});
const course = (...commands: readonly PersonCommand[]): Course<PersonState, PersonCommand, PersonEvent> =>
  new Course<PersonState, PersonCommand, PersonEvent>(person).after(...commands);

describe('A person', () => {
  it('PAT-1: is registered once, by the register', () => {
    expect(course(registered()).state).toEqual({ kind: 'person', copy: 1, sealed: false, deceased: false });
    course(registered()).when(registered()).thenNothing();
  });

  it('PAT-7: who was dead before the hub met her is registered as dead', () => {
    given(person)
      .when(registered('none', 1, true))
      .thenEvents({ type: 'PersonRegistered', data: { copy: 1, deceased: true } });
    const dead = course(registered('none', 1, true));
    expect(dead.state.deceased).toBe(true);
    dead.when(read('none', 1, true)).thenNothing();
  });

  it('PAT-1: one that was never registered has nothing to change', () => {
    given(person).when(read('none', 2)).thenRejected('person-unknown');
  });

  it.each(['protected', 'unknown'] as const)('PAT-5: with protection %s is not registered', (protection) => {
    given(person).when(registered(protection)).thenRejected('person-protected');
  });

  it('PAT-5: protected and unknown are refused with the same words', () => {
    const answers = (['protected', 'unknown'] as const).map((each) =>
      person.decide(registered(each), undefined),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it.each(['protected', 'unknown'] as const)('PAT-6: is sealed when the register says %s', (protection) => {
    const sealed = course(registered(), read(protection, 1));
    expect(sealed.state.sealed).toBe(true);
    sealed.when(read(protection, 1)).thenNothing();
    sealed.when(registered()).thenRejected('person-protected');
  });

  it('PAT-6: is unsealed when the register clearly says that there is no protection', () => {
    const { state } = course(registered(), read('unknown', 1), read('none', 2));
    expect(state).toMatchObject({ sealed: false, copy: 2 });
  });

  it('PAT-7: a changed copy and a death are noted, never what they say', () => {
    course(registered())
      .when(read('none', 2, true))
      .thenEvents({ type: 'RegisterCopyChanged', data: { copy: 2, deceased: true } });
    expect(course(registered(), read('none', 2, true)).state.deceased).toBe(true);
  });

  it('PAT-7: the same reading again, or an older one, changes nothing', () => {
    const known = course(registered(), read('none', 3));
    known.when(read('none', 3)).thenNothing();
    known.when(read('none', 2, true)).thenNothing();
  });

  it('PAT-6, PAT-7: unsealed and dead are both noted', () => {
    course(registered(), read('protected', 1))
      .when(read('none', 2, true))
      .thenEvents(
        { type: 'PersonUnsealed', data: { copy: 2 } },
        { type: 'RegisterCopyChanged', data: { deceased: true } },
      );
  });

  it('PAT-12: who turned out to be another stays so, and nothing happens to her any more', () => {
    const mergeInto: PersonCommand = { type: 'merge-into', ...at, data: { survivor: 'one' } };
    const gone = course(registered(), mergeInto);
    expect(gone.state.mergedInto).toBe('one');
    gone.when(mergeInto).thenNothing();
    gone.when(read('protected', 2)).thenNothing();
  });

  it('PAT-12: remembers who turned out to be her, once', () => {
    const absorb: PersonCommand = { type: 'absorb', ...at, data: { retired: 'two' } };
    const known = course(registered(), absorb);
    expect(known.state.absorbed).toEqual(['two']);
    known.when(absorb).thenNothing();
    given(person).when(absorb).thenRejected('person-unknown');
  });
});
