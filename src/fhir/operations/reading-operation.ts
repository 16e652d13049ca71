import type { Bundle, Parameters } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { Directory } from '../../directory/organisation.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { Uuid } from '../../process/vocabulary.js';
import type { FaultCode } from '../all-faults.js';

/** What an operation that reads is asked: of which case, by whom, and when. */
type ReadingRequest = {
  readonly database: Pick<SqlConnection, 'prepared'>;
  readonly kinds: CaseKinds;
  readonly directory: Pick<Directory, 'unit'>;
  readonly access: AccessContext;
  readonly caseId: Uuid;
  readonly now: Date;
};

/** The answer with what the trail keeps of it beside the case, or the fault and the rule behind it. `personId`: whose the case is. */
export type Reading = { readonly personId: Uuid | null } & (
  | {
      readonly answer: Bundle | Parameters;
      readonly detail?: Readonly<Record<string, unknown>>;
    }
  | { readonly answer?: undefined; readonly fault: FaultCode; readonly rule: string }
);

/** A case that is there and not for this caller: answered as one that is not there (ACC-1). */
export const notForCaller = (personId: Uuid | null): Reading => ({
  personId,
  fault: 'not-found',
  rule: 'ACC-1',
});

/** One operation that reads a case: the words of its OperationDefinition, and how it finds and shows its answer. */
export type ReadingOperation = {
  /** The rules it stands for. */
  readonly rules: readonly string[];
  readonly sv: string;
  readonly en: string;
  readonly returns: 'Bundle' | 'Parameters';
  readonly returned: string;
  /** Decides by the choke point in the statement that reads; undefined where there is no such case. */
  readonly read: (request: ReadingRequest) => Promise<Reading | undefined>;
};
