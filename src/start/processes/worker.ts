import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { retryAddressing } from '../../cases/jobs/address-retry.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { DeadlineReporter } from '../../cases/jobs/report-deadlines.js';
import { tookNoExpectedDischarge } from '../../cases/facts/times-without-sense.js';
import { asksOperator } from '../../cases/facts/ward-unknown.js';
import { factHandler } from '../../cases/facts/fact-handlers.js';
import { RecoveryKey } from '../../messaging/contracts/recovery-key.js';
import type { GiveWay } from '../../messaging/inbox/give-way.js';
import { FactIntake, inboxToken, intakeGroup, intakeTopics } from '../../messaging/inbox/intake.js';
import { Inbox } from '../../messaging/inbox/inbox.js';
import { RemovedFacts } from '../../messaging/inbox/removed-facts.js';
import { openRemovals } from '../../messaging/inbox/status.js';
import type { Database } from '../../persistence/database.js';
import { forgetAnswers } from '../../fhir/idempotency/repeat-store.js';
import type { InboxEvent } from '../../messaging/inbox/workers.js';
import { TransportServer } from '../../messaging/transport/transport-server.js';
import type { Foundation } from '../foundation.js';
import { deadlineLag } from '../health/deadline-lag.js';
import { errorKind } from '../logger.js';
import {
  countInbox,
  countRemovals,
  countStaysWithoutWard,
  countWithoutExpectedDischarge,
} from '../health/metrics.js';
import type { HealthReport } from '../health/metrics.js';
import { dropRecordings } from '../../administration/recordings/drop-recordings.js';
import { repeat } from '../repeat.js';
import type { StopList } from '../stop-list.js';
import { watchTransportLag } from '../health/transport-lag.js';
import { withinASecond } from '../health/within-a-second.js';

const minute = 60_000;
/** The longest that a deadline which another process has just written waits to be seen. */
const deadlinesEvery = 5_000;
const day = 24 * 60 * minute;
/** A request is not sent again after so long; its Idempotency-Key may then be used again. */
const answersKept = 7 * day;

@Module({})
class IntakeModule {}

/** Takes facts in from the transport, and from the inbox to the cases. @returns how it is */
export async function startWorker(
  foundation: Foundation,
  cases: CasesDependencies,
  giveWay: GiveWay,
  stops: StopList,
): Promise<HealthReport> {
  const { configuration, database, transport, logger, metrics } = foundation;
  const settings = configuration.inbox;
  const { recoveryKey } = configuration.transport;
  const recovery = recoveryKey && new RecoveryKey(recoveryKey);
  const count = countRemovals(metrics);
  const removed = new RemovedFacts({
    database,
    transport,
    group: intakeGroup,
    topics: intakeTopics,
    now: foundation.clock.now,
    ...(recovery && { recovery }),
    onRemoved: (removal) => {
      count(removal);
      logger.error(removal, 'facts were removed from their topic before they were taken');
    },
  });
  const inbox = new Inbox(database, { now: foundation.clock.now, removed, ...(recovery && { recovery }) });
  const wards = countStaysWithoutWard(metrics, database, foundation.directory);
  const withoutExpected = countWithoutExpectedDischarge(metrics);
  const workers = inbox.startWorkers(factHandler(cases), {
    concurrency: settings.concurrency,
    givesWay: () => giveWay.gives(),
    holdLimitMs: settings.holdMinutes * minute,
    backOff: { firstMs: settings.retryFirstMilliseconds, mostMs: settings.retryLongestSeconds * 1000 },
    onEvent: (event) => {
      if (event.kind === 'done' && asksOperator(event.outcome)) wards.untold();
      if (event.kind === 'done' && tookNoExpectedDischarge(event.outcome)) withoutExpected();
      log(foundation, event);
    },
  });
  stops.add(() => workers.stop());
  countInbox(metrics, inbox);

  const ready = withinASecond(() => database.healthy(), false);
  const server = new TransportServer(transport, intakeGroup, ready);
  const intake = await NestFactory.createMicroservice(
    {
      module: IntakeModule,
      controllers: [FactIntake],
      providers: [{ provide: inboxToken, useValue: inbox }],
    },
    { strategy: server, logger: false },
  );
  await removed.look();
  await intake.listen();
  stops.add(() => intake.close());
  const lag = watchTransportLag(
    foundation,
    { group: intakeGroup, topics: intakeTopics, failure: () => server.failure() },
    stops,
  );

  const removals = repeat(
    { name: 'removed-facts', everyMilliseconds: minute, run: () => removed.look() },
    logger,
  );
  stops.add(() => removals.stop());
  const addressing = repeat(
    { name: 'address-retry', everyMilliseconds: minute, run: () => retryAddressing(cases) },
    logger,
  );
  stops.add(() => addressing.stop());
  startDeadlines(foundation, cases, stops);
  const payloads = repeat(
    {
      name: 'drop-payloads',
      everyMilliseconds: 10 * minute,
      run: () => inbox.dropPayloads(settings.payloadRetentionDays * day),
    },
    logger,
  );
  stops.add(() => payloads.stop());
  const longestOnTopic = 2 * configuration.transport.retentionHours * 60 * minute;
  const keys = repeat(
    { name: 'destroy-keys', everyMilliseconds: 60 * minute, run: () => inbox.destroyOldKeys(longestOnTopic) },
    logger,
  );
  stops.add(() => keys.stop());
  const recordings = repeat(
    {
      name: 'drop-recordings',
      everyMilliseconds: 10 * minute,
      run: () => dropRecordings(database, (configuration.recording?.hours ?? 0) * 60 * minute),
    },
    logger,
  );
  stops.add(() => recordings.stop());
  const answers = repeat(
    {
      name: 'forget-answers',
      everyMilliseconds: 60 * minute,
      run: () => forgetAnswers(database, new Date(foundation.clock.now().getTime() - answersKept)),
    },
    logger,
  );
  stops.add(() => answers.stop());
  return { intake: lag, facts: () => healthOfFacts(database), deadlines: deadlineLag(foundation) };
}

/** Sleeps until the next deadline that is known, or a few seconds: one indexed question each time. */
function startDeadlines({ logger }: Foundation, cases: CasesDependencies, stops: StopList): void {
  const reporter = new DeadlineReporter(cases, {
    aheadMilliseconds: deadlinesEvery,
    onFailure: ({ streamId, error }) =>
      logger.warn({ streamId, error: errorKind(error) }, 'the deadlines of a stream could not be told'),
  });
  const deadlines = repeat(
    {
      name: 'deadlines',
      everyMilliseconds: deadlinesEvery,
      run: () => reporter.round(),
      soonerAfter: ({ nextIn }) => nextIn,
    },
    logger,
  );
  stops.add(() => deadlines.stop());
}

async function healthOfFacts(
  database: Database,
): Promise<{ readonly status: string; readonly why?: string }> {
  const open = await openRemovals(database);
  return open.length === 0 ? { status: 'up' } : { status: 'degraded', why: open.join('; ') };
}

function log({ logger }: Foundation, event: InboxEvent): void {
  if (event.kind === 'done' && tookNoExpectedDischarge(event.outcome))
    logger.warn(event, 'the stay is taken without its expected discharge, which is out of bounds');
  if (event.kind === 'done' && asksOperator(event.outcome)) {
    logger.warn(
      event,
      'no ward sees this stay: its ward is not in the mapping file, or no hospital unit here',
    );
    return;
  }
  if (event.kind === 'done') return logger.debug(event, 'fact done');
  const { kind, ...detail } = event;
  const error = 'error' in detail ? { error: errorKind(detail.error) } : {};
  logger.warn({ ...detail, ...error }, `inbox: ${kind}`);
}
