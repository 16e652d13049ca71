import type { Logger } from 'pino';
import {
  InvalidEvent,
  personFactMessage,
  type EventMessage,
} from '../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import type { FactPublisher } from '../frame/fact-publisher.js';
import { isNational } from '../frame/identify-person.js';
import { forLog } from '../frame/log-text.js';
import { contentHash, type Receipt } from '../frame/receipt-store.js';
import type { CosmicSettings } from './configuration-file.js';
import { derive, unspoken, type Step } from './derive.js';
import type { FhirReader } from './fhir/fhir-reader.js';
import { isResourceId, readEncounter, type AnyResource, type Encounter } from './fhir/resources.js';
import type { Mark, Marks } from './marks.js';
import type { ReadSurroundings } from './surroundings.js';
import { recordedEncounter } from './retranslate.js';
import { translate, Untranslatable, type Seen } from './translate.js';

export type TakerOptions = {
  readonly settings: CosmicSettings;
  readonly reader: Pick<FhirReader, 'read'>;
  readonly surroundings: ReadSurroundings;
  readonly marks: Marks;
  readonly publisher: Pick<FactPublisher, 'takeWithin' | 'wake'>;
  readonly personKeys: PersonKeySecret;
  readonly logger: Logger;
  readonly clock: () => Date;
};

/** What became of Encounters since the start. */
export type TakeCounts = {
  told: number;
  /** Encounters whose id is none by the rules of FHIR: nothing can be kept of them. */
  nameless: number;
};

const day = 24 * 60 * 60 * 1000;
const mostTries = 5;
const deleted = 'deleted';

/** Turns Encounters as they are now into facts about what has happened to them, each together with its mark. */
export class EncounterTaker {
  readonly counts: TakeCounts = { told: 0, nameless: 0 };
  private readonly settingsHash: string;

  constructor(private readonly options: TakerOptions) {
    const { classes, status, plannedEnd, person, ward } = options.settings;
    this.settingsHash = contentHash([
      JSON.stringify([classes, status, plannedEnd, person, { ...ward, table: [...ward.table] }]),
    ]);
  }

  /**
   * Takes the Encounters of a page; the rest of it is kept for what they refer to.
   * @param again also those that could not be told and are unchanged since
   * @returns how many were other than before
   * @throws FhirFailure, or the database's error: nothing was kept of the one it failed on
   */
  async takePage(resources: readonly AnyResource[], again: boolean): Promise<number> {
    for (const resource of resources) this.options.surroundings.learn(resource);
    const encounters = resources.filter(({ resourceType }) => resourceType === 'Encounter');
    const marks = await this.options.marks.load(encounters.flatMap(({ id }) => id ?? []));
    let changed = 0;
    const met = new Set<string>();
    for (const resource of encounters) {
      const id = resource.id ?? '';
      // The same one twice on a page: the second needs the mark of the first.
      const mark = met.has(id) ? (await this.options.marks.load([id])).get(id) : marks.get(id);
      met.add(id);
      const encounter = readEncounter(resource);
      const other = encounter
        ? await this.take(encounter, mark, again, false)
        : await this.takeMalformed(resource, mark);
      if (other) changed += 1;
    }
    return changed;
  }

  /** Takes one Encounter as it was read by its id. */
  takeRead(resource: unknown, mark: Mark): Promise<boolean> {
    const encounter = readEncounter(resource);
    if (encounter?.id === mark.id) return this.take(encounter, mark, true, true);
    return this.takeMalformed({ resourceType: 'Encounter', id: mark.id, ...Object(resource) }, mark);
  }

  /** One that may not be read by its id: what was known of it stays. */
  async takeUnreadable(mark: Mark): Promise<void> {
    await this.fail(mark.id, mark, mark, 'not-readable');
  }

  /** The server says that it is no longer there. */
  async takeDeleted(mark: Mark): Promise<void> {
    const seen: Seen = { status: 'none' };
    await this.record(mark.id, mark, { seen: deleted, version: deleted }, seen);
  }

  private async take(
    encounter: Encounter,
    loaded: Mark | undefined,
    again: boolean,
    authoritative: boolean,
  ): Promise<boolean> {
    const { marks, reader } = this.options;
    let mark = loaded;
    let current = encounter;
    let certain = authoritative;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const seen = contentHash([JSON.stringify(current), this.settingsHash]);
      if (mark?.seen === seen && !this.needsAnotherLook(mark, again)) return false;
      if (!certain && mark && isOlder(current, mark)) {
        // A search may lag behind what was read by id: what counts is what a read says.
        const answer = await reader.read('Encounter', current.id);
        const read = 'gone' in answer ? undefined : readEncounter(answer.resource);
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

  /** One that could not be told, or whose person has only a number that may give way to a real one. */
  private needsAnotherLook({ fault, told }: Mark, again: boolean): boolean {
    if (!again) return false;
    return (
      fault !== undefined ||
      (told?.status === 'open' && told.person !== undefined && !isNational(told.person))
    );
  }

  private async translateAndRecord(
    encounter: Encounter,
    mark: Mark | undefined,
    seen: string,
  ): Promise<boolean> {
    const { settings, surroundings } = this.options;
    const { id, meta } = encounter;
    const updated = Date.parse(meta?.lastUpdated ?? '');
    const source = {
      seen,
      ...(meta?.versionId !== undefined && { version: meta.versionId }),
      ...(!Number.isNaN(updated) && { updatedAt: new Date(updated) }),
    };
    try {
      const told = await translate(encounter, settings, surroundings);
      return await this.record(id, mark, source, told, encounter);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      return this.fail(id, mark, source, fault);
    }
  }

  /** Keeps why an Encounter could not be told, and leaves what was told of it before as it is. */
  private fail(
    id: string,
    mark: Mark | undefined,
    { seen, version, updatedAt }: Pick<Mark, 'seen' | 'version' | 'updatedAt'>,
    fault: string,
  ): Promise<boolean> {
    const { logger, marks, clock } = this.options;
    if (mark?.fault !== fault || mark.seen !== seen)
      logger.warn({ connector: 'cosmic', encounter: forLog(id), fault }, 'an Encounter cannot be told');
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

  private async takeMalformed(resource: AnyResource, mark: Mark | undefined): Promise<boolean> {
    const { id } = resource;
    const seen = contentHash([JSON.stringify(resource)]);
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
    mark: Mark | undefined,
    source: Pick<Mark, 'seen' | 'version' | 'updatedAt'>,
    seen: Seen | undefined,
    encounter?: Encounter,
  ): Promise<boolean> {
    const { marks, publisher, clock, logger } = this.options;
    let steps: readonly Step[] = [];
    const done = await marks.change(mark, id, clock(), async (before, transaction) => {
      if (!seen) return { ...source, ...(before && { told: before }) };
      const now = clock();
      if (before === undefined && this.isLongAgo(seen, now)) return { ...source, told: unspoken(seen) };
      const derived = derive(before, seen, now.toISOString());
      steps = derived.steps;
      const raw = recordedEncounter({ encounter: encounter ?? null, before: before ?? null, seen, at: now });
      if (steps.length > 0)
        await publisher.takeWithin(
          transaction,
          steps.map((step) => ({ ...this.receipt(id, source, step), raw })),
        );
      return { ...source, told: derived.told };
    });
    if (!done || steps.length === 0) return done;
    publisher.wake();
    this.counts.told += steps.length;
    const kinds = steps.map((step) => (step.topic === 'stay' ? step.fact.kind : step.topic));
    logger.info({ connector: 'cosmic', encounter: forLog(id), kinds }, 'facts stored');
    return done;
  }

  private isLongAgo(seen: Seen, now: Date): boolean {
    const ended = Date.parse(seen.dischargedAt ?? seen.updatedAt ?? '');
    return seen.status === 'ended' && ended < now.getTime() - this.options.settings.rememberDays * day;
  }

  private receipt(id: string, source: Pick<Mark, 'seen' | 'version'>, step: Step): Receipt {
    const { settings } = this.options;
    const sender = `urn:hemgang:connector:cosmic:${settings.sender}`;
    const sequence = step.topic === 'stay' ? step.fact.sequence : step.sequence;
    const version = source.version ?? source.seen.slice(0, 12);
    const messageId = `${id}/${version}#${sequence}`;
    const message = this.message(sender, id, messageId, version, step);
    const hash = contentHash([message.value]);
    // The hash keeps apart what a restored database numbers anew.
    const controlId = `${messageId}/${hash.slice(0, 16)}`;
    const topic = step.topic === 'stay' ? factTopics.stay : factTopics.identity;
    return { sender, controlId, contentHash: hash, answer: '', topic, message };
  }

  private message(source: string, id: string, messageId: string, version: string, step: Step): EventMessage {
    const { settings, personKeys } = this.options;
    const origin = { sender: settings.sender, messageId };
    if (step.topic === 'identity') {
      const { person, replaced, occurredAt, sequence } = step;
      const data = { person, replaced: [replaced], occurredAt, sequence, ...origin };
      const parts = [id, version, contentHash([JSON.stringify(data)]), 'identity'];
      return personFactMessage(personKeys, factTopics.identity, {
        source,
        id: parts,
        time: occurredAt,
        data,
      });
    }
    const visit = step.visit === 1 ? id : `${id}~${step.visit}`;
    const data = { ...step.fact, visit, ...origin };
    const parts = [id, version, contentHash([JSON.stringify(data)]), data.kind];
    return personFactMessage(personKeys, factTopics.stay, { source, id: parts, time: data.occurredAt, data });
  }
}

function faultOf(error: unknown): string | undefined {
  if (error instanceof Untranslatable) return error.code;
  return error instanceof InvalidEvent ? 'not-a-fact' : undefined;
}

/** By version where both are numbers, else by the server's time; whatever a search shows of one that was deleted. */
function isOlder({ meta }: Encounter, mark: Mark): boolean {
  if (mark.seen === deleted) return true;
  const [one, other] = [meta?.versionId ?? '', mark.version ?? ''];
  if (/^\d{1,15}$/.test(one) && /^\d{1,15}$/.test(other)) return Number(one) < Number(other);
  const updated = Date.parse(meta?.lastUpdated ?? '');
  return mark.updatedAt !== undefined && updated < mark.updatedAt.getTime();
}
