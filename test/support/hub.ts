import { defaultTimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { createListingLookup } from '../../connectors/listing/listing-lookup.js';
import { startListingStandIn } from '../../connectors/listing/stand-in.js';
import { createPersonLookup } from '../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../connectors/population-register/stand-in.js';
import type { Authenticator } from '../../src/access/authenticator.js';
import type { WrittenIssuer } from '../../src/access/issuers.js';
import type { CaseKinds } from '../../src/cases/kinds/case-kind.js';
import type { CasesDependencies } from '../../src/cases/dependencies.js';
import { factHandler } from '../../src/cases/facts/fact-handlers.js';
import type { Directory, Organisation } from '../../src/directory/organisation.js';
import { writeSteps } from '../../src/fhir/write/steps.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { sealFact } from '../../src/messaging/contracts/sealed-event.js';
import {
  catalogueFactMessage,
  personFactMessage,
  type EventMessage,
} from '../../src/messaging/contracts/build-event.js';
import type {
  CatalogueTopicName,
  FactTopicName,
  PersonTopicName,
  TopicData,
} from '../../src/messaging/contracts/topics.js';
import { withSending, type Sending } from '../../src/messaging/contracts/sending.js';
import { storeFacts } from '../../src/messaging/inbox/store.js';
import { InboxWorkers } from '../../src/messaging/inbox/workers.js';
import { Wake } from '../../src/messaging/transport/wake.js';
import type { Database } from '../../src/persistence/database.js';
import { Registers } from '../../src/persons/registers.js';
import { startFacade, testIdentitySecret } from './facade.js';
import type { TestFacade } from './facade.js';
import type { Questionnaires } from '../../src/questionnaires/questionnaires.js';
import type { Policies } from '../../src/policies/policies.js';
import { policies } from './policies.js';
import { waitFor } from './wait-for.js';

const region = new URL('../../src/demo/fictional-region/', import.meta.url);
export const personKeySecret = { keyId: 'test', secret: 'a secret of the tests that is long enough' };
const silent = pino({ level: 'silent' });

/** One of the registers' stand-ins: real SOAP on a real socket, from a file of its own. */
type TestRegister = {
  /** Changes one person's entry; `undefined` takes a field away. */
  change(number: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  /** Plays a fault for the next so many questions (connectors/population-register/README.md). */
  fail(fault: string, times?: number): Promise<void>;
  recover(): Promise<void>;
  questions(): number;
};

/** The hub's writing side over real parts: facade, log, registers by SOAP, facts through the handler. */
export type TestHub = TestFacade & {
  readonly cases: CasesDependencies;
  readonly population: TestRegister;
  readonly listing: TestRegister;
  /** Puts a fact into the inbox and waits until its workers have dealt with it, or failed for the first time. */
  readonly tell: <Topic extends PersonTopicName>(
    topic: Topic,
    data: TopicData[Topic],
    id?: string,
    sending?: Sending,
  ) => Promise<ToldFact>;
  /** As `tell`, of several at once: all stand in the inbox before a worker looks. In their order. */
  readonly tellAll: <Topic extends PersonTopicName>(
    topic: Topic,
    data: readonly TopicData[Topic][],
  ) => Promise<readonly ToldFact[]>;
  readonly tellCatalogue: <Topic extends CatalogueTopicName>(
    topic: Topic,
    data: TopicData[Topic],
  ) => Promise<ToldFact>;
};

/** The inbox row of a fact after its first attempt. */
export type ToldFact = {
  readonly position: number;
  readonly state: 'waiting' | 'done' | 'dead';
  readonly outcome: string | null;
  readonly cause: string | null;
  readonly owner: string | null;
  /** False once the payload is gone. */
  readonly kept: boolean;
};

export async function startHub(
  options: {
    readonly maxAgeMilliseconds?: number;
    readonly allowTestPersons?: boolean;
    readonly kinds?: CaseKinds;
    /** Who establishes who asks, in place of the demo issuer alone. */
    readonly authenticatedBy?: (
      issuer: WrittenIssuer,
      clock: { readonly now: () => Date },
      directory: Directory,
    ) => Authenticator;
    readonly noticeLimit?: number;
    readonly messageLimit?: number;
    readonly formSaveLimit?: number;
    /** Other questions of forms than those that come with the hub. */
    readonly questionnaires?: Questionnaires;
    /** Other policies than those that come with the hub. */
    readonly policies?: Policies;
    /** The organisation file of the fictional region, changed. */
    readonly organisation?: (of: Organisation) => Organisation;
  } = {},
): Promise<TestHub> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-hub-'));
  const asItIs = JSON.parse(await readFile(new URL('organisation.json', region), 'utf8')) as Organisation;
  const organisation = options.organisation?.(asItIs) ?? asItIs;
  const common = { host: '127.0.0.1', port: 0, logger: silent };
  const personsFile = await copyOf(directory, 'persons.json');
  const listingsFile = await copyOf(directory, 'listings.json');
  const populationStandIn = await startPopulationRegisterStandIn({ ...common, file: personsFile });
  const listingStandIn = await startListingStandIn({ ...common, file: listingsFile });
  let time: TestFacade['time'] | undefined;
  const clock = (): Date => time?.now ?? new Date();
  const persons = createPersonLookup({
    clock,
    url: populationStandIn.url,
    logicalAddress: '5565594230',
    development: options.allowTestPersons ?? true,
    logger: silent,
    requestsPerSecond: 1000,
    timeoutMilliseconds: 10_000,
  });
  const listings = createListingLookup({
    clock,
    url: listingStandIn.url,
    logicalAddress: '31',
    logger: silent,
    timeoutMilliseconds: 10_000,
  });

  let cases: CasesDependencies | undefined;
  const facade = await startFacade(organisation, {
    ...(options.kinds && { kinds: options.kinds }),
    ...(options.questionnaires && { questionnaires: options.questionnaires }),
    replace: ({ clock: own, directory: units }, issuer) =>
      options.authenticatedBy === undefined
        ? {}
        : { authenticator: options.authenticatedBy(issuer, own, units) },
    steps: (dependencies) => {
      const { clock, database } = dependencies;
      const now = clock.now;
      cases = {
        // The facade asks for less of it; it is the test's database.
        timeBounds: defaultTimeBounds,
        noticeLimit: options.noticeLimit ?? 1000,
        messageLimit: options.messageLimit ?? 300,
        formSaveLimit: options.formSaveLimit ?? 2000,
        questionnaires: dependencies.questionnaires,
        kinds: dependencies.kinds,
        log: new PostgresLog({ database: database as Database }),
        sql: database,
        directory: dependencies.directory,
        policies: options.policies ?? policies,
        registers: new Registers(
          database,
          persons,
          listings,
          {
            identitySecret: testIdentitySecret,
            maxAgeMilliseconds: options.maxAgeMilliseconds ?? 0,
            allowTestPersons: options.allowTestPersons ?? true,
          },
          now,
        ),
        now,
      };
      return writeSteps(cases);
    },
  });
  time = facade.time;
  if (cases === undefined) throw new Error('the facade made no writing side');
  const { database } = facade.store;
  const wake = new Wake();
  const workers = new InboxWorkers(database, wake, factHandler(cases), {
    backOff: { firstMs: 50, mostMs: 100 },
  });
  const row = async (id: string): Promise<ToldFact | undefined> => {
    const { rows } = await database.query<ToldFact & { attempts: number }>(
      `select position, state, outcome, cause, owner, attempts, envelope is not null as kept from inbox
        where event_id = $1 and (state <> 'waiting' or cause is not null)`,
      [id],
    );
    return rows[0];
  };
  const factOf = <Data>(data: Data, id: string) => ({
    source: 'urn:hemgang:connector:test:test',
    id: [id],
    time: new Date().toISOString(),
    data,
  });
  const take = async (
    topic: FactTopicName,
    messages: readonly EventMessage[],
  ): Promise<readonly ToldFact[]> => {
    const sent = messages.map((message) => ({ message, fact: sealFact(topic, message.value) })); // As a connector's receipt does.
    for (const { fact } of sent)
      if (fact.key)
        await database.query('insert into sealing_key values ($1, $2, $3, now())', [
          fact.key.eventId,
          fact.key.id,
          fact.key.key,
        ]);
    await storeFacts(
      database,
      sent.map(({ message, fact }) => ({ ...message, topic: fact.topic, value: fact.value })),
      facade.time.now ?? new Date(),
    );
    wake.ring();
    const told: ToldFact[] = [];
    for (const { value } of messages) {
      const { id: eventId } = JSON.parse(value) as { id: string };
      told.push(await waitFor('the fact to be dealt with', () => row(eventId)));
    }
    return told;
  };
  const takeOne = async (topic: FactTopicName, message: EventMessage): Promise<ToldFact> => {
    const [told] = await take(topic, [message]);
    if (told === undefined) throw new Error('nothing was told');
    return told;
  };
  return {
    ...facade,
    cases,
    population: registerOf(populationStandIn, personsFile),
    listing: registerOf(listingStandIn, listingsFile),
    tell(topic, data, id = randomUUID(), sending) {
      const message = personFactMessage(personKeySecret, topic, factOf(data, id));
      return takeOne(topic, sending ? withSending(message, sending) : message);
    },
    tellAll(topic, data) {
      const messages = data.map((each) =>
        personFactMessage(personKeySecret, topic, factOf(each, randomUUID())),
      );
      return take(topic, messages);
    },
    tellCatalogue(topic, data) {
      const hsaId = 'unit' in data ? data.unit : data.practitioner;
      return takeOne(topic, catalogueFactMessage(topic, hsaId, factOf(data, randomUUID())));
    },
    async stop() {
      await workers.stop();
      await facade.stop();
      persons.stop();
      listings.stop();
      await populationStandIn.stop();
      await listingStandIn.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function copyOf(directory: string, name: string): Promise<string> {
  const file = path.join(directory, name);
  await copyFile(new URL(name, region), file);
  return file;
}

function registerOf(standIn: { url: string; questions(): number }, file: string): TestRegister {
  const control = new URL('/stand-in/faults', standIn.url);
  return {
    async change(number, fields) {
      const content = JSON.parse(await readFile(file, 'utf8')) as { persons: Record<string, unknown>[] };
      const person = content.persons.find((each) => each['number'] === number);
      if (person === undefined) throw new Error('no such person in the stand-in');
      for (const [field, value] of Object.entries(fields)) {
        if (value === undefined) delete person[field];
        else person[field] = value;
      }
      await writeFile(`${file}.new`, JSON.stringify(content));
      await rename(`${file}.new`, file);
    },
    async fail(fault, times = 1000) {
      const answer = await fetch(control, { method: 'POST', body: JSON.stringify({ fault, times }) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async recover() {
      await fetch(control, { method: 'DELETE' });
    },
    questions: () => standIn.questions(),
  };
}
