import type { LiveDirectory } from '../../directory/live-directory.js';
import { mergeCatalogue, type Merged, type MissingUnit } from '../../directory/merge-catalogue.js';
import type { Catalogue, StaffRules } from '../../directory/catalogue.js';
import type { Organisation } from '../../directory/organisation.js';
import type { Sql } from '../../log/log.js';
import { copiesMark, loadCatalogue } from '../catalogue/copies.js';

export type FollowCatalogueOptions = {
  readonly sql: Sql;
  readonly directory: LiveDirectory;
  /** The organisation as the file has it. */
  readonly file: Organisation;
  readonly rules: StaffRules;
  readonly now: () => Date;
  /** Called after another organisation was put in force. */
  readonly onChange?: (missing: readonly MissingUnit[]) => Promise<void>;
};

/** Keeps the directory of this process in step with the copies of the catalogue, and with time. */
export class CatalogueFollower {
  #mark: string | undefined;
  #catalogue: Catalogue = { units: new Map(), practitioners: new Map() };
  #merged: Merged;
  #inForce: string;
  #untold = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: FollowCatalogueOptions) {
    this.#merged = this.#merge();
    this.#inForce = JSON.stringify(options.file);
  }

  /** Configured units that the catalogue does not have now. */
  get missing(): readonly MissingUnit[] {
    return this.#merged.missing;
  }

  /**
   * One look at the copies, after the one that is under way. What time alone has changed is in force even when the database does
   * not answer.
   * @throws what the database or `onChange` throws; the next look goes on where this one stopped
   */
  look(): Promise<void> {
    const next = this.#looking.catch(() => undefined).then(() => this.#look());
    this.#looking = next;
    return next;
  }

  async #look(): Promise<void> {
    if (this.#merged.until !== undefined && this.#merged.until <= this.options.now().toISOString())
      this.#putInForce();
    const mark = await copiesMark(this.options.sql);
    if (mark !== this.#mark) {
      this.#catalogue = await loadCatalogue(this.options.sql);
      this.#mark = mark;
      this.#putInForce();
    }
    if (!this.#untold) return;
    await this.options.onChange?.(this.#merged.missing);
    this.#untold = false;
  }

  #putInForce(): void {
    this.#merged = this.#merge();
    const { organisation } = this.#merged;
    const content = JSON.stringify(organisation);
    // Most of what is told says only that nothing has changed.
    if (content === this.#inForce) return;
    this.#inForce = content;
    this.options.directory.replace(organisation);
    this.#untold = true;
  }

  #merge(): Merged {
    const { file, rules, now } = this.options;
    return mergeCatalogue(file, this.#catalogue, rules, now());
  }
}
