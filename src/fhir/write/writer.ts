import { Inject, Injectable } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import { findResource, findVersion, isUuid } from '../../access/choke-point.js';
import { DependencyUnavailable } from '../../cases/dependency-unavailable.js';
import { CatalogueUnavailable } from '../../directory/seek.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { UserActor, Uuid } from '../../process/vocabulary.js';
import { FhirAnswer, renderAnswer } from '../answer.js';
import { CLOCK, DATABASE, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { FhirError } from '../fhir-error.js';
import { repeatableRequest } from '../idempotency/idempotency-key.js';
import type { RepeatableRequest } from '../idempotency/idempotency-key.js';
import { AnsweredBefore, keepAnswer, keptAnswer } from '../idempotency/repeat-store.js';
import type { FirstAnswer, Keeping, Kept } from '../idempotency/repeat-store.js';
import { UnderWay } from '../idempotency/under-way.js';
import { catalogueUnavailable, operationOutcome, fault, ruleSystem } from '../outcome.js';
import { preferencesOf } from '../http/preferences.js';
import { SubmittedBody, submissionTo } from '../submitted/submitted-body.js';
import { touchedBy, Trail } from '../trail.js';
import type { Touched } from '../trail.js';
import type { WritableType } from '../validation/structure.js';
import { asPreferred } from './preferred-answer.js';
import { writeFault } from './write-faults.js';

/** A request that writes, as the controllers hand it on. */
export type WriteRequest = {
  readonly context: AccessContext;
  readonly method: 'POST' | 'PUT';
  /** Path without query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
  /** FHIR interaction code or `$operation`, for the trail. */
  readonly action: string;
  /** `CarePlan`, or `Task/<id>`: what the request is about, for the trail. */
  readonly target: string;
};

/** What the work of a step is given. */
export type Step = {
  readonly by: UserActor;
  /** The body as a resource of the type, to be read by name. @throws {FhirError} 400 for what is none */
  body<Type extends WritableType>(type: Type): SubmittedBody<Type>;
  /** Ids of person and case as they become known, so that the audit record of a fault names them too. */
  touch(touched: Touched): void;
  /**
   * Called last inside the transaction of the effect: fixes the answer, and keeps it with the Idempotency-Key.
   *
   * @param where the session of the effect, or the database where nothing was done
   * @param resource the version the client is shown; undefined when it may not see it any more (204)
   */
  answer(where: Keeping, status: 200 | 201, resource: AnsweredResource | undefined): Promise<void>;
};

export type AnsweredResource = {
  readonly type: string;
  readonly id: Uuid;
  readonly version: number;
  readonly lastUpdated: Date;
  readonly content: string;
};

/**
 * What all writing interactions share: a user at a unit asks (a system does not), a repeat gets the first answer again,
 * everything done or refused is in the trail before the answer leaves, and a needed system that is down is 503.
 */
@Injectable()
export class Writer {
  private readonly underWay = new UnderWay();

  constructor(
    @Inject(DATABASE) private readonly sql: SqlConnection,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** Runs one writing request. `work` must call `step.answer` exactly once when it succeeds, or throw. */
  async run(request: WriteRequest, work: (step: Step) => Promise<void>): Promise<FhirAnswer> {
    let touched: Touched = {};
    const touch = (more: Touched): void => {
      touched = { ...touched, ...more };
    };
    try {
      const { actor } = request.context;
      if (actor === undefined) throw fault('not-for-system');
      const answer = asPreferred(
        await this.once(request, actor, touch, work),
        preferencesOf(request.headers, false),
      );
      await this.trail.record(request.context, request.action, 'success', touched, {
        resource: request.target,
        status: answer.status,
      });
      return answer;
    } catch (error) {
      const failure = asFhirError(error);
      await this.trail.record(
        request.context,
        request.action,
        failure !== undefined && failure.status < 500 ? 'refused' : 'failed',
        touched,
        { resource: request.target, ...codesOf(failure) },
      );
      throw failure ?? error;
    }
  }

  private async once(
    request: WriteRequest,
    by: UserActor,
    touch: Step['touch'],
    work: (step: Step) => Promise<void>,
  ): Promise<FhirAnswer> {
    const repeatable = repeatableRequest(this.settings.identitySecret, request.context, {
      method: request.method,
      url: request.url,
      key: headerOf(request, 'idempotency-key'),
      body: request.body,
    });
    if (repeatable === undefined) return this.first(request, by, touch, work);
    const running = this.underWay.of(repeatable);
    if (running !== undefined) return this.again(request, running, touch);
    return this.underWay.during(repeatable, () => this.keeping(request, repeatable, by, touch, work));
  }

  /**
   * Does the work, and keeps its answer. What is done is undone where the key had an answer already, and what is refused may have been
   * refused because it was done before: the first answer counts (decision 56).
   */
  private async keeping(
    request: WriteRequest,
    repeatable: RepeatableRequest,
    by: UserActor,
    touch: Step['touch'],
    work: (step: Step) => Promise<void>,
  ): Promise<FhirAnswer> {
    if (isCreate(request)) {
      const kept = await keptAnswer(this.sql, repeatable, this.clock.now());
      if (kept.kind !== 'nothing') return this.again(request, kept, touch);
    }
    let about: Uuid | undefined;
    const noting: Step['touch'] = (more) => {
      about = more.caseId ?? about;
      touch(more);
    };
    try {
      return await this.first(request, by, noting, work, repeatable);
    } catch (error) {
      const failure = asFhirError(error);
      const refused = failure !== undefined && failure.status < 500 ? failure : undefined;
      // A fault is an answer and is repeated; a failure is not, and a repeat tries again.
      if (refused === undefined && !(error instanceof AnsweredBefore)) throw error;
      const kept = await keptAnswer(this.sql, repeatable, this.clock.now());
      if (kept.kind !== 'nothing') return this.again(request, kept, touch);
      if (refused === undefined) throw keyUnderWay();
      const outcome = operationOutcome(refused.kept);
      const answer = { status: refused.status, outcome, ...(about === undefined ? {} : { about }) };
      await keepAnswer({ sql: this.sql }, repeatable, answer, this.clock.now()).catch((clash: unknown) => {
        throw clash instanceof AnsweredBefore ? keyUnderWay() : clash;
      });
      throw error;
    }
  }

  /** What a request is answered whose key was used before. */
  private async again(
    request: WriteRequest,
    known: Exclude<Kept, { kind: 'nothing' }>,
    touch: Step['touch'],
  ): Promise<FhirAnswer> {
    await this.requireSeen(request, 'answer' in known ? known.answer : undefined, touch);
    switch (known.kind) {
      case 'under-way':
        throw keyUnderWay();
      case 'other-content':
        throw writeFault('key-reused');
      default: // answered
        return this.repeat(request.context, known.answer, touch);
    }
  }

  private async first(
    request: WriteRequest,
    by: UserActor,
    touch: Step['touch'],
    work: (step: Step) => Promise<void>,
    repeatable?: RepeatableRequest,
  ): Promise<FhirAnswer> {
    let answered: FhirAnswer | undefined;
    await work({
      by,
      body: (type) => new SubmittedBody(type, request.body, submissionTo(this.settings, this.clock)),
      touch,
      answer: async (where, status, resource) => {
        const first: FirstAnswer = {
          status: resource === undefined ? 204 : status,
          ...(resource === undefined ? {} : { resource }),
        };
        if (repeatable !== undefined) await keepAnswer(where, repeatable, first, this.clock.now());
        answered = resource === undefined ? new FhirAnswer(204) : this.rendered(status, resource);
      },
    });
    if (answered === undefined) throw new Error('a writing step ended without an answer');
    return answered;
  }

  /**
   * A repeat is answered to whoever sees what the request was about; to a unit that was removed since it is 404, as everything else of
   * the case, whatever the first answer was (ACC-7).
   */
  private async requireSeen(
    { context, target }: WriteRequest,
    first: FirstAnswer | undefined,
    touch: Step['touch'],
  ): Promise<void> {
    const [type = '', id] = target.split('/');
    const about =
      id === undefined
        ? (first?.resource ??
          (first?.about === undefined ? undefined : { type: 'CarePlan', id: first.about }))
        : { type, id };
    if (about === undefined || !isUuid(about.id)) return;
    const found = await findResource(this.sql, context, about.type, about.id);
    if (found !== undefined) touch(touchedBy(about.type, found));
    if (found?.visible !== true) throw fault('not-found');
  }

  /** The first answer again, if the caller may still see that version (ACC-7). */
  private async repeat(
    context: AccessContext,
    first: FirstAnswer,
    touch: Step['touch'],
  ): Promise<FhirAnswer> {
    if (first.outcome !== undefined) {
      throw new FhirError(first.status as FhirError['status'], first.outcome.issue);
    }
    if (first.resource === undefined) return new FhirAnswer(first.status);
    const { type, id, version } = first.resource;
    const found = await findVersion(this.sql, context, type, id, version);
    if (found !== undefined) touch(touchedBy(type, found));
    if (found?.visible !== true || found.deleted) throw fault('not-found');
    return this.rendered(first.status, { type, id, ...found });
  }

  private rendered(status: number, resource: AnsweredResource): FhirAnswer {
    const at = `${this.settings.baseUrl}/${resource.type}/${resource.id}/_history/${resource.version}`;
    return renderAnswer(
      resource,
      this.clock.now(),
      status,
      status === 201 ? { Location: at } : { 'Content-Location': at },
    );
  }
}

/** What is created asks registers, so a repeat is told before the work; of what is there already the work itself tells. */
const isCreate = ({ target }: WriteRequest): boolean => !target.includes('/');

const keyUnderWay = () => writeFault('key-under-way', { headers: { 'Retry-After': '1' } });

/** One value of a header; of several the first. */
function headerOf(request: Pick<WriteRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

function asFhirError(error: unknown): FhirError | undefined {
  if (error instanceof FhirError) return error;
  if (error instanceof CatalogueUnavailable) return catalogueUnavailable(error);
  if (error instanceof DependencyUnavailable) {
    return writeFault('dependency-unavailable', {
      headers: { 'Retry-After': String(error.retryAfterSeconds) },
    });
  }
  return undefined;
}

/** Rule and code of a fault or rejection, as the trail keeps them. */
function codesOf(failure: FhirError | undefined): Readonly<Record<string, unknown>> {
  const codings = failure?.issues.flatMap((issue) => issue.details?.coding ?? []) ?? [];
  return {
    ...(failure === undefined ? {} : { status: failure.status }),
    rules: codings.filter(({ system }) => system === ruleSystem).map(({ code }) => code),
    codes: codings.filter(({ system }) => system !== ruleSystem).map(({ code }) => code),
  };
}
