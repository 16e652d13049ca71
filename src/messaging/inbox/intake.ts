import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { sealedTopics } from '../contracts/sealed-topics.js';
import { factTopicNames } from '../contracts/topics.js';
import type { IncomingMessage } from '../transport/transport.js';
import type { Inbox } from './inbox.js';

/** What the intake stores into. */
export const inboxToken = Symbol('Inbox');

/** The consumer group that takes facts. */
export const intakeGroup = 'hub';
/** Every topic that facts come on. */
export const intakeTopics: readonly string[] = [...factTopicNames, ...sealedTopics.values()];

/**
 * The consumer of the fact topics, on either transport: only stores. Resolving lets the offset be committed, rejecting
 * brings the same batch again.
 */
@Controller()
export class FactIntake {
  constructor(@Inject(inboxToken) private readonly inbox: Inbox) {}

  @EventPattern([...intakeTopics])
  async take(@Payload() batch: readonly IncomingMessage[]): Promise<void> {
    await this.inbox.take(batch);
  }
}
