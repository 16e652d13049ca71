import type { AddressingResult } from '../case/addressing-result.js';
import { addressed } from '../case/addressing.js';
import type { AddressingEvent } from '../case/addressing.js';
import { happened, stated } from '../case/event.js';
import type { Moment } from '../case/event.js';
import type { ParticipantAdded } from '../case/participant-events.js';
import { faultInAge, type MinorOfCase } from '../person/minor-of-case.js';
import type { CasePolicy, Policy } from '../policy/policy.js';
import { settingsOf } from '../policy/settings-of.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { isInFuture, isInstant, isLocalDate, localDateOf } from '../time.js';
import type { Command, HsaId, Instant, LocalDate, ProcessEvent, Uuid } from '../vocabulary.js';
import { admissionNoticeDue, askToPublish } from './admission-notice-deadline.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';

export type OpeningCommand = Command<
  'open',
  {
    readonly personId: Uuid;
    readonly policy: Policy;
    readonly stayId?: Uuid;
    readonly admittedAt: Instant;
    readonly expectedDischarge: LocalDate;
    /** May be left out of a draft; publishing more than the minimum needs it (SVU-3, CON-5). */
    readonly reason?: string;
    /** The doctor's later assessment that needs exist (SVU-5). */
    readonly needsAssessedAt?: Instant;
    /** Open cases of the person at this moment (SVU-2). */
    readonly openSvu?: Uuid;
    readonly outpatient: AddressingResult;
    readonly municipality: AddressingResult;
    /** Of a person under 18 (PAT-11). */
    readonly minor?: MinorOfCase;
  }
>;

export type OpeningEvent = ProcessEvent<
  'CaseOpened',
  {
    readonly personId: Uuid;
    readonly policy: CasePolicy;
    readonly stayId?: Uuid;
    readonly ward: HsaId;
    readonly organisation: string;
    readonly admittedAt: Instant;
    readonly expectedDischarge: LocalDate;
    readonly reason?: string;
    readonly needsAssessedAt?: Instant;
    /** Which of the rules of src/process/svu/followings.ts hold of the case; older logs do not say, and then it is 0. */
    readonly rules?: number;
  }
>;

/** The rules of cases that are opened now. */
const rulesNow = 2;

/** SVU-1, SVU-2, SVU-3: a hospital unit opens the case as a draft, addressed by the lookups (ADR-1, ADR-2, ADR-13). */
export function decideOpen(
  command: OpeningCommand,
  state: SvuState | undefined,
): Decision<OpeningEvent | ParticipantAdded | AddressingEvent> {
  const { by, data, at } = command;
  if (state !== undefined) return reject('case-already-opened');
  if (by.kind !== 'user') return reject('user-required');
  if (by.side !== 'hospital') return reject('not-a-hospital-unit');
  if (!by.responsibilities.includes('write')) {
    return reject('role-lacks-responsibility', { values: { responsibility: 'write' } });
  }
  const age = faultInAge(settingsOf(data.policy), data.minor);
  if (age !== undefined) return age;
  if (data.openSvu !== undefined)
    return reject('svu-already-open', { field: 'personId', values: { case: data.openSvu } });
  const fault = faultInTimes(data, at);
  if (fault !== undefined) return fault;

  const reason = stated(data.reason);
  const { outpatient, municipality, minor: _minor, openSvu: _none, reason: _asEntered, ...opening } = data;
  const ward = by.unit;
  return accept<OpeningEvent | ParticipantAdded | AddressingEvent>(
    happened(command, 'CaseOpened', {
      ...opening,
      rules: rulesNow,
      ward,
      organisation: by.organisation,
      ...(reason === undefined ? {} : { reason }),
    }),
    happened(command, 'ParticipantAdded', {
      unit: ward,
      unitName: by.unitName,
      side: 'hospital',
      ground: 'opened',
    }),
    ...addressed(command, { outpatient, municipality }, [ward]),
  );
}

function faultInTimes(data: OpeningCommand['data'], at: Instant): Decision<never> | undefined {
  if (!isInstant(data.admittedAt)) return reject('time-not-understood', { field: 'admittedAt' });
  if (!isLocalDate(data.expectedDischarge))
    return reject('time-not-understood', { field: 'expectedDischarge' });
  if (isInFuture(data.admittedAt, at)) return reject('admission-in-the-future', { field: 'admittedAt' });
  if (data.expectedDischarge < localDateOf(data.admittedAt)) {
    return reject('discharge-before-admission', { field: 'expectedDischarge' });
  }
  if (data.needsAssessedAt === undefined) return undefined;
  if (!isInstant(data.needsAssessedAt)) return reject('time-not-understood', { field: 'needsAssessedAt' });
  if (isInFuture(data.needsAssessedAt, at)) {
    return reject('assessment-of-needs-in-the-future', { field: 'needsAssessedAt' });
  }
  return undefined;
}

/** The case is a draft, and its ward has 24 hours to publish it (SVU-5). */
export function evolveCaseOpened(event: OpeningEvent): SvuState {
  const { data, by } = event;
  const opened: SvuState = {
    ...blank(event),
    ...data,
    unitNames: by.kind === 'user' ? { [by.unit]: by.unitName } : {},
    admissionNoticeDue: admissionNoticeDue(data.admittedAt, data.needsAssessedAt),
  };
  return askToPublish(opened, event);
}

/** A case of which nothing is known: what `evolve` builds on, also when a log lacks its beginning. */
export function blank(event: Moment): SvuState {
  return {
    kind: 'svu',
    personId: '',
    policy: { name: 'skane', version: 0 },
    phase: 'draft',
    frozen: false,
    openedAt: event.at,
    openedBy: event.by,
    organisation: '',
    ward: '',
    admittedAt: event.at,
    admissionNoticeDue: event.at,
    expectedDischarge: '',
    decisions: [],
    participants: {},
    unitNames: {},
    contacts: {},
    notAddressed: {},
    todos: {},
    interrupted: [],
    rounds: { 'admission-notice': 0, 'planned-discharge': 0, ready: 0 },
    notices: {},
    steps: {
      'admission-notice': 'not-begun',
      'planned-discharge': 'not-begun',
      ready: 'not-begun',
      discharge: 'not-begun',
    },
  };
}
