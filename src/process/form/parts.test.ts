import { districtNurse, needsAssessor, nurse, teacher, units } from '../../../test/support/process/cast.js';
import { Course } from '../../../test/support/process/given.js';
import { now, publishedCase, step } from '../../../test/support/process/svu.js';
import { statementQuestions } from '../../../test/support/process/statement-questions.js';
import type { UserActor } from '../vocabulary.js';
import { form } from './form-decider.js';
import type { AnswerValue, FormCommand } from './form.js';
import { readingOf } from './parts.js';

const of = publishedCase().after(
  step('add-participant', { unit: units.school, unitName: 'Skolan', side: 'other', organisation: '1' }),
).state;
const caseId = '0b1d3a52-0000-4000-8000-00000000000d';
const opened = new Course(form).after({
  type: 'open-form',
  at: now,
  by: nurse,
  of,
  data: { caseId, questionnaire: statementQuestions },
});
const save = (by: UserActor, linkId: string, value?: AnswerValue): FormCommand => ({
  type: 'save-answers',
  at: now,
  by,
  of,
  data: { fields: [{ linkId, seen: 1, ...(value === undefined ? {} : { value }) }] },
});

describe('A form with parts', () => {
  const fields = [
    ['words', nurse, 'hospital'],
    ['doctor', districtNurse, 'outpatient'],
    ['measures', needsAssessor, 'municipality'],
  ] as const;

  it.each(fields)('SVU-16, SVU-17, SVU-18: %s is written by its side alone', (linkId, writer, side) => {
    for (const by of [nurse, districtNurse, needsAssessor, teacher])
      if (by === writer) opened.when(save(by, linkId, 'Ord')).thenAccepted();
      else
        opened
          .when(save(by, linkId, 'Ord'))
          .thenRejected('part-of-another-side', { field: linkId, values: { side } });
  });

  it('SVU-16: takes of a list what is in it alone', () => {
    opened.when(save(nurse, 'stance', 'SIP behövs')).thenAccepted();
    opened
      .when(save(nurse, 'stance', 'Kanske'))
      .thenRejected('answer-not-among-options', { field: 'stance' });
  });

  it('SVU-16: a part is complete with all that is required, and a description where the answer is yes', () => {
    const missing = (...commands: readonly FormCommand[]) =>
      readingOf(opened.after(...commands).state).missing.hospital;
    const first = [save(nurse, 'words', 'Vill hem'), save(nurse, 'stance', 'SIP behövs')];
    expect(missing()).toBe('Patientens yttrande');
    expect(missing(...first)).toBe('Egenvård');
    expect(missing(...first, save(nurse, 'self-care', false))).toBeUndefined();
    const yes = [...first, save(nurse, 'self-care', true)];
    expect(missing(...yes)).toBe('Beskrivning av egenvården');
    expect(missing(...yes, save(nurse, 'self-care-description', 'Sår'))).toBeUndefined();
  });

  it('SVU-17: a no is an answer, and says no', () => {
    const before = opened.after(save(districtNurse, 'doctor', 'Dr Ek'));
    const said = (agrees: boolean) => readingOf(before.after(save(districtNurse, 'agrees', agrees)).state);
    expect(said(false)).toMatchObject({ disagrees: true, written: ['outpatient'] });
    expect(said(false).missing.outpatient).toBeUndefined();
    expect(said(true).disagrees).toBe(false);
  });
});
