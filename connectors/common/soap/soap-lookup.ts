import type { Logger } from 'pino';
import type { Health } from '../health.js';
import { lookupFailure } from '../lookup-failure.js';
import type { ClientTls } from '../tls.js';
import type { BasicProfile } from './envelope.js';
import { SoapClient } from './soap-client.js';

/** What every lookup that asks by SOAP is given. */
export type SoapLookupOptions = {
  /** Who is asked; nationally 5565594230. */
  readonly logicalAddress: string;
  readonly logger: Logger;
  readonly tls?: ClientTls;
  readonly timeoutMilliseconds?: number;
  /** What the system can bear; each lookup has a default of its own. */
  readonly requestsPerSecond?: number;
  readonly clock?: () => Date;
};

/** A client for one address of a lookup. */
export function lookupClient(
  { logicalAddress, tls, timeoutMilliseconds }: SoapLookupOptions,
  contract: { readonly url: string; readonly profile: BasicProfile; readonly largestAnswerBytes?: number },
): SoapClient {
  return new SoapClient({
    ...contract,
    logicalAddress,
    ...(tls && { tls }),
    ...(timeoutMilliseconds !== undefined && { timeoutMilliseconds }),
  });
}

/** How a system answers: when it last did and what it failed with last, as log and health tell it. */
export class LookupRecord {
  #failure: string | undefined;
  #answeredAt: Date | undefined;
  readonly #clock: () => Date;

  /** @param what the system in the words of an operator, e.g. `the catalogue` */
  constructor(
    private readonly system: string,
    private readonly what: string,
    private readonly options: Pick<SoapLookupOptions, 'logger' | 'clock'>,
  ) {
    this.#clock = options.clock ?? (() => new Date());
  }

  /**
   * One question.
   * @param detail more for the log; never about a person
   * @throws LookupUnavailable whatever the question failed with
   */
  async keep<Answer>(
    question: () => Promise<Answer>,
    detail: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer> {
    try {
      const answer = await question();
      this.#failure = undefined;
      this.#answeredAt = this.#clock();
      return answer;
    } catch (error) {
      const told = lookupFailure(this.system, error);
      this.#failure = told.code;
      const { logger } = this.options;
      logger.warn({ system: this.system, ...detail, code: told.code }, `${this.what} gave no answer`);
      throw told;
    }
  }

  health(detail: Readonly<Record<string, string | number>> = {}): Promise<Health> {
    const lastFailure = this.#failure;
    const heard = this.#answeredAt && { lastMessageAt: this.#answeredAt.toISOString() };
    return Promise.resolve(
      lastFailure === undefined
        ? { status: 'up', ...heard, detail }
        : {
            status: 'degraded',
            ...heard,
            why: `${this.what} gave no answer: ${lastFailure}`,
            detail: { ...detail, lastFailure },
          },
    );
  }
}
