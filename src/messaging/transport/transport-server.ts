import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { from, isObservable, lastValueFrom } from 'rxjs';
import type { ConsumingFailure } from './consuming.js';
import type { IncomingMessage, Subscription, Transport } from './transport.js';

/**
 * Lets `@EventPattern(topic)` handlers of a NestJS microservice consume from the port, as one member of a group. A
 * handler gets a whole batch of one partition; its promise decides over the offset, as with `Transport.subscribe`.
 * @see https://docs.nestjs.com/microservices/custom-transport
 */
export class TransportServer extends Server implements CustomTransportStrategy {
  #subscription: Subscription | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly group: string,
    /** Whether handlers can do their work now; see `SubscriptionRequest`. */
    private readonly ready?: () => Promise<boolean>,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    void this.#listen(callback);
  }

  /** That this member cannot consume; undefined before it listens. */
  failure(): ConsumingFailure | undefined {
    return this.#subscription?.failure();
  }

  /** Lets running handlers finish. The transport is the caller's to close. */
  async close(): Promise<void> {
    await this.#subscription?.stop();
  }

  /** The transport tells of itself through its own options. */
  on(): void {
    throw new Error('Listen through the onEvent option of the transport.');
  }

  unwrap<T>(): T {
    return this.transport as T;
  }

  async #listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.#subscription = await this.transport.subscribe({
        group: this.group,
        topics: [...this.messageHandlers.keys()],
        handle: (batch) => this.#handle(batch),
        ...(this.ready && { ready: this.ready }),
      });
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  async #handle(batch: readonly IncomingMessage[]): Promise<void> {
    const topic = batch[0]?.topic;
    const handler = topic === undefined ? undefined : this.messageHandlers.get(topic);
    if (handler === undefined) throw new Error(`no handler for ${topic}`);
    // A failed handler comes back as a stream that fails: only so does the batch come again.
    const answer: unknown = await handler(batch, undefined);
    if (isObservable(answer)) await lastValueFrom(from(answer), { defaultValue: undefined });
  }
}
