import { Gauge, type Registry } from 'prom-client';

/** Longer than a head on its way takes: then it is told that it does not arrive. Milliseconds. */
const longMs = 15_000;

type Attempt = { readonly since: number; error?: string };

/**
 * Whether the ends of the trail reach the places where the owner of the database cannot reach them. While they do not, accesses are
 * recorded all the same, but what is cut off the end of the trail would not be noticed (ACC-5): health is `degraded` and says so.
 */
export class HeadsHealth {
  /** By place: since when no head has arrived there although one should. */
  readonly #attempts = new Map<string, Attempt>();
  readonly #failing: Gauge<'where'> | undefined;

  constructor(
    metrics: Registry | undefined,
    private readonly now: () => Date,
  ) {
    this.#failing =
      metrics &&
      new Gauge({
        name: 'hemgang_audit_heads_failing',
        help: '1 while ends of the trail cannot be kept outside the database',
        labelNames: ['where'],
        registers: [metrics],
      });
  }

  /** A head is on its way. */
  begins(where: string): void {
    if (!this.#attempts.has(where)) this.#attempts.set(where, { since: this.now().getTime() });
  }

  arrived(where: string): void {
    this.#attempts.delete(where);
    this.#failing?.set({ where }, 0);
  }

  /** @param error the kind of the error, nothing of its text */
  failed(where: string, error: string): void {
    const since = this.#attempts.get(where)?.since ?? this.now().getTime();
    this.#attempts.set(where, { since, error });
    this.#failing?.set({ where }, 1);
  }

  report(): { readonly status: 'up' | 'degraded'; readonly why?: string } {
    const now = this.now().getTime();
    const late = [...this.#attempts].filter(
      ([, { since, error }]) => error !== undefined || now - since > longMs,
    );
    if (late.length === 0) return { status: 'up' };
    const reasons = late.map(([where, { since, error = 'no answer' }]) => {
      const seconds = Math.floor((now - since) / 1000);
      return `the end of the trail of accesses has not been kept on the ${where} for ${seconds} s (${error})`;
    });
    return {
      status: 'degraded',
      why: `${reasons.join('; ')}: accesses are recorded, but what is cut off their end would not be noticed`,
    };
  }
}
