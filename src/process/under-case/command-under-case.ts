import type { CaseState } from '../case/state.js';
import type { Command } from '../vocabulary.js';

/**
 * A command on a stream that hangs on a case, with the case as it is now: the stream itself knows nothing of who takes part, of
 * decisions or of freezing (decision 73).
 */
export type CommandUnderCase<Type extends string, Data> = Command<Type, Data> & { readonly of: CaseState };
