import * as fc from 'fast-check';
import {
  districtNurse,
  municipalReader,
  needsAssessor,
  nurse,
  otherDistrictNurse,
} from '../../../test/support/process/cast.js';
import { Course, given } from '../../../test/support/process/given.js';
import {
  annul,
  dischargedCase,
  freeze,
  giveConsent,
  now,
  opened,
  personId,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  withdrawConsent,
  type Case,
} from '../../../test/support/process/svu.js';
import type { UserActor } from '../vocabulary.js';
import { form, mostCharacters } from './form-decider.js';
import type { AnswerValue, FieldAsWritten, FormCommand, FormEvent, FormState } from './form.js';
import type { Questionnaire } from './questionnaire.js';

const caseId = '0b1d3a52-0000-4000-8000-00000000000d';
const questionnaire: Questionnaire = {
  name: 'assessment',
  url: 'https://example.org/Questionnaire/assessment',
  version: 2,
  title: 'Kartläggning',
  sections: [
    {
      linkId: 'functions',
      text: 'Funktioner',
      questions: [
        { linkId: 'mobility', text: 'Förflyttning', answer: 'text' },
        { linkId: 'housing', text: 'Bostad', answer: 'text' },
        { linkId: 'needs-help', text: 'Behöver hjälp', answer: 'yes-or-no' },
      ],
    },
  ],
};

type Of = Pick<Case, 'state'>;
const open = ({ state: of }: Of, by: UserActor = districtNurse): FormCommand => ({
  type: 'open-form',
  at: now,
  by,
  of,
  data: { caseId, questionnaire },
});
const save = (
  { state: of }: Of,
  fields: readonly FieldAsWritten[],
  by: UserActor = districtNurse,
): FormCommand => ({ type: 'save-answers', at: now, by, of, data: { fields } });
const wrote = (linkId: string, value: AnswerValue | undefined, seen: number): FieldAsWritten => ({
  linkId,
  seen,
  ...(value === undefined ? {} : { value }),
});
const isOpen = (of: Of) => new Course(form).after(open(of));

describe('Opening a form', () => {
  it('SVU-14: keeps the questions of the version that it was opened with', () => {
    expect(isOpen(publishedCase()).state).toMatchObject({
      caseId,
      personId,
      questionnaire,
      version: 1,
      answers: {},
    });
  });

  it('SVU-14: in a draft the hospital begins once a decision stands, and nobody else sees it', () => {
    const draft = opened();
    given(form).when(open(draft, nurse)).thenRejected('no-current-decision');
    expect(new Course(form).after(open(draft.after(giveConsent), nurse)).state.openedBy).toEqual(nurse);
    given(form)
      .when(open(draft.after(giveConsent)))
      .thenRejected('draft-of-another-side');
  });
});

/** Opening and saving ask the same of the case. */
const steps = [
  ['opening', (of: Of, by?: UserActor) => given(form).when(open(of, by))],
  [
    'saving',
    (of: Of, by?: UserActor) =>
      isOpen(publishedCase()).when(save(of, [wrote('mobility', 'Går själv', 1)], by)),
  ],
] as const;

describe.each(steps)('%s', (_name, trying) => {
  it.each([
    ['CON-5: under a refusal', publishedUnderRefusal(), 'refusal-shares-minimum'],
    ['CON-5: when consent became a refusal', publishedCase().after(refuse), 'refusal-shares-minimum'],
    ['CON-8: when it was deregistered', publishedCase().after(withdrawConsent), 'no-current-decision'],
    ['PAT-6: of a frozen case', publishedCase().after(freeze), 'case-frozen'],
    ['SVU-6: of an annulled case', publishedCase().after(annul), 'case-annulled'],
    ['SVU-21: of a case that is over', dischargedCase(), 'case-locked'],
  ] as const)('%s is refused', (_when, of, code) => {
    trying(of).thenRejected(code);
  });

  it('ACC-1, ORG-2: is for units that take part, by a role that writes', () => {
    trying(publishedCase(), otherDistrictNurse).thenRejected('not-participating');
    trying(publishedCase(), municipalReader).thenRejected('role-lacks-responsibility');
  });
});

describe('Saving fields of a form', () => {
  const of = publishedCase('skane');

  it('SVU-14: two who write in different fields at once both succeed, each by name and moment', () => {
    const { state } = isOpen(of)
      .after(save(of, [wrote('mobility', 'Går med rollator', 1)]))
      .after(save(of, [wrote('housing', 'Två trappor', 1)], needsAssessor));
    expect(state.answers).toEqual({
      mobility: { value: 'Går med rollator', at: now, by: districtNurse, version: 2 },
      housing: { value: 'Två trappor', at: now, by: needsAssessor, version: 3 },
    });
  });

  it('SVU-14: of the same field the later is rejected until it has seen what the earlier wrote', () => {
    const written = isOpen(of).after(save(of, [wrote('mobility', 'Går själv', 1)]));
    written.when(save(of, [wrote('mobility', 'Går ej', 1)], needsAssessor)).thenRejected('answer-changed');
    const { state } = written.after(save(of, [wrote('mobility', 'Går ej', 2)], needsAssessor));
    expect(state.answers['mobility']).toMatchObject({ value: 'Går ej', by: needsAssessor, version: 3 });
  });

  it('SVU-14: what says the same as before changes nothing, also of a field that was changed meanwhile', () => {
    const written = isOpen(of).after(save(of, [wrote('mobility', 'Går själv', 1)]));
    const again = save(of, [wrote('mobility', ' Går själv ', 1)], needsAssessor);
    expect(form.decide(again, written.state)).toEqual({ events: [] });
  });

  it('SVU-14: all that is saved together is saved, or nothing', () => {
    const written = isOpen(of).after(save(of, [wrote('mobility', 'Går själv', 1)]));
    const both = [wrote('housing', 'Villa', 1), wrote('mobility', 'Går ej', 1)];
    written.when(save(of, both)).thenRejected('answer-changed');
  });

  it('SVU-15: blank is not an answer; what is left out or blank takes the answer away', () => {
    const first = isOpen(of).after(save(of, [wrote('mobility', 'Går själv', 1)]));
    for (const value of [undefined, '  ', '-']) {
      const { state } = first.after(save(of, [wrote('mobility', value, 2)]));
      expect(state.answers['mobility']).toEqual({ at: now, by: districtNurse, version: 3 });
    }
    expect(form.decide(save(of, [wrote('housing', '  ', 1)]), first.state)).toEqual({ events: [] });
  });

  it.each([
    ['a question that it does not have', [wrote('sleep', 'Bra', 1)], 'question-unknown'],
    ['a heading', [wrote('functions', 'Bra', 1)], 'question-unknown'],
    ['one field twice', [wrote('mobility', 'A', 1), wrote('mobility', 'B', 1)], 'question-unknown'],
    ['yes to a text', [wrote('mobility', true, 1)], 'answer-of-another-type'],
    ['a text to yes or no', [wrote('needs-help', 'Ja', 1)], 'answer-of-another-type'],
    ['a version that is not there yet', [wrote('mobility', 'A', 2)], 'version-not-there'],
  ] as const)('SVU-14: %s is refused', (_what, fields, code) => {
    isOpen(of).when(save(of, fields)).thenRejected(code);
  });

  it('SVU-14: a form takes so many characters as a whole, and one that is longer may be made shorter', () => {
    const long = (count: number) => 'a'.repeat(count);
    const nearly = isOpen(of).after(save(of, [wrote('mobility', long(mostCharacters - 1), 1)]));
    nearly
      .when(save(of, [wrote('housing', 'bb', 1)], needsAssessor))
      .thenRejected('form-too-long', { values: { most: String(mostCharacters) } });
    const full = nearly.after(save(of, [wrote('housing', 'b', 1)], needsAssessor));
    full.when(save(of, [wrote('mobility', `${long(mostCharacters - 1)}a`, 2)])).thenRejected('form-too-long');
    // Both together are as long as before; yes and no have no length.
    full
      .when(save(of, [wrote('mobility', long(mostCharacters - 2), 2), wrote('housing', 'bb', 3)]))
      .thenAccepted();
    full.when(save(of, [wrote('needs-help', true, 1)])).thenAccepted();
    const fields = [{ linkId: 'mobility', value: long(2 * mostCharacters) }];
    const before = new Course(form, [
      ...isOpen(of).events,
      { type: 'AnswersSaved', at: now, by: districtNurse, data: { fields } },
    ]);
    before.when(save(of, [wrote('mobility', long(2 * mostCharacters - 1), 2)])).thenAccepted();
  });

  it('PAT-12: goes with the case to the person who lives on, and its version counts every event', () => {
    const other = '0b1d3a52-0000-4000-8000-000000000009';
    const moved = isOpen(of).after({ type: 'replace-person', at: now, by: nurse, data: { personId: other } });
    expect(moved.state).toMatchObject({ personId: other, version: 2 });
    const again = { type: 'replace-person', at: now, by: nurse, data: { personId: other } } as const;
    expect(form.decide(again, moved.state)).toEqual({ events: [] });
  });
});

/** Somebody who looks at the form now and then, and writes in what was seen. */
type Act = { readonly who: number; readonly looks: boolean; readonly field: number; readonly text: string };
const acts = fc.array(
  fc.record({
    who: fc.nat({ max: 2 }),
    looks: fc.boolean(),
    field: fc.nat({ max: 1 }),
    text: fc.constantFrom('a1', 'b2', 'c3', ''),
  }),
  { maxLength: 40 },
);

describe('However writers come between each other', () => {
  const of = publishedCase();
  const writers = [districtNurse, needsAssessor, nurse] as const;
  const fields = ['mobility', 'housing'] as const;

  it('SVU-14: nothing that somebody wrote is replaced by one who has not seen it, and nobody waits for another field', () => {
    fc.assert(
      fc.property(acts, (all: readonly Act[]) => {
        let state: FormState = isOpen(of).state;
        const seen = [state, state, state];
        const log: FormEvent[] = [];
        for (const { who, looks, field, text } of all) {
          if (looks) seen[who] = state;
          const linkId = fields[field] ?? 'mobility';
          const saw = seen[who] ?? state;
          const command = save(of, [wrote(linkId, text, saw.version)], writers[who]);
          const { events, rejection } = form.decide(command, state);
          const stands = state.answers[linkId];
          const hasSeen = stands === undefined || stands.version <= saw.version;
          const saysTheSame = (text || undefined) === stands?.value;
          expect(rejection?.code).toBe(hasSeen || saysTheSame ? undefined : 'answer-changed');
          // What its writer saw of the field is what stands there.
          expect(hasSeen && saw.answers[linkId]?.value !== stands?.value).toBe(false);
          for (const event of events ?? []) {
            log.push(event);
            state = form.evolve(state, event);
          }
        }
        expect(
          log.reduce<FormState>((before, event) => form.evolve(before, event), isOpen(of).state),
        ).toEqual(state);
        // It keeps what stands, and not what stood: at most one answer for each question.
        expect(Object.keys(state.answers).length).toBeLessThanOrEqual(fields.length);
        expect(state.version).toBe(1 + log.length);
      }),
    );
  });
});
