import { form } from '../../../src/process/form/form-decider.js';
import type { AnswerValue, FormState } from '../../../src/process/form/form.js';
import { partOf, readingOf, saysNo } from '../../../src/process/form/parts.js';
import type { PartOfForm } from '../../../src/process/form/questionnaire.js';
import { closedPart } from '../../../src/process/svu/statement.js';
import type { SvuState } from '../../../src/process/svu/state.js';
import type { SvuCommand } from '../../../src/process/svu/subjects.js';
import { svu } from '../../../src/process/svu/svu.js';
import type { UserActor } from '../../../src/process/vocabulary.js';
import { districtNurse, homeNurse, needsAssessor, nurse } from './cast.js';
import { Course, stored } from './given.js';
import { now, openTodos, publishedCase, step, type Case } from './svu.js';
import { statementQuestions } from './statement-questions.js';

const caseId = '0b1d3a52-0000-4000-8000-00000000000d';

/** What became of a step: the case and its statement afterwards, or why it was rejected. */
export type Done = { readonly of: Statement; readonly code?: undefined } | { readonly code: string };

/** A case with its statement, as the hub runs both: whoever writes in the form tells the case in the same transaction. */
export class Statement {
  constructor(
    readonly state: SvuState,
    readonly form: FormState,
  ) {}

  static begin({ state }: Case = publishedCase()): Statement {
    const opened = new Course(form).after({
      type: 'open-form',
      at: now,
      by: nurse,
      of: state,
      data: { caseId, questionnaire: statementQuestions },
    });
    return new Statement(state, opened.state);
  }

  get version(): number {
    return this.form.version;
  }

  /** A step of the case; those about the statement are told how it reads. */
  take(command: SvuCommand): Done {
    const about = command.type === 'complete-statement' || command.type === 'sign-statement';
    const told = about
      ? ({ ...command, data: { ...command.data, form: readingOf(this.form) } } as SvuCommand)
      : command;
    const { rejection, events } = svu.decide(told, this.state);
    if (rejection !== undefined) return { code: rejection.code };
    const state = events.reduce<SvuState>((before, event) => stored(svu.evolve(before, event)), this.state);
    return { of: new Statement(state, this.form) };
  }

  save(by: UserActor, linkId: string, value?: AnswerValue): Done {
    const { version } = this;
    const fields = [{ linkId, seen: version, ...(value === undefined ? {} : { value }) }];
    const command = { type: 'save-answers', at: now, by, of: this.state, data: { fields } } as const;
    const { rejection, events = [] } = form.decide(command, this.form);
    if (rejection !== undefined) return { code: rejection.code };
    if (events.length === 0) return { of: this };
    const part = partOf(statementQuestions, linkId) as PartOfForm;
    const closed = closedPart(this.state, part, by);
    if (closed !== undefined) return { code: closed.code };
    const after = events.reduce<FormState>((before, event) => stored(form.evolve(before, event)), this.form);
    const written = new Statement(this.state, after);
    return {
      of: written.after(
        ...(value === undefined ? [] : [takes(step('note-document-written', { document: 'statement' }, by))]),
        takes(
          step(
            'note-statement-changed',
            { part, form: { ...readingOf(after), disagrees: saysNo(after, events) } },
            by,
          ),
        ),
      ),
    };
  }

  /** All of these, none of which may be rejected. */
  after(...moves: readonly Move[]): Statement {
    return moves.reduce<Statement>((before, move) => {
      const done = move(before);
      if (done.code !== undefined) throw new Error(`rejected: ${done.code}`);
      return done.of;
    }, this);
  }

  /** Why a move is rejected; undefined where it is not. */
  rejects(move: Move): string | undefined {
    return move(this).code;
  }

  /** The units whose signature stands. */
  get signed(): readonly string[] {
    return Object.keys(this.state.statement?.signatures ?? {}).toSorted();
  }

  get step(): string | undefined {
    return this.state.steps.statement;
  }

  /** The units that are asked to complete or to sign. */
  asked(kind: 'complete-statement' | 'sign-statement'): readonly string[] {
    const { state } = this;
    return openTodos(state)
      .filter((key) => state.todos[key]?.kind === kind)
      .map((key) => state.todos[key]?.unit ?? '');
  }
}

export type Move = (of: Statement) => Done;

export const saves =
  (by: UserActor, linkId: string, value?: AnswerValue): Move =>
  (of) =>
    of.save(by, linkId, value);
export const takes =
  (command: SvuCommand): Move =>
  (of) =>
    of.take(command);
export const completes = (by: UserActor = nurse): Move => takes(step('complete-statement', {}, by));
export const signs =
  (by: UserActor): Move =>
  (of) =>
    of.take(step('sign-statement', { version: of.version }, by));
export const reopens = (by: UserActor = nurse): Move => takes(step('reopen-statement', {}, by));

export const hospitalWrites = [
  saves(nurse, 'words', 'Vill hem'),
  saves(nurse, 'self-care', false),
  saves(nurse, 'stance', 'SIP behövs'),
];
export const centreWrites = [saves(districtNurse, 'doctor', 'Dr Ek'), saves(districtNurse, 'agrees', true)];
export const municipalityWrites = [saves(needsAssessor, 'measures', 'Hemtjänst')];

/** As Mina planer 3.0, 5.10 tells it: the hospital completes and signs, then each side writes its part and signs. */
export const completed = (): Statement => Statement.begin().after(...hospitalWrites, completes());
export const signedByAll = (): Statement =>
  completed().after(
    signs(nurse),
    ...centreWrites,
    signs(districtNurse),
    ...municipalityWrites,
    signs(needsAssessor),
    signs(homeNurse),
  );
