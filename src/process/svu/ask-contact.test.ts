import {
  districtNurse,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  register,
  units,
} from '../../../test/support/process/cast.js';
import {
  changeDate,
  consent,
  discharge,
  freeze,
  giveConsent,
  inform,
  opened,
  openTodos,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  reportReady,
  step,
  undo,
  withdrawConsent,
  withdrawReady,
} from '../../../test/support/process/svu.js';
import type { Case } from '../../../test/support/process/svu.js';
import { policyNames } from '../../../test/support/policies.js';
import { Course } from '../../../test/support/process/given.js';
import type { Actor, HsaId } from '../vocabulary.js';
import type { SvuEvent } from './subjects.js';
import { svu } from './svu.js';

const name = (by: Actor = districtNurse, contact = 'SE2321000016-2001') =>
  step(
    'name-contact',
    {
      contact,
      contactName: 'Ulla Ek',
      isOfOutpatientCare: true,
      callsToSip: false,
      responsibility: 'Dialys',
    },
    by,
  );
const remove = (contact = 'SE2321000016-2001') => step('remove-contact', { contact }, districtNurse);
const joins = (unit: HsaId) =>
  step('add-participant', { unit, unitName: 'Tillagd', side: 'outpatient', organisation: '' });
const leaves = (unit: HsaId, by: Actor = nurse) =>
  step('remove-participant', { unit, confirmed: true, reason: 'Flyttat' }, by);
const relisted = (unit: HsaId) =>
  step('note-register-change', { changed: ['listing'], listed: { found: true, units: [unit] } }, register);
const again = step('register-decision', { decisionId: '0b1d3a52-0000-4000-8000-0000000000a9', ...consent });
const inFull = step('publish-admission-notice', { reason: 'Höftfraktur' });
const unfreeze = step('unfreeze', {}, register);

const asked = ({ state }: Case): readonly string[] =>
  openTodos(state).filter((key) => key.startsWith('appoint-contact:'));
const first = `appoint-contact:${units.healthCentre}:1`;
const second = `appoint-contact:${units.healthCentre}:2`;
const ofOther = `appoint-contact:${units.otherHealthCentre}:1`;

describe.each(policyNames)('Outpatient care is asked for a contact, under %s', (policy) => {
  it('SVU-8: once the admission notice is published in full, and not before', () => {
    const draft = opened(policy).after(inform, giveConsent);
    expect(asked(draft)).toEqual([]);
    expect(asked(draft.after(publish))).toEqual([first]);
    expect(publishedCase(policy).state.todos[first]).toMatchObject({
      unit: units.healthCentre,
      responsibility: 'write',
    });
  });

  it('SVU-8: until it has named one, by its step alone, whether the contact calls to the SIP or not', () => {
    const course = publishedCase(policy);
    course.when(step('complete-todo', { key: first }, districtNurse)).thenRejected('todo-ends-by-its-step');
    const named = course.after(name());
    expect(named.state.todos[first]).toMatchObject({ state: 'completed', endedBy: districtNurse });
    expect(asked(named.after(name(districtNurse, 'SE2321000016-2009')))).toEqual([]);
  });

  it('SVU-8: anew when the last contact is removed, and not before', () => {
    const two = publishedCase(policy).after(name(), name(districtNurse, 'SE2321000016-2009'));
    expect(asked(two.after(remove()))).toEqual([]);
    const none = two.after(remove(), remove('SE2321000016-2009'));
    expect(asked(none)).toEqual([second]);
    expect(none.state.todos[first]?.state).toBe('completed');
    expect(asked(none.after(name()))).toEqual([]);
  });

  it('SVU-8, ACC-7: anew when the contact leaves with its unit, of another unit of outpatient care', () => {
    const named = publishedCase(policy).after(joins(units.otherHealthCentre), name());
    const left = named.after(leaves(units.healthCentre));
    expect(asked(left)).toEqual([ofOther]);
    expect(asked(left.after(name(otherDistrictNurse)))).toEqual([]);
  });

  it('SVU-8: another unit when the one that was asked leaves, or nobody until one joins (ADR-13)', () => {
    const both = publishedCase(policy).after(joins(units.otherHealthCentre));
    expect(asked(both)).toEqual([first]);
    expect(asked(both.after(leaves(units.healthCentre)))).toEqual([ofOther]);
    const nobody = publishedCase(policy).after(leaves(units.healthCentre));
    expect(asked(nobody)).toEqual([]);
    expect(asked(nobody.after(joins(units.otherHealthCentre)))).toEqual([ofOther]);
  });

  it('SVU-8: each unit of outpatient care where none is listed; one contact is enough', () => {
    const unlisted = opened(policy, { outpatient: { found: false, cause: 'no-listing' } });
    const course = unlisted
      .after(joins(units.healthCentre), joins(units.otherHealthCentre))
      .after(inform, giveConsent, publish);
    expect(asked(course)).toEqual([first, ofOther]);
    const { state } = course.after(name());
    expect([state.todos[first]?.state, state.todos[ofOther]?.state]).toEqual(['completed', 'cancelled']);
  });

  it('ADR-7, SVU-8: the new health centre once it takes part; a contact that is named stays', () => {
    const told = publishedCase(policy).after(relisted(units.otherHealthCentre));
    expect(asked(told)).toEqual([first]);
    const forwarded = told.after(joins(units.otherHealthCentre));
    expect(asked(forwarded)).toEqual([ofOther]);
    expect(forwarded.state.todos[first]?.state).toBe('cancelled');
    const named = publishedCase(policy).after(name(), relisted(units.otherHealthCentre));
    expect(asked(named.after(joins(units.otherHealthCentre)))).toEqual([]);
  });

  it('CON-5, SVU-8: nobody under a refusal, also where a discharge or a freeze had interrupted the to-do', () => {
    expect(asked(publishedUnderRefusal(policy))).toEqual([]);
    expect(asked(publishedUnderRefusal(policy).after(giveConsent))).toEqual([]);
    expect(asked(publishedUnderRefusal(policy).after(giveConsent, inFull))).toEqual([first]);
    const refused = publishedCase(policy).after(refuse);
    expect(asked(refused)).toEqual([]);
    expect(asked(refused.after(again))).toEqual([]);
    expect(asked(refused.after(again, inFull))).toEqual([second]);
    expect(asked(publishedCase(policy).after(discharge, refuse, step('undo-discharge', {})))).toEqual([]);
  });

  it('CON-8, SVU-8: nobody new while no decision stands', () => {
    const course = publishedCase(policy).after(name(), withdrawConsent, remove());
    expect(asked(course)).toEqual([]);
    expect(asked(course.after(again))).toEqual([second]);
  });

  it('SVU-23, SVU-24, PAT-6: not once the case is over or frozen; the same to-do comes back with it', () => {
    const ended = publishedCase(policy).after(discharge);
    expect(asked(ended)).toEqual([]);
    expect(asked(ended.after(undo))).toEqual([first]);
    const frozen = publishedCase(policy).after(freeze);
    expect(asked(frozen)).toEqual([]);
    expect(asked(frozen.after(unfreeze))).toEqual([first]);
  });

  it('SVU-8: by the end of the day on which the patient goes home, as it stands', () => {
    const deadlineOf = ({ state }: Case) => state.todos[first]?.deadline;
    const course = publishedCase(policy);
    expect(deadlineOf(course)).toBe('2026-03-06T22:59:59.999Z');
    expect(deadlineOf(course.after(changeDate))).toBe('2026-03-08T22:59:59.999Z');
    const ready = course.after(reportReady);
    expect(deadlineOf(ready)).toBe('2026-03-02T22:59:59.999Z');
    expect(deadlineOf(ready.after(withdrawReady))).toBe('2026-03-09T22:59:59.999Z');
    const done = course.after(name(), changeDate);
    expect(deadlineOf(done)).toBe('2026-03-06T22:59:59.999Z');
  });

  it('SVU-8: nobody else is asked', () => {
    const course = publishedCase(policy).after(joins(units.otherHealthCentre));
    expect(asked(course)).toEqual([first]);
    expect(openTodos(course.state, needsAssessor.unit).filter((key) => key.startsWith('appoint-'))).toEqual(
      [],
    );
  });

  it('SVU-8: a case that was opened before anybody was asked folds as it did', () => {
    const course = publishedCase(policy).after(name(), remove());
    const older = course.events.map((event): SvuEvent => {
      if (event.type !== 'CaseOpened') return event;
      const { rules: _later, ...data } = event.data;
      return { ...event, data };
    });
    expect(asked(course)).toEqual([second]);
    expect(asked(new Course(svu, older))).toEqual([]);
  });

  it('SVU-8: a contact that is named and removed in turn lets the case grow by twenty to-dos at most', () => {
    const turns = Array.from({ length: 25 }, () => [name(), remove()]).flat();
    const { state } = publishedCase().after(...turns);
    const all = Object.values(state.todos).filter(({ kind }) => kind === 'appoint-contact');
    expect(all.map(({ state: how }) => how)).toHaveLength(20);
    expect(all.filter(({ state: how }) => how === 'requested')).toHaveLength(1);
  });
});
