import { none, only, open, play } from '../../../test/support/process/play.js';
import { currentDecision, isRefused, unitsOf } from '../case/questions.js';
import type { SvuState } from './state.js';
import { policyOfSvu } from './settings.js';

/** Published, under a decision and neither frozen nor over: what the receivers are told counts. */
const tells = (state: SvuState): boolean =>
  state.phase === 'published' && !state.frozen && currentDecision(state) !== undefined;
const receivers = (state: SvuState): readonly string[] =>
  unitsOf(state, 'outpatient', 'municipality').filter(
    (unit) => state.participants[unit]?.seesContent === true,
  );
const asked = (state: SvuState, kind: string, unit: string, round: number): boolean =>
  ['requested', 'completed'].includes(state.todos[`acknowledge-${kind}:${unit}:${round}`]?.state ?? '');

describe('Nobody comes home to an empty house, whatever is tried on the case', () => {
  it('SVU-7: every receiving unit has the admission notice to acknowledge, or has done it', () => {
    play({
      after: (state) => {
        if (!tells(state)) return;
        const round = state.rounds['admission-notice'];
        none(receivers(state).filter((unit) => !asked(state, 'admission-notice', unit, round)));
      },
    });
  });

  it('SVU-13: every Ö and K unit has ready to acknowledge where it stands and may be told', () => {
    play({
      after: (state) => {
        const hidden = state.sharing === 'minimum' && !policyOfSvu(state).readyUnderRefusal;
        if (!tells(state) || state.ready === undefined || hidden) return;
        none(receivers(state).filter((unit) => !asked(state, 'ready', unit, state.rounds.ready)));
      },
    });
  });

  it('SVU-7, SVU-9, SVU-13: what a unit is asked to acknowledge was sent to it', () => {
    play({
      after: (state) => {
        const acknowledging = open(state).filter(({ kind }) => kind.startsWith('acknowledge'));
        none(
          acknowledging.filter(
            ({ about, unit }) => state.notices[about ?? '']?.recipients.includes(unit) !== true,
          ),
        );
      },
    });
  });

  it('ADR-13: a side that could not be addressed and has no unit is a to-do of the ward', () => {
    play({
      after: (state) => {
        if (state.frozen || (state.phase !== 'draft' && state.phase !== 'published')) return;
        const sides = (['outpatient', 'municipality'] as const).filter(
          (side) => state.notAddressed[side] !== undefined && unitsOf(state, side).length === 0,
        );
        none(
          sides.filter((side) => {
            const todo = state.todos[`address-by-hand:${side}`];
            return todo?.state !== 'requested' || todo.unit !== state.ward;
          }),
        );
      },
    });
  });

  it('SVU-21: while the journal says that the patient has left, the ward is to publish the discharge', () => {
    play({
      after: (state) => {
        if (state.frozen || (state.phase !== 'draft' && state.phase !== 'published')) return;
        if (state.journalDischargedAt === undefined) return;
        const asks = open(state).filter(
          ({ kind, unit }) => kind === 'publish-discharge' && unit === state.ward,
        );
        none(only(asks.length !== 1, asks));
      },
    });
  });

  it('SVU-21: a discharge is told to every unit, and no side is without one unnoticed', () => {
    play({
      each: ({ before, command, events }) => {
        const discharged = events.find(({ type }) => type === 'Discharged');
        if (discharged?.type !== 'Discharged') return;
        const without = (['outpatient', 'municipality'] as const).filter(
          (side) => unitsOf(before, side).length === 0,
        );
        none(without.filter(() => !discharged.data.confirmedWarnings.includes('no-receiver-of-side')));
        const called =
          discharged.data.form === 'early-end' ||
          isRefused(before) ||
          // SVU-31
          before.coordinatedCarePlan !== undefined ||
          Object.values(before.contacts).some((each) => each.callsToSip);
        none(
          only(!called && !discharged.data.confirmedWarnings.includes('no-contact-calls-to-sip'), command),
        );
      },
      after: (state) => {
        if (state.phase !== 'discharged') return;
        const notices = Object.values(state.notices).filter(({ kind }) => kind === 'discharge');
        const sender = notices.at(-1)?.sentBy;
        const told = new Set(notices.slice(-2).flatMap(({ recipients }) => recipients));
        none(
          Object.keys(state.participants).filter(
            (unit) => !(sender?.kind === 'user' && sender.unit === unit) && !told.has(unit),
          ),
        );
      },
    });
  });

  it('ORG-5: a step is done only when every unit asked has acknowledged for itself', () => {
    play({
      each: ({ before, command, events }) => {
        for (const event of events) {
          if (event.type !== 'TodoCompleted' || command.by.kind !== 'user') continue;
          none(only(before.todos[event.data.key]?.unit !== command.by.unit, event));
        }
      },
      after: (state) => {
        if (!tells(state) || state.steps['admission-notice'] !== 'done') return;
        const round = state.rounds['admission-notice'];
        none(
          receivers(state).filter(
            (unit) => state.todos[`acknowledge-admission-notice:${unit}:${round}`]?.state !== 'completed',
          ),
        );
      },
    });
  });

  it('SVU-8: a contact belongs to a unit that takes part', () => {
    play({
      after: (state) => {
        none(Object.values(state.contacts).filter(({ unit }) => state.participants[unit] === undefined));
      },
    });
  });
});
