import type { CommandUnderCase } from '../under-case/command-under-case.js';
import type { FollowingCommand, FollowingEvent } from '../under-case/following-case.js';
import type { TodoCommandUnderCase } from '../under-case/todos-under-case.js';
import type { Actor, HsaId, Instant, ProcessEvent, Todo, Uuid } from '../vocabulary.js';
import type { Questionnaire } from './questionnaire.js';

/** What stands in a field. Left out: it was taken away. */
export type AnswerValue = string | boolean;

/** What a unit writes in one field. */
export type FieldAsWritten = {
  readonly linkId: string;
  readonly value?: AnswerValue;
  /** The version of the form in which the writer saw the field. */
  readonly seen: number;
};

export type FormCommand =
  | CommandUnderCase<'open-form', { readonly caseId: Uuid; readonly questionnaire: Questionnaire }>
  | CommandUnderCase<'save-answers', { readonly fields: readonly FieldAsWritten[] }>
  | TodoCommandUnderCase
  | FollowingCommand;

type Opened = {
  readonly caseId: Uuid;
  readonly personId: Uuid;
  /** With its questions, as they were then: the answers are to these for ever. */
  readonly questionnaire: Questionnaire;
};

/** What was written in fields, each with what it says now. */
type Saved = { readonly fields: readonly Omit<FieldAsWritten, 'seen'>[] };

export type FormEvent =
  ProcessEvent<'FormOpened', Opened> | ProcessEvent<'AnswersSaved', Saved> | FollowingEvent;

/** A field as it is now. What it said before stands in the events alone, so that a form does not grow with what is written in it. */
export type Answer = {
  readonly value?: AnswerValue;
  readonly at: Instant;
  readonly by: Actor;
  /** The version of the form from which it has said this. */
  readonly version: number;
};

/** A form under a case, in a stream of its own. */
export type FormState = Opened & {
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  /** The version of the stream, which is that of the QuestionnaireResponse when a field was changed last. */
  readonly version: number;
  /** By the `linkId` of the question; a field that nobody has written in is left out. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** How many times each unit has saved, as the limit of a form counts them. */
  readonly saves: Readonly<Record<HsaId, number>>;
  /** A form asks nobody anything itself; the case does. */
  readonly todos: Readonly<Record<string, Todo>>;
};
