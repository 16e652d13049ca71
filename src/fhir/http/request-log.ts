import { Histogram } from 'prom-client';
import type { FacadeDependencies } from '../dependencies.js';

/** What is written of a request once it has been answered. Never its URL. */
export type AnsweredRequest = {
  readonly requestId: string;
  /** `none` of what could not be read as a request, or is no method of HTTP. */
  readonly method: string;
  /** The route's template; `none` where there is no route. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly client?: string | undefined;
  readonly refusedFor?: string | undefined;
};

/** The line in the log and the metric of every request, also of those that nobody but Node or the router has seen. */
export class RequestLog {
  readonly #duration: Histogram;

  constructor(private readonly parts: Pick<FacadeDependencies, 'logger' | 'metrics'>) {
    this.#duration = new Histogram({
      name: 'hemgang_http_request_duration_seconds',
      help: 'Time from request to answer, by route template.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [parts.metrics],
    });
  }

  write({ milliseconds, ...request }: AnsweredRequest): void {
    const { requestId, method, route, status, client, refusedFor } = request;
    this.#duration.observe({ method, route, status: String(status) }, milliseconds / 1000);
    const durationMs = Math.round(milliseconds * 10) / 10;
    this.parts.logger.info({ requestId, method, route, status, durationMs, client, refusedFor }, 'request');
  }
}
