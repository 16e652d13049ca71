import * as fc from 'fast-check';
import { isRefused, reasons, undecided, type ModelCase } from './model.js';
import { hospital, operation } from './operation.js';

/** The statement (SVU-16 to SVU-20). In the courses nobody opens its form, so there is nothing to complete, to sign or to open again. */

const hindered = (of: ModelCase): readonly string[] =>
  reasons(
    undecided(of),
    [isRefused(of), 'refusal-shares-minimum'],
    [of.sharing !== 'full', 'publish-in-full-first'],
  );

export const completeStatement = operation('complete-statement', fc.record({}), 2, {
  asked: hospital('only-hospital-completes-statement', ['published']),
  refusedFor: (of) => [...hindered(of), 'statement-not-begun'],
  take: () => {},
});

export const signStatement = operation('sign-statement', fc.record({ version: fc.constant(1) }), 2, {
  asked: { phases: ['published'] },
  refusedFor: (of, _values, by) => [
    ...hindered(of),
    ...reasons([by.side === 'other', 'only-three-sides-sign'], [!by.signs, 'role-lacks-responsibility']),
    'statement-not-complete',
  ],
  take: () => {},
});

/** What is open stays open. */
export const reopenStatement = operation('reopen-statement', fc.record({}), 2, {
  asked: hospital('only-hospital-completes-statement', ['published']),
  refusedFor: hindered,
  take: () => {},
});
