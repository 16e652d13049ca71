import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import { InvalidEvent } from '../../src/messaging/contracts/build-event.js';
import type { FactPublisher } from '../common/fact-publisher.js';
import { forLog } from '../common/log-text.js';
import { contentHash } from '../common/content-hash.js';
import type { Receipt } from '../common/receipt.js';
import { FhirFailure } from './fhir/failure.js';
import type { FhirReader } from './fhir/fhir-reader.js';
import { isResourceId, type AnyResource } from './fhir/resources.js';
import { Untranslatable, type LookedAt, type Remembered, type ResourceKind, type Report } from './kind.js';
import type { Mark, Marks } from './marks.js';
import { recordedResource } from './recorded.js';

export type TakerOptions<Resource extends LookedAt, Observed, State extends Remembered> = {
  /** Its name in the log. */
  readonly connector: string;
  readonly kind: ResourceKind<Resource, Observed, State>;
  readonly reader: Pick<FhirReader, 'read'>;
  /** Is shown every resource of a page, for what the others refer to. */
  readonly learn: (resource: AnyResource) => void;
  readonly marks: Marks<State>;
  readonly publisher: Pick<FactPublisher, 'takeWithin' | 'wake'>;
  /** Keys every hash of a resource that is kept: numbers stand in them. */
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly clock: () => Date;
};

/** What became of resources since the start. */
export type TakeCounts = {
  told: number;
  /** Resources whose id is none by the rules of FHIR: nothing can be kept of them. */
  nameless: number;
};

/** What a poll hands over what it has read to. */
export interface Taker<State extends Remembered> {
  /**
   * Takes the resources of a page.
   * @param again also those that are unchanged, where they are due for another look
   * @returns how many were other than before
   * @throws FhirFailure, or the database's error: nothing was kept of the one it failed on
   */
  takePage(resources: readonly AnyResource[], again: boolean): Promise<number>;
  /** From now on what resources lead to is read anew: it may have changed. */
  beginSweep(): void;
  /** Reads together what many that were read by their ids lead to, before each is taken. @throws FhirFailure */
  prepare(read: readonly unknown[]): Promise<void>;
  /** Takes one of a sweep. @param byId it was read by its id, and so is what the server says now; a search may lag behind that */
  takeRead(resource: unknown, mark: Mark<State>, byId: boolean): Promise<boolean>;
  /** One that may not be read by its id: what was known of it stays. */
  takeUnreadable(mark: Mark<State>): Promise<void>;
  /** The server says that it is no longer there. */
  takeDeleted(mark: Mark<State>): Promise<void>;
}

type Looked = Pick<Mark<Remembered>, 'seen' | 'version' | 'updatedAt'>;

const mostTries = 5;
/** `seen` of what is not there any more. */
export const deleted = 'deleted';

/** Turns resources of one type as they are now into facts about what has happened to them, each together with its mark. */
export class ResourceTaker<
  Resource extends LookedAt,
  Observed,
  State extends Remembered,
> implements Taker<State> {
  readonly counts: TakeCounts = { told: 0, nameless: 0 };
  private readonly settingsHash: string;

  constructor(private readonly options: TakerOptions<Resource, Observed, State>) {
    this.settingsHash = this.hash(JSON.stringify(options.kind.settings));
  }

  async takePage(resources: readonly AnyResource[], again: boolean): Promise<number> {
    const { kind, marks, learn } = this.options;
    for (const resource of resources) learn(resource);
    const own = resources.filter(({ resourceType }) => resourceType === kind.resourceType);
    const known = await marks.load(own.flatMap(({ id }) => id ?? []));
    let changed = 0;
    if (again) await this.prepare(own);
    const met = new Set<string>();
    for (const each of own) {
      const id = each.id ?? '';
      // The same one twice on a page: the second needs the mark of the first.
      const mark = met.has(id) ? (await marks.load([id])).get(id) : known.get(id);
      met.add(id);
      const resource = kind.read(each);
      const other = resource
        ? await this.take(resource, mark, again, false)
        : await this.takeMalformed(each, mark);
      if (other) changed += 1;
    }
    return changed;
  }

  beginSweep(): void {
    this.options.kind.beginSweep?.();
  }

  async prepare(read: readonly unknown[]): Promise<void> {
    const { kind } = this.options;
    await kind.prepare?.(read.flatMap((each) => kind.read(each) ?? []));
  }

  takeRead(read: unknown, mark: Mark<State>, byId: boolean): Promise<boolean> {
    const { kind } = this.options;
    const resource = kind.read(read);
    if (resource?.id === mark.id) return this.take(resource, mark, true, byId);
    return this.takeMalformed({ resourceType: kind.resourceType, id: mark.id, ...Object(read) }, mark);
  }

  async takeUnreadable(mark: Mark<State>): Promise<void> {
    await this.fail(mark.id, mark, mark, 'not-readable');
  }

  async takeDeleted(mark: Mark<State>): Promise<void> {
    await this.record(mark.id, mark, { seen: deleted, version: deleted }, this.options.kind.gone);
  }

  private async take(
    resource: Resource,
    loaded: Mark<State> | undefined,
    again: boolean,
    authoritative: boolean,
  ): Promise<boolean> {
    const { marks } = this.options;
    let mark = loaded;
    let current = resource;
    let certain = authoritative;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const seen = this.hash(JSON.stringify(current), this.settingsHash);
      if (mark?.seen === seen && !(again && this.needsAnotherLook(mark))) return false;
      if (!certain && mark && isOlder(current, mark)) {
        // A search may lag behind what was read by id: what counts is what a read says.
        const read = await this.readAgain(current.id);
        if (read?.id !== current.id) return false;
        current = read;
        certain = true;
        continue;
      }
      if (await this.translateAndRecord(current, mark, seen)) return mark?.seen !== seen;
      // Another process has changed the mark meanwhile.
      mark = (await marks.load([current.id])).get(current.id);
    }
    return false;
  }

  /** Undefined when it is not there or may not be read, which stops no other. */
  private async readAgain(id: string): Promise<Resource | undefined> {
    const { reader, kind } = this.options;
    try {
      const answer = await reader.read(kind.resourceType, id);
      return 'gone' in answer ? undefined : kind.read(answer.resource);
    } catch (error) {
      if (error instanceof FhirFailure && error.code === 'http-403') return undefined;
      throw error;
    }
  }

  /** One that could not be told, or that its kind wants to look at again. */
  private needsAnotherLook({ fault, told }: Mark<State>): boolean {
    const { kind, clock } = this.options;
    return fault !== undefined || (told !== undefined && kind.isDue(told, clock()));
  }

  private async translateAndRecord(
    resource: Resource,
    mark: Mark<State> | undefined,
    seen: string,
  ): Promise<boolean> {
    const { id, meta } = resource;
    const updated = Date.parse(meta?.lastUpdated ?? '');
    const looked = {
      seen,
      ...(meta?.versionId !== undefined && { version: meta.versionId }),
      ...(!Number.isNaN(updated) && { updatedAt: new Date(updated) }),
    };
    try {
      const translated = await this.options.kind.translate(resource, mark?.told);
      if (this.isAsTold(mark, looked, translated)) return true;
      return await this.record(id, mark, looked, translated, resource);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      return this.fail(id, mark, looked, fault);
    }
  }

  /** One that was looked at again and of which there is nothing new: nothing is written, so its mark is as old as its last change. */
  private isAsTold(mark: Mark<State> | undefined, { seen }: Looked, now: Observed | undefined): boolean {
    const { kind, clock } = this.options;
    if (mark?.told === undefined || mark.seen !== seen) return false;
    if (now === undefined) return mark.fault === undefined;
    const { state, reports, fault } = kind.tell(mark.told, now, { id: mark.id, version: '' }, clock());
    return reports.length === 0 && fault === mark.fault && isDeepStrictEqual(state, mark.told);
  }

  /** Keeps why a resource could not be told, and leaves what was told of it before as it is. */
  private fail(
    id: string,
    mark: Mark<State> | undefined,
    { seen, version, updatedAt }: Looked,
    fault: string,
  ): Promise<boolean> {
    const { marks, clock } = this.options;
    // Nothing is written of what is as it was, so its mark is as old as its last change, and who it was of is forgotten in time.
    if (mark?.fault === fault && mark.seen === seen) return Promise.resolve(true);
    this.warn(id, fault);
    return marks.change(mark, id, clock(), (told) =>
      Promise.resolve({
        seen,
        ...(version !== undefined && { version }),
        ...(updatedAt && { updatedAt }),
        ...(told && { told }),
        fault,
      }),
    );
  }

  private async takeMalformed(resource: AnyResource, mark: Mark<State> | undefined): Promise<boolean> {
    const { id } = resource;
    const seen = this.hash(JSON.stringify(resource));
    if (id === undefined || !isResourceId(id)) {
      this.counts.nameless += 1;
      return false;
    }
    if (mark?.seen === seen) return false;
    await this.fail(id, mark, { ...mark, seen }, 'malformed');
    return true;
  }

  /** The mark and the facts in one transaction. False when the mark had moved. */
  private async record(
    id: string,
    mark: Mark<State> | undefined,
    looked: Looked,
    seen: Observed | undefined,
    resource?: Resource,
  ): Promise<boolean> {
    const { marks, publisher, clock, logger, connector, kind } = this.options;
    let reports: readonly Report[] = [];
    let fault: string | undefined;
    const done = await marks.change(mark, id, clock(), async (before, transaction) => {
      if (seen === undefined) return { ...looked, ...(before && { told: before }) };
      const version = looked.version ?? looked.seen.slice(0, 12);
      const at = clock();
      const told = kind.tell(before, seen, { id, version }, at);
      ({ reports, fault } = told);
      const raw = recordedResource({ resource: resource ?? null, before: before ?? null, seen, at });
      if (reports.length > 0)
        await publisher.takeWithin(
          transaction,
          reports.map((report) => this.receipt(report, raw)),
        );
      return { ...looked, told: told.state, ...(fault !== undefined && { fault }) };
    });
    if (done && fault !== undefined && fault !== mark?.fault) this.warn(id, fault);
    if (!done || reports.length === 0) return done;
    publisher.wake();
    this.counts.told += reports.length;
    const kinds = reports.map((report) => report.kind);
    logger.info({ connector, resource: this.nameOf(id), kinds }, 'facts stored');
    return done;
  }

  private receipt({ topic, messageId, message, again }: Report, raw: Buffer): Receipt {
    const hash = this.hash(message.value);
    return {
      sender: this.options.kind.source,
      // The hash keeps apart what a restored database numbers again.
      controlId: `${messageId}/${hash.slice(0, 16)}`,
      contentHash: hash,
      answer: '',
      topic,
      message,
      ...(!again && { raw }),
    };
  }

  private hash(...parts: readonly string[]): string {
    return contentHash(parts, this.options.personKeys.secret);
  }

  private warn(id: string, fault: string): void {
    const { logger, connector, kind } = this.options;
    logger.warn(
      { connector, resource: this.nameOf(id), fault },
      `a ${kind.resourceType} cannot be told as it is`,
    );
  }

  private nameOf(id: string): string {
    return `${this.options.kind.resourceType}/${forLog(id)}`;
  }
}

function faultOf(error: unknown): string | undefined {
  if (error instanceof Untranslatable) return error.code;
  return error instanceof InvalidEvent ? 'not-a-fact' : undefined;
}

/** By version where both are numbers, else by the server's time; whatever a search shows of one that was deleted. */
function isOlder({ meta }: LookedAt, mark: Looked): boolean {
  if (mark.seen === deleted) return true;
  const [one, other] = [meta?.versionId ?? '', mark.version ?? ''];
  if (/^\d{1,15}$/.test(one) && /^\d{1,15}$/.test(other)) return Number(one) < Number(other);
  const updated = Date.parse(meta?.lastUpdated ?? '');
  return mark.updatedAt !== undefined && updated < mark.updatedAt.getTime();
}
