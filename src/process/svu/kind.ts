import type { KindOfCase } from '../case/kind-of-case.js';
import { documentOf } from '../form/questionnaire.js';
import type { Instant, LocalDate, Uuid } from '../vocabulary.js';
import { keepsBackground, sharesBackground } from './background.js';
import { sharedNpoDecision } from './npo.js';
import { paymentBasis } from './payment-basis.js';
import type { SvuCommand } from './subjects.js';
import { askedElsewhere } from './elsewhere.js';
import { concerns, mayNameAsRemoved, mayNameToFollowers } from './followers.js';
import { hasDocument } from './settings.js';
import type { SvuState } from './state.js';
import { closedPart } from './statement.js';
import { statementForm, sharedSignatures } from './statement-state.js';
import { commandsOfStay, hearsOfStays } from './stay-commands.js';
import { svuRows } from './tables.js';
import { distance, mayBeOf, mayBeOfOrganisation } from './stay-of-case.js';
import { askedOfJournal, nameOf } from './stay-moves.js';
import { reject } from './rejections.js';

/** What a client says when it opens an SVU. */
export type SvuAsked = {
  readonly admittedAt: Instant;
  readonly expectedDischarge: LocalDate;
  readonly reason?: string;
  readonly needsAssessedAt?: Instant;
  readonly stayId?: Uuid;
};

/** The steps that are told how the statement reads. */
const aboutStatement: ReadonlySet<string> = new Set<SvuCommand['type']>([
  'complete-statement',
  'sign-statement',
]);

/** Coordination at discharge (samverkan vid utskrivning), as the world outside asks it. */
export const kindOfSvu: KindOfCase<SvuState, SvuAsked> = {
  name: 'svu',
  rows: svuRows,
  opening: {
    mayOpen({ side, responsibilities }) {
      if (side !== 'hospital') return reject('not-a-hospital-unit').rejection;
      return responsibilities.includes('write')
        ? undefined
        : reject('role-lacks-responsibility', { values: { responsibility: 'write' } }).rejection;
    },
    stay: {
      named: ({ stayId }) => stayId,
      nearness({ admittedAt }, { unit }, stay, within) {
        const opened = { ward: unit, admittedAt };
        const here = stay.ward === undefined ? mayBeOf(opened, stay) : stay.ward === unit;
        if (!here && !(within && mayBeOfOrganisation(opened, stay))) return undefined;
        return { here, away: distance(opened, stay) };
      },
      elsewhere: (stayId, { ward }, name) => ({
        type: 'note-admission-elsewhere',
        data: { ...(ward === undefined ? {} : { ward }), ...nameOf({ name }), stayId },
      }),
    },
    command: ({ stayId: _named, ...asked }, { openCase, ...of }) => ({
      type: 'open',
      data: { ...of, ...asked, ...(openCase === undefined ? {} : { openSvu: openCase }) },
    }),
  },
  onePerPerson: {
    rejection: 'svu-already-open',
    elsewhere: reject('svu-open-elsewhere').rejection,
    reopens: (type) => type === 'undo-discharge',
    besides: ({ type, data }, other) => ({ type, data: { ...(data as object), openSvu: other } }),
  },
  // CON-14: a decision is of one stay. An early end and an annulment end the case, and not the stay.
  stayOverAt: ({ discharge }) => (discharge?.form === 'discharge' ? discharge.at : undefined),
  alwaysTaken: new Set<SvuCommand['type']>(['change-planned-discharge', 'withdraw-ready']),
  stays: {
    of: ({ stayId }) => stayId,
    hears: hearsOfStays,
    commands: commandsOfStay,
    places: new Set<SvuCommand['type']>(['change-ward']),
  },
  elsewhere: {
    asked: askedElsewhere,
    askedBy: ({ type, data }) =>
      type === 'MovedElsewhereNoted' ? (data as { readonly ward: string }).ward : undefined,
  },
  succeeded(state, unit, successor, moment) {
    if (state.ward !== unit) return [];
    const data = { ward: successor.unit, wardName: successor.name, known: true };
    return [
      { type: 'change-ward', ...moment, data },
      ...askedOfJournal(state, moment),
    ] satisfies SvuCommand[];
  },
  messages: {
    duringStay: ({ phase, journalDischargedAt }) =>
      phase === 'published' && journalDischargedAt === undefined,
    leader: ({ ward }) => ward,
  },
  forms: {
    has: (state, { policies = [state.policy.name], ...asked }) =>
      policies.includes(state.policy.name) && hasDocument(state, documentOf(asked)),
    setting: 'workingDocuments',
    closed: (state, name, part, by) => (name === statementForm ? closedPart(state, part, by) : undefined),
    changed: (name, part, form) =>
      name === statementForm ? { type: 'note-statement-changed', data: { part, form } } : undefined,
    signatures: (state, name) => (name === statementForm ? sharedSignatures(state) : undefined),
    about: (type) => (aboutStatement.has(type) ? statementForm : undefined),
  },
  payment: { basis: paymentBasis },
  npo: { decision: sharedNpoDecision },
  background: { keeps: keepsBackground, shares: sharesBackground },
  followers: {
    mayName: mayNameToFollowers,
    mayNameAsRemoved,
    concerns,
    leaving: { ParticipantRemoved: 'unit', WardChanged: 'from' },
  },
};
