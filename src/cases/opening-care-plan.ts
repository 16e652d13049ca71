import type { Concept } from '../projection/codes/codes.js';

/** Codes that say of which kind a case is. A system may have codes of other kinds too, which are left out here. */
type CategoryCodes = {
  readonly system: string;
  readonly concepts: Readonly<Record<string, Concept>>;
};

/** An element of the CarePlan that opens a case, and the field of the opening that it fills. */
export type OpeningElement = { readonly field: string; readonly required?: true } & (
  | { readonly element: 'period.start'; readonly type: 'instant' }
  | { readonly element: 'period.end'; readonly type: 'date' }
  | { readonly element: 'description'; readonly type: 'text' }
  | { readonly element: 'encounter'; readonly type: 'encounter' }
  | { readonly extension: string; readonly type: 'instant' }
);

/**
 * What a client says in the CarePlan that opens a case of a kind, beside what all have: `status` draft, `intent` plan, the number of the
 * person in `subject.identifier`, the own unit as `author`. The facade reads it by this row and refuses every other element.
 */
export type OpeningCarePlan = {
  /** Of each system the codes that stand for the kind; any of them will do, the first is told to who sends none. */
  readonly category: readonly [CategoryCodes, ...CategoryCodes[]];
  readonly title: string;
  readonly elements: readonly OpeningElement[];
};
