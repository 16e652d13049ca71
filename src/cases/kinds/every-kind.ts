import { CaseKinds } from './case-kind.js';
import { svuKind } from './svu.js';

/** The registry: one row for each kind of case there is, each in a file of its own beside this one (docs/new-case-kind.md). */
export const caseKinds = new CaseKinds(svuKind);
