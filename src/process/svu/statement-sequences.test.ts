import * as fc from 'fast-check';
import {
  districtNurse,
  homeNurse,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  otherNurse,
  units,
} from '../../../test/support/process/cast.js';
import {
  centreWrites,
  completed,
  completes,
  hospitalWrites,
  municipalityWrites,
  reopens,
  saves,
  signedByAll,
  signs,
  Statement,
  takes,
  type Move,
} from '../../../test/support/process/statement.js';
import {
  consent,
  discharge,
  freeze,
  publishedCase,
  refusal,
  step,
  undo,
} from '../../../test/support/process/svu.js';
import { fact } from '../../../test/support/process/svu.js';
import { currentDecision, isRefused } from '../case/questions.js';
import { partOf, readingOf } from '../form/parts.js';
import { partsOfForm, questionsOf } from '../form/questionnaire.js';
import type { PartOfForm } from '../form/questionnaire.js';
import type { UserActor } from '../vocabulary.js';
import { isFullySigned, signers, statementOf } from './statement-state.js';

/**
 * SVU-16 to SVU-20 by generated sequences: whoever does whatever in whatever order, also against the rules. Stated here and not in the code:
 * what a signature is of, who may break it, and who is asked.
 */
const people = [nurse, otherNurse, districtNurse, otherDistrictNurse, needsAssessor, homeNurse];
const anybody = fc.constantFrom<UserActor[]>(...people);
const id = (count: number) => `0b1d3a52-0000-4000-8000-0000000001${String(count % 100).padStart(2, '0')}`;

type Named = { readonly name: string; readonly by: UserActor; readonly move: Move };
const named = (name: string, by: UserActor, move: Move): Named => ({ name, by, move });

const texts = fc.constantFrom('A', 'B', undefined);
const anySave = fc.oneof(
  fc
    .tuple(fc.constantFrom('words', 'doctor', 'further', 'measures'), texts, anybody)
    .map(([linkId, value, by]) => named(`save ${linkId} ${value}`, by, saves(by, linkId, value))),
  fc
    .tuple(fc.constantFrom('self-care', 'agrees'), fc.boolean(), anybody)
    .map(([linkId, value, by]) => named(`save ${linkId} ${value}`, by, saves(by, linkId, value))),
);
const anySign = fc.record({ by: anybody }).map(({ by }) => named('sign', by, signs(by)));
const aboutCase = (count: number) =>
  fc.constantFrom<Named[]>(
    named('refuse', nurse, takes(step('register-decision', { decisionId: id(count), ...refusal }))),
    named('consent', nurse, takes(step('register-decision', { decisionId: id(count), ...consent }))),
    named('publish', nurse, takes(step('publish-admission-notice', { reason: 'Fall' }))),
    named('discharge', nurse, takes(discharge)),
    // More often than the discharge that it needs.
    ...['undo', 'undo', 'undo'].map((name) => named(name, nurse, takes(undo))),
    named('freeze', nurse, takes(freeze)),
    named('unfreeze', nurse, takes(fact('unfreeze', {}))),
    ...(
      [
        [units.otherHealthCentre, 'outpatient'],
        [units.homeNursing, 'municipality'],
        [units.otherWard, 'hospital'],
      ] as const
    ).flatMap(([unit, side]) => [
      named(
        `join ${unit}`,
        nurse,
        takes(step('add-participant', { unit, unitName: unit, side, organisation: '232100-0016' })),
      ),
      named(
        `leave ${unit}`,
        nurse,
        takes(step('remove-participant', { unit, confirmed: true, reason: 'Flyttat' })),
      ),
    ]),
  );
const anyMove = fc
  .nat()
  .chain((count) =>
    fc.oneof(
      { weight: 5, arbitrary: anySave },
      { weight: 8, arbitrary: anySign },
      { weight: 3, arbitrary: fc.constant(named('complete', nurse, completes())) },
      { weight: 1, arbitrary: anybody.map((by) => named('reopen', by, reopens(by))) },
      { weight: 3, arbitrary: aboutCase(count) },
    ),
  );
/** Writing and signing by those whose it is, so that many signatures stand over much that is written. */
const ownWriting = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        ['words', nurse] as const,
        ['doctor', districtNurse] as const,
        ['measures', needsAssessor] as const,
        ['measures', homeNurse] as const,
      ),
      fc.constantFrom('A', 'B'),
    )
    .map(([[linkId, by], value]) => named(`save ${linkId}`, by, saves(by, linkId, value))),
  anySign,
  anySign,
  fc
    .constantFrom(true, true, false)
    .map((agrees) => named('save agrees', districtNurse, saves(districtNurse, 'agrees', agrees))),
);

/** So that sequences get far, some of them begin where the usual course has come to. */
const anyStart = fc.constantFrom(
  Statement.begin(),
  completed(),
  completed().after(signs(nurse), ...centreWrites, ...municipalityWrites, signs(needsAssessor)),
  signedByAll(),
);

/** What stands in a part, as whoever reads it sees it. */
const textOf = ({ form }: Statement, part: PartOfForm): string =>
  JSON.stringify(
    questionsOf(form.questionnaire)
      .filter(({ linkId }) => partOf(form.questionnaire, linkId) === part)
      .map(({ linkId }) => form.answers[linkId]?.value ?? null),
  );
const isEmpty = (text: string): boolean => /^\[(?:null,?)*\]$/u.test(text);
const textsOf = (of: Statement): Readonly<Record<PartOfForm, string>> =>
  Object.fromEntries(partsOfForm.map((part) => [part, textOf(of, part)])) as Record<PartOfForm, string>;

/** Runs a sequence; `check` sees each move that was tried, with what was before it and what came of it. */
function play(
  start: Statement,
  moves: readonly Named[],
  check: (before: Statement, after: Statement, tried: Named, code: string | undefined) => void,
): void {
  let of = start;
  for (const tried of moves) {
    const done = tried.move(of);
    const after = done.code === undefined ? done.of : of;
    check(of, after, tried, done.code);
    of = after;
  }
}
const hold = (check: Parameters<typeof play>[2]): void =>
  fc.assert(
    fc.property(anyStart, fc.array(anyMove, { maxLength: 25 }), (start, moves) => play(start, moves, check)),
    { numRuns: 400 },
  );

const same = (found: unknown, wanted: unknown): void => expect(found).toEqual(wanted);

describe('The statement, whatever is done with it', () => {
  it('SVU-20: no signature stands over a text that has changed since it was given', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.array(fc.oneof(ownWriting, anyMove), { maxLength: 30 }), (moves) => {
        const signedAt = new Map<string, Readonly<Record<PartOfForm, string>>>();
        play(completed(), moves, (_before, after) => {
          for (const unit of signedAt.keys()) if (!after.signed.includes(unit)) signedAt.delete(unit);
          for (const unit of after.signed) {
            const seen = signedAt.get(unit) ?? textsOf(after);
            signedAt.set(unit, seen);
            const now = textsOf(after);
            for (const part of partsOfForm)
              if (!isEmpty(seen[part])) same([unit, part, now[part]], [unit, part, seen[part]]);
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  it('SVU-20: a change by a side of which a unit has signed leaves no signature', () => {
    expect.hasAssertions();
    hold((before, after, { name, by }, code) => {
      if (!name.startsWith('save') || code !== undefined || before.version === after.version) return;
      const { participants } = before.state;
      const side = participants[by.unit]?.side;
      if (before.signed.some((unit) => participants[unit]?.side === side)) same(after.signed, []);
    });
  });

  it('SVU-20: what is fully signed is changed by nobody, and reopened by the hospital alone', () => {
    expect.hasAssertions();
    hold((before, after, { name, by }, code) => {
      if (!isFullySigned(before.state)) return;
      if (name.startsWith('save')) same([name, before.version], [name, after.version]);
      const broken = before.signed.some((unit) => !after.signed.includes(unit));
      const mayBreak =
        (name === 'reopen' && before.state.participants[by.unit]?.side === 'hospital') ||
        name.startsWith('leave') ||
        // CON-5: nothing of it is left to share.
        name === 'refuse' ||
        name === 'publish';
      if (broken) same([name, by.unit, mayBreak], [name, by.unit, true]);
      if (name === 'reopen' && code === undefined) same(after.signed, []);
    });
  });

  it('SVU-23, PAT-6, CON-8: a case that is over, frozen, refused or without a decision takes no step of it', () => {
    expect.hasAssertions();
    hold((before, after, { name }, code) => {
      const { state } = before;
      const goesOn = state.phase === 'published' && !state.frozen && state.sharing === 'full';
      if (goesOn && currentDecision(state) !== undefined && !isRefused(state)) return;
      if (!/^(?:save|sign|complete|reopen)/u.test(name)) return;
      same([name, code === undefined && before.version !== after.version], [name, false]);
      same(statementOf(after.state), statementOf(state));
      if (!name.startsWith('save')) same([name, typeof code], [name, 'string']);
    });
  });

  it('SVU-17: while outpatient care says no nobody has signed, and none is asked to', () => {
    expect.hasAssertions();
    hold((_before, after) => {
      const { completed: done } = statementOf(after.state);
      if (!readingOf(after.form).disagrees) return;
      same(after.signed, []);
      if (done === undefined) same(after.asked('sign-statement'), []);
    });
  });

  it('VIEW-3, SVU-19: asked to sign is exactly who has not, once the part of the hospital is complete; before that the ward is asked', () => {
    expect.hasAssertions();
    hold((_before, after) => {
      const { state } = after;
      const { completed: done, signatures } = statementOf(state);
      const goesOn = state.phase === 'published' && !state.frozen && state.sharing === 'full';
      const decided = currentDecision(state) !== undefined && !isRefused(state);
      if (!goesOn || !decided) {
        if (!goesOn || isRefused(state)) same(after.asked('sign-statement'), []);
        return;
      }
      const unsigned = signers(state).filter(
        (unit) => signatures[unit] === undefined && state.participants[unit]?.seesContent === true,
      );
      same(after.asked('sign-statement').toSorted(), done === undefined ? [] : unsigned);
      const begun = state.written?.['statement'] !== undefined;
      same(after.asked('complete-statement'), begun && done === undefined ? [state.ward] : []);
    });
  });

  it('VIEW-12: the last to-do of a unit to sign is done where its signature stands, and nowhere else', () => {
    expect.hasAssertions();
    hold((_before, after) => {
      const { todos } = after.state;
      const last = new Map(
        Object.values(todos)
          .filter(({ kind }) => kind === 'sign-statement')
          .toSorted((one, other) => Number(one.key.split(':').at(-1)) - Number(other.key.split(':').at(-1)))
          .map((todo) => [todo.unit, todo.state]),
      );
      const { participants, phase, frozen, sharing } = after.state;
      if (phase !== 'published' || frozen || sharing !== 'full' || isRefused(after.state)) return;
      for (const [unit, state] of last)
        if (participants[unit] !== undefined)
          same([unit, state === 'completed'], [unit, after.signed.includes(unit)]);
    });
  });

  it('SVU-19: the sequences come to each end: signed by all, a no, a reopening, a refusal', () => {
    const reached = new Set<string>();
    const begun = Statement.begin(publishedCase()).after(...hospitalWrites);
    fc.assert(
      fc.property(fc.array(fc.oneof(ownWriting, anyMove), { maxLength: 25 }), anyStart, (moves, start) => {
        play(moves.length % 5 === 0 ? begun : start, moves, (before, after, { name }, code) => {
          if (code === undefined) reached.add(name.split(' ')[0] ?? '');
          if (isFullySigned(after.state) && !isFullySigned(before.state)) reached.add('signed');
          if (statementOf(after.state).returned !== undefined) reached.add('returned');
        });
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect([...reached]).toEqual(
      expect.arrayContaining([
        'signed',
        'returned',
        'reopen',
        'refuse',
        'discharge',
        'undo',
        'join',
        'leave',
      ]),
    );
  });
});
