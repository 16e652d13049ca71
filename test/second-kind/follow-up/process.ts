import type { AddressingResult } from '../../../src/process/case/addressing-result.js';
import { addressed } from '../../../src/process/case/addressing.js';
import { happened, stated } from '../../../src/process/case/event.js';
import type { Moment } from '../../../src/process/case/event.js';
import { admit, faultInText } from '../../../src/process/case/guards.js';
import { currentDecision, everyUnit, isRefused } from '../../../src/process/case/questions.js';
import type { RulesOfKind } from '../../../src/process/case/rules-of-kind.js';
import { sharedSubjects } from '../../../src/process/case/shared-subjects.js';
import type { SharedCommand, SharedEvent } from '../../../src/process/case/shared-subjects.js';
import { endTodos, openTodo } from '../../../src/process/case/todos.js';
import type { Decider } from '../../../src/process/decider.js';
import type { CasePolicy } from '../../../src/process/policy/policy.js';
import { accept, reject } from '../../../src/process/rejections/rejection.js';
import type { Decision } from '../../../src/process/rejections/rejection.js';
import { decideBy, evolveBy, together } from '../../../src/process/subject.js';
import type { Subject } from '../../../src/process/subject.js';
import type { Command, LocalDate, ProcessEvent, Uuid } from '../../../src/process/vocabulary.js';
import type { FollowUpState } from './state.js';

type OpeningCommand = Command<
  'open',
  {
    readonly personId: Uuid;
    readonly policy: CasePolicy;
    readonly until: LocalDate;
    readonly purpose?: string;
    /** The person's open follow-up, where there is one. */
    readonly openCase?: Uuid;
    readonly municipality: AddressingResult;
  }
>;
type SharingCommand = Command<'share', Record<string, never>>;
type FinishingCommand = Command<'finish', { readonly result?: string }>;
export type FollowUpCommand = OpeningCommand | SharedCommand | SharingCommand | FinishingCommand;

type OpeningEvent = ProcessEvent<
  'FollowUpOpened',
  {
    readonly personId: Uuid;
    readonly policy: CasePolicy;
    readonly until: LocalDate;
    readonly purpose?: string;
  }
>;
type SharingEvent = ProcessEvent<'FollowUpShared', { readonly minimum: boolean }>;
type FinishingEvent = ProcessEvent<'FollowUpFinished', { readonly result?: string }>;
export type FollowUpEvent = OpeningEvent | SharedEvent | SharingEvent | FinishingEvent;

/** The health centre's step: of the rejections that there are the one that says it. */
const ofOutpatientCare = { side: ['outpatient', 'only-outpatient-names-contact'] } as const;

/** What the rules that every case shares ask of a follow-up. */
const rules: RulesOfKind<FollowUpState> = {
  leaderOf: ({ leader }) => leader,
  ledBy: (state, leader) => ({ ...state, leader }),
  handedOver: (state) => state,
  joined: (state, unit, event) => askToAcknowledge(state, unit, event),
  stayGivenUp: (state) => state,
  forget: ({ purpose: _forgotten, ...state }) => state,
  hidesHospital: () => false,
  sharesText: (state) => !isRefused(state),
};

/** The first step: the others see the case and are asked to acknowledge it; under a refusal without its purpose (CON-5). */
const sharing: Subject<FollowUpState, SharingCommand, SharingEvent> = {
  decide: {
    share(command, state) {
      const { rejected } = admit(command, state, { ...ofOutpatientCare, phases: ['draft'] });
      if (rejected !== undefined) return rejected;
      if (currentDecision(state) === undefined) return reject('decision-missing');
      return accept(happened(command, 'FollowUpShared', { minimum: isRefused(state) }));
    },
  },
  evolve: {
    FollowUpShared(state, event) {
      const shared: FollowUpState = {
        ...state,
        phase: 'published',
        publishedAt: event.at,
        sharing: event.data.minimum ? 'minimum' : 'full',
      };
      return everyUnit(shared).reduce((each, unit) => askToAcknowledge(each, unit, event), shared);
    },
  },
};

/** The second step: the follow-up is over, and nothing is left to do. */
const finishing: Subject<FollowUpState, FinishingCommand, FinishingEvent> = {
  decide: {
    finish(command, state) {
      const { rejected } = admit(command, state, { ...ofOutpatientCare, phases: ['published'] });
      if (rejected !== undefined) return rejected;
      const result = stated(command.data.result);
      return (
        faultInText(state, result, 'result') ??
        accept(happened(command, 'FollowUpFinished', result === undefined ? {} : { result }))
      );
    },
  },
  evolve: {
    FollowUpFinished: (state, event) =>
      endTodos({ ...state, phase: 'finished' as const }, () => true, 'cancelled', event),
  },
};

function askToAcknowledge(state: FollowUpState, unit: string, { at }: Moment): FollowUpState {
  if (unit === state.leader || state.publishedAt === undefined) return state;
  const key = `acknowledge-message:${unit}`;
  return openTodo(state, { key, kind: 'acknowledge-message', unit, responsibility: 'acknowledge' }, at);
}

const subjects: Subject<
  FollowUpState,
  Exclude<FollowUpCommand, OpeningCommand>,
  Exclude<FollowUpEvent, OpeningEvent>
> = together(
  sharedSubjects(rules, { register: ofOutpatientCare, deregister: ofOutpatientCare }),
  sharing,
  finishing,
);

export const followUp: Decider<FollowUpState, FollowUpCommand, FollowUpEvent> = {
  decide(command, state) {
    if (command.type === 'open') return decideOpen(command, state);
    if (state === undefined) return reject('no-such-case');
    return decideBy(subjects, command, state) ?? reject('step-unknown');
  },
  evolve(state, event) {
    if (event.type === 'FollowUpOpened') return opened(event);
    return evolveBy(subjects, state ?? blank(event), event);
  },
};

function decideOpen(command: OpeningCommand, state: FollowUpState | undefined): Decision<FollowUpEvent> {
  const { by, data } = command;
  if (state !== undefined) return reject('case-already-opened');
  if (by.kind !== 'user') return reject('user-required');
  if (data.openCase !== undefined) return reject('case-already-opened', { field: 'personId' });
  const { municipality, openCase: _none, ...opening } = data;
  return accept<FollowUpEvent>(
    happened(command, 'FollowUpOpened', opening),
    happened(command, 'ParticipantAdded', {
      unit: by.unit,
      unitName: by.unitName,
      side: by.side,
      ground: 'opened',
    }),
    ...addressed(command, { municipality }, [by.unit]),
  );
}

function opened(event: OpeningEvent): FollowUpState {
  const { by, data } = event;
  if (by.kind !== 'user') return { ...blank(event), ...data };
  const { unit, unitName, organisation } = by;
  return { ...blank(event), ...data, leader: unit, organisation, unitNames: { [unit]: unitName } };
}

/** A case of which nothing is known, also when a log lacks its beginning. */
function blank({ at, by }: Moment): FollowUpState {
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
