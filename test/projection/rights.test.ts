import * as fc from 'fast-check';
import { reaches, sharedLevel } from '../../src/process/case/shared-level.js';
import type { SvuState } from '../../src/process/svu/state.js';
import type { Side } from '../../src/process/vocabulary.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { anyState, caseId, draft, nurse, published } from './states.js';

/** What the case grants under its own scope: all that decides of what hangs on it in streams of their own (ADR 73). */
const rightsOf = (state: SvuState) =>
  projectSvu(caseId, state).grants.filter(({ scope }) => scope === caseId);
const sides = fc.constantFrom<Side>('hospital', 'outpatient', 'municipality', 'other');
const openedBy = (state: SvuState, side: Side): SvuState => ({ ...state, openedBy: { ...nurse, side } });

it('CON-5, CON-8, PAT-6: no unit has a higher level than the case shares, nor any that saw no content', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      for (const { unit, level } of rightsOf(state)) {
        const most = state.participants[unit]?.seesContent === true ? sharedLevel(state) : 'none';
        expect(reaches(most, level)).toBe(true);
      }
    }),
  );
});

it('ACC-2, SIP-2: drafts are seen by the side that opened the case, whichever that is, and before publication by no other', () => {
  fc.assert(
    fc.property(anyState, sides, (any, side) => {
      const state = openedBy(any, side);
      for (const { unit, drafts } of rightsOf(state)) {
        const own = state.participants[unit]?.side === side;
        expect([unit, drafts]).toEqual([unit, own]);
        expect(own || state.publishedAt !== undefined).toBe(true);
      }
    }),
  );
  expect(rightsOf(openedBy(draft, 'municipality')).length).toBeGreaterThan(0);
});

it('ACC-2: who does not see drafts reads what hangs on the case from its publication on, or later', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      for (const { drafts, since } of rightsOf(state))
        expect(drafts || (since ?? '') >= (state.publishedAt ?? '')).toBe(true);
    }),
  );
  expect(rightsOf(published).some(({ drafts }) => !drafts)).toBe(true);
});

it('VIEW-11: an annulled case grants nothing of what hangs on it', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      expect(rightsOf({ ...state, phase: 'annulled' })).toEqual([]);
    }),
  );
});
