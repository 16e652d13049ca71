import { svuTables } from './tables.js';
import { stored } from '../../../test/support/process/given.js';
import { fold, none, only, open, play, secret } from '../../../test/support/process/play.js';
import { currentDecision, isRefused } from '../case/questions.js';
import { sharedContent } from './shared-content.js';
import type { SvuState } from './state.js';
import { isAfterEnd, kindOf } from '../todo/kind-of-todo.js';
import type { Todo } from '../vocabulary.js';
import { subjects } from './subjects.js';

/** What a database does to an object: the same fields in another order. */
function reordered<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reordered) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, reordered(each as unknown)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? 1 : -1))) as T;
}

const tells = (content: unknown): boolean => JSON.stringify(content).includes(secret);

describe('Whatever is tried on an SVU case', () => {
  it('SVU-4: nothing is to acknowledge before publication, and no receiver is told', () => {
    play({
      after: (state) => {
        if (state.publishedAt !== undefined) return;
        none(Object.keys(state.todos).filter((key) => key.startsWith('acknowledge')));
        const told = Object.values(state.notices).flatMap((notice) => notice.recipients);
        none(told.filter((each) => (state.participants[each]?.side ?? 'hospital') !== 'hospital'));
      },
    });
  });

  it('SVU-5: a draft has one to-do to publish it by its due time, with its ward; nothing else has one', () => {
    play({
      after: (state) => {
        const chasing = open(state).filter((todo) => todo.kind === 'publish-admission-notice');
        const expected = state.phase === 'draft' && !state.frozen ? 1 : 0;
        none(only(chasing.length !== expected, state));
        none(
          chasing.filter((todo) => todo.unit !== state.ward || todo.deadline !== state.admissionNoticeDue),
        );
      },
    });
  });

  it('SVU-5, PAT-6: only an open to-do is told due or overdue, of the date it has', () => {
    play({
      each: ({ before, events }) => {
        const told = events.flatMap((event) =>
          event.type === 'TodoDue' || event.type === 'TodoOverdue' ? [event.data] : [],
        );
        none(told.filter(() => before.frozen || before.phase === 'annulled'));
        none(told.filter(({ key }) => before.todos[key]?.state !== 'requested'));
        none(told.filter(({ key, deadline }) => before.todos[key]?.deadline !== deadline));
      },
    });
  });

  it('SVU-23: after discharge nothing but undoing, what asks for it, and sealing happens', () => {
    const possible: Readonly<Record<SvuState['phase'], readonly string[] | undefined>> = {
      draft: undefined,
      published: undefined,
      discharged: [
        // PAT-13
        'annul',
        'undo-discharge',
        'register-decision',
        'deregister-decision',
        'note-admission-cancelled',
        'note-admission-restored',
        'note-discharge-cancelled',
        'note-journal-discharge',
        'change-ward',
        'complete-todo',
        'update-todo',
        'replace-person',
        'freeze',
        'unfreeze',
      ],
      // One that was annulled by itself comes back with its stay.
      annulled: ['replace-person', 'freeze', 'unfreeze', 'note-admission-restored'],
    };
    play({
      each: ({ before, command, events }) => {
        const over = before.phase === 'discharged' ? events : [];
        none(over.filter(({ type, data }) => type === 'CaseAnnulled' && data.wrongPatient !== true));
        // CON-8: only that the patient says no.
        none(over.filter(({ type, data }) => type === 'DecisionRegistered' && data.kind !== 'refusal'));
        none(only(possible[before.phase]?.includes(command.type) === false, command.type));
      },
    });
  });

  it('PAT-6: a frozen case takes nothing that adds data, and shows nothing', () => {
    play({
      each: ({ before, command }) => {
        // Whose it is, is no new data (PAT-12).
        if (!before.frozen || command.type === 'unfreeze' || command.type === 'replace-person') return;
        const key =
          command.type === 'complete-todo' || command.type === 'update-todo' ? command.data.key : '';
        none(only(before.todos[key]?.kind !== 'continue-by-telephone', command.type));
      },
      after: (state) => {
        if (!state.frozen) return;
        none(open(state).filter((todo) => todo.personal));
        none(only(tells(sharedContent(state)), state));
      },
    });
  });

  it('ACC-1, ACC-7: whoever does something takes part, and every open to-do belongs to one who does', () => {
    play({
      each: ({ before, command: { by } }) => {
        none(only(by.kind === 'user' && before.participants[by.unit] === undefined, by));
      },
      after: (state) => {
        none(open(state).filter((todo) => state.participants[todo.unit] === undefined));
        none(only(state.participants[state.ward] === undefined, state.ward));
        const over = state.phase === 'discharged' || state.phase === 'annulled';
        none(open(state).filter((todo) => over && todo.personal && !isAfterEnd(svuTables.todos, todo)));
      },
    });
  });

  it('ORG-12: what a to-do carries stands in the row of its kind', () => {
    play({
      after: ({ todos }) => {
        const names = ({ kind, input = {} }: Todo) =>
          Object.keys(input)
            .map((name) => name.replace(/Name$/, ''))
            .filter((name) => kindOf(svuTables.todos, { kind }).carries?.[name] === undefined);
        none(Object.values(todos).flatMap(names));
      },
    });
  });

  it('ADR-7: at most one health centre is asked to forward the case, which takes part, to one that does not', () => {
    play({
      after: (state) => {
        const ever = Object.values(state.todos).filter(({ kind }) => kind === 'forward-to-new-health-centre');
        const asked = ever.filter((todo) => todo.state === 'requested');
        none(only(asked.length > 1, asked));
        none(
          asked.filter(
            (todo) => state.phase !== 'published' || state.frozen || todo.input?.['unit'] === todo.unit,
          ),
        );
        none(asked.filter((todo) => state.participants[todo.unit]?.side !== 'outpatient'));
        none(asked.filter((todo) => state.participants[todo.input?.['unit'] ?? ''] !== undefined));
        const hidden = isRefused(state) && !state.frozen && !sharedContent(state).registerData;
        none(ever.filter((todo) => hidden && todo.input !== undefined));
      },
    });
  });

  it('CON-5: a refusal leaves nothing that somebody wrote visible, neither before nor after', () => {
    play({
      after: (state) => {
        if (!isRefused(state)) return;
        none(only(tells([sharedContent(state), state.notices, state.reason, state.todos]), state));
      },
    });
  });

  it('CON-2, CON-8: at most one decision stands, and nothing is published while none does', () => {
    const publications = new Set([
      'AdmissionNoticePublished',
      'PlannedDischargeChanged',
      'ReadyReported',
      'ReadyWithdrawn',
      'Discharged',
      'ContactNamed',
    ]);
    play({
      each: ({ before, events }) => {
        if (before.phase !== 'published' || currentDecision(before) !== undefined) return;
        const published = events.filter((event) => publications.has(event.type));
        // SVU-21: an end of the case waits for no decision, and says that and when it ended.
        const minimum = published.filter(
          ({ type, data }) =>
            type === 'Discharged' &&
            data.form === 'early-end' &&
            data.comment === undefined &&
            data.dischargedTo === undefined,
        );
        none(published.filter((event) => !minimum.includes(event)));
      },
      after: (state) => none(state.decisions.slice(0, -1).filter((each) => each.endedAt === undefined)),
    });
  });

  it('the state is a function of the events, also after they and it were stored', () => {
    play({
      end: (state, events) => {
        expect(stored(state)).toStrictEqual(state);
        expect(fold(stored(events), (each) => stored(reordered(each)))).toEqual(state);
      },
    });
  });

  it('what is tried reaches every kind of event, so that the rules above are put to the test', () => {
    const seen = new Set<string>();
    play({ seed: 3, each: ({ events }) => events.forEach((event) => seen.add(event.type)) });
    expect([...seen].toSorted()).toEqual(Object.keys(subjects.evolve).toSorted());
  });
});
