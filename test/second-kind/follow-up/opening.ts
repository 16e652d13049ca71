import type { AddressingResult } from '../../../src/process/case/addressing-result.js';
import { addressed } from '../../../src/process/case/addressing.js';
import { happened } from '../../../src/process/case/event.js';
import type { Moment } from '../../../src/process/case/event.js';
import type { SharedEvent } from '../../../src/process/case/shared-subjects.js';
import { openTodo } from '../../../src/process/case/todos.js';
import type { CasePolicy } from '../../../src/process/policy/policy.js';
import { accept } from '../../../src/process/rejections/rejection.js';
import type { Decision } from '../../../src/process/rejections/rejection.js';
import type { Command, LocalDate, ProcessEvent, Uuid } from '../../../src/process/vocabulary.js';
import { followUpTables, reject } from './rows.js';
import type { FollowUpState, FollowUpWay } from './state.js';

type Opening = {
  readonly personId: Uuid;
  readonly policy: CasePolicy;
  readonly until: LocalDate;
  readonly purpose?: string;
  readonly way?: FollowUpWay;
};

export type OpeningCommand = Command<
  'open',
  Opening & {
    /** The person's open follow-up, where there is one. */
    readonly openCase?: Uuid;
    readonly outpatient: AddressingResult;
    readonly municipality: AddressingResult;
  }
>;

export type OpeningEvent = ProcessEvent<'FollowUpOpened', Opening>;

/** Any side opens a follow-up, and the two others are addressed by the registers (ADR-1, ADR-2); the hospital is added by hand. */
export function decideOpen(
  command: OpeningCommand,
  state: FollowUpState | undefined,
): Decision<OpeningEvent | SharedEvent> {
  const { by, data } = command;
  if (state !== undefined) return reject('follow-up-open-already');
  if (by.kind !== 'user') return reject('user-required');
  if (data.openCase !== undefined) return reject('follow-up-open-already', { field: 'personId' });
  const { outpatient, municipality, openCase: _none, ...opening } = data;
  const others = {
    ...(by.side === 'outpatient' ? {} : { outpatient }),
    ...(by.side === 'municipality' ? {} : { municipality }),
  };
  return accept<OpeningEvent | SharedEvent>(
    happened(command, 'FollowUpOpened', opening),
    happened(command, 'ParticipantAdded', {
      unit: by.unit,
      unitName: by.unitName,
      side: by.side,
      ground: 'opened',
    }),
    ...addressed(command, others, [by.unit]),
  );
}

/** The unit that opened it leads it, and has to end it by the day that it said. */
export function opened(event: OpeningEvent): FollowUpState {
  const { at, by, data } = event;
  if (by.kind !== 'user') return { ...blank(event), ...data };
  const { unit, unitName, organisation } = by;
  const state = { ...blank(event), ...data, leader: unit, organisation, unitNames: { [unit]: unitName } };
  const key = 'finish-follow-up';
  const deadline = `${data.until}T12:00:00.000Z`;
  return openTodo(followUpTables.todos, state, { key, kind: key, unit, deadline }, at);
}

/** A case of which nothing is known, also when a log lacks its beginning. */
export function blank({ at, by }: Moment): FollowUpState {
  return {
    kind: 'follow-up',
    personId: '',
    policy: { name: '', version: 0 },
    phase: 'draft',
    frozen: false,
    openedAt: at,
    openedBy: by,
    organisation: '',
    leader: '',
    until: '',
    decisions: [],
    participants: {},
    unitNames: {},
    contacts: {},
    notAddressed: {},
    todos: {},
    interrupted: [],
    rounds: {},
    notices: {},
  };
}
