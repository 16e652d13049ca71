import type { Directory } from '../../directory/organisation.js';
import type { UserActor, Uuid } from '../../process/vocabulary.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';

/** What is known where a decision is read. */
export type ConsentContext = {
  readonly references: CatalogueReferences;
  readonly directory: Directory;
  readonly by: UserActor;
  readonly now: Date;
  /** Whose the case is. Throws where the caller may not see it: nothing else of what was sent is told then (ACC-1). */
  readonly requireCase: (caseId: Uuid) => Promise<Uuid>;
};
