import type { Directory } from '../../directory/organisation.js';
import type { UnderCaseContext } from './target-case.js';

/** What is known where a decision is read. */
export type ConsentContext = UnderCaseContext & { readonly directory: Directory };
