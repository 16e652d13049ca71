import { Thread, type Numbered } from '../wire/thread.js';
import type { PrintedDocument } from './printed-document.js';

type Asked = { readonly document: PrintedDocument };
/** Without bytes: it could not be printed. */
type Answer = { readonly bytes?: Uint8Array };
export type ToPrintThread = Numbered<Asked>;
export type FromPrintThread = Numbered<Answer>;

const limits = { waitMilliseconds: 20_000, most: 16, megabytes: 256 };

/** Makes PDF files in a thread of its own, one after the other: a large form takes half a second. */
export class Printer {
  readonly #thread = new Thread<Asked, Answer>(new URL('./print-thread.js', import.meta.url), limits);

  /** @throws ThreadFailure while too many wait, or it takes too long. @throws Error for what cannot be printed */
  async print(document: PrintedDocument): Promise<Buffer> {
    const { bytes } = await this.#thread.ask({ document });
    if (bytes === undefined) throw new Error('the document could not be printed');
    return Buffer.from(bytes);
  }
}
