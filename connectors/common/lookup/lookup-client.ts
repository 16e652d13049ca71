import { Agent, fetch, type Response } from 'undici';
import type {
  ListingFact,
  PersonFact,
  PersonIdentifier,
  PractitionerFact,
} from '../../../src/messaging/contracts/facts.js';
import {
  LookupUnavailable,
  type ListingLookup,
  type PersonLookup,
} from '../../../src/messaging/contracts/lookups.js';
import { WrongCharacterSet } from '../../../src/wire/character-set.js';
import { onceMore } from '../../../src/wire/once-more.js';
import { textOf } from '../../../src/wire/text.js';
import { answerBounds } from '../answer-bounds.js';
import { isParsable } from '../json-size.js';
import { forLog } from '../log-text.js';
import { lookupPaths, type LookupQuestion, type StaffLookup, type StaffQuestion } from './lookup-messages.js';

const connections = new Agent();
/** For one question each. */
const freshConnections = new Agent({ pipelining: 0 });

export type LookupClientOptions = {
  /** Base URL of the lookup server, e.g. `http://population-register:8091`. */
  readonly url: string;
  readonly secret: string;
  /** Default 15 000: longer than the register's own. */
  readonly timeoutMilliseconds?: number;
};

/** The population register, asked through its connector in another process. */
export class HttpPersonLookup implements PersonLookup {
  constructor(private readonly options: LookupClientOptions) {}

  /** @throws LookupUnavailable */
  lookUp(persons: readonly PersonIdentifier[]): Promise<readonly PersonFact[]> {
    return ask<PersonFact>('population-register', lookupPaths.persons, this.options, { persons });
  }
}

/** The listing service, asked through its connector in another process. */
export class HttpListingLookup implements ListingLookup {
  constructor(private readonly options: LookupClientOptions) {}

  /** @throws LookupUnavailable */
  async lookUp(person: PersonIdentifier): Promise<ListingFact> {
    const [fact] = await ask<ListingFact>('listing', lookupPaths.listings, this.options, {
      persons: [person],
    });
    if (!fact) throw new LookupUnavailable('listing', 'not-an-answer', true);
    return fact;
  }
}

/** The catalogue, asked about staff through its connector in another process. */
export class HttpStaffLookup implements StaffLookup {
  constructor(private readonly options: LookupClientOptions) {}

  /** @throws LookupUnavailable */
  async practitioner(hsaId: string): Promise<PractitionerFact> {
    const [fact] = await ask<PractitionerFact>('hsa', lookupPaths.staff, this.options, {
      practitioner: hsaId,
    });
    if (fact?.practitioner !== hsaId) throw new LookupUnavailable('hsa', 'not-an-answer', true);
    return fact;
  }
}

async function ask<Fact>(
  system: string,
  path: string,
  { url, secret, timeoutMilliseconds }: LookupClientOptions,
  question: LookupQuestion | StaffQuestion,
): Promise<readonly Fact[]> {
  const { status, body } = await post(
    system,
    new URL(path, url),
    secret,
    question,
    timeoutMilliseconds ?? 15_000,
  );
  const asked = 'persons' in question ? question.persons.length : 1;
  if (status === 200 && Array.isArray(body['facts']) && body['facts'].length === asked)
    return body['facts'] as readonly Fact[];
  const code = readCode(body['code']) ?? `http-${status}`;
  const retryable = typeof body['retryable'] === 'boolean' ? body['retryable'] : status >= 500;
  throw new LookupUnavailable(system, code, retryable);
}

async function post(
  system: string,
  url: URL,
  secret: string,
  question: LookupQuestion | StaffQuestion,
  timeoutMilliseconds: number,
): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const response = await onceMore((fresh) =>
      fetch(url, {
        method: 'POST',
        dispatcher: fresh ? freshConnections : connections,
        signal,
        redirect: 'error',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
        body: JSON.stringify(question),
      }),
    );
    const body: unknown = JSON.parse(await readText(system, response));
    return { status: response.status, body: isObject(body) ? body : {} };
  } catch (error) {
    if (error instanceof LookupUnavailable) throw error;
    throw new LookupUnavailable(system, signal.aborted ? 'timeout' : 'connection', true);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const { bytes: largestAnswerBytes, ...jsonBounds } = answerBounds.lookup;

/** @throws LookupUnavailable when it is too large, packed or not: what is counted is what would be held. */
async function readText(system: string, response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    // Leaving the loop closes the connection.
    if (size > largestAnswerBytes) throw new LookupUnavailable(system, 'too-large', true);
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  if (!isParsable(whole, jsonBounds)) throw new LookupUnavailable(system, 'too-many-parts', true);
  try {
    return textOf(whole, response.headers.get('content-type'));
  } catch (error) {
    if (error instanceof WrongCharacterSet) throw new LookupUnavailable(system, 'wrong-character-set', true);
    throw error;
  }
}

/** A failure's code as `LookupUnavailable` has them: it is stored and shown as a cause, so no other text may come by it. */
function readCode(sent: unknown): string | undefined {
  return typeof sent === 'string' && /^[A-Za-z][\w-]{0,39}$/.test(sent) && forLog(sent) === sent
    ? sent
    : undefined;
}
