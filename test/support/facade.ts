import { defaultTimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import supertest from 'supertest';
import { AuditKey } from '../../src/access/audit/audit-key.js';
import { GroupedAuditTrail } from '../../src/access/audit/grouped-audit-trail.js';
import { DemoIssuer } from '../../src/access/demo-issuer.js';
import type { WrittenIssuer } from '../../src/access/issuers.js';
import { TokenAuthenticator } from '../../src/access/token-authenticator.js';
import { TokenVerifier } from '../../src/access/token-verifier.js';
import type { CaseKinds } from '../../src/cases/kinds/case-kind.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { LiveDirectory } from '../../src/directory/live-directory.js';
import type { Organisation } from '../../src/directory/organisation.js';
import type { FacadeDependencies } from '../../src/fhir/dependencies.js';
import { createFacade } from '../../src/fhir/facade.js';
import type { FacadeSteps } from '../../src/fhir/fhir.module.js';
import { reaches, type SharedLevel } from '../../src/process/case/shared-level.js';
import type { Questionnaires } from '../../src/questionnaires/questionnaires.js';
import { questionnaires } from './questionnaires.js';
import { createTestDatabase } from './database.js';
import type { TestDatabase } from './database.js';

export type TestFacade = {
  readonly app: NestFastifyApplication;
  readonly store: TestDatabase;
  readonly issuer: DemoIssuer;
  readonly dependencies: FacadeDependencies;
  /** Every line of the request log so far, parsed. */
  readonly log: () => Readonly<Record<string, unknown>>[];
  /** The clock of hub and tokens; real time unless set. */
  readonly time: { now: Date | undefined };
  readonly http: () => ReturnType<typeof supertest>;
  /** `Authorization` of a person at a unit. */
  readonly user: (user: string, unit: string, role?: string) => Promise<string>;
  /** `Authorization` of a system. */
  readonly system: (...units: string[]) => Promise<string>;
  readonly stop: () => Promise<void>;
};

export const testBaseUrl = 'http://hub.test/fhir';
export const testIdentitySecret = 'a secret of the tests';

/**
 * The real facade over a database of its own, with tokens of the demo issuer.
 * @param options.replace parts of the dependencies to put in place of the real ones, e.g. a smaller body limit
 */
export async function startFacade(
  organisation: Organisation,
  options: {
    readonly steps?: (dependencies: FacadeDependencies) => FacadeSteps;
    readonly replace?: (
      dependencies: FacadeDependencies,
      issuer: WrittenIssuer,
    ) => Partial<FacadeDependencies>;
    /** The kinds of case that it has; the hub's own unless said. */
    readonly kinds?: CaseKinds;
    /** What its forms ask; the hub's own unless said. */
    readonly questionnaires?: Questionnaires;
    /** A database of another kind than the tests' shared server gives; dropped with the facade. */
    readonly store?: TestDatabase;
  } = {},
): Promise<TestFacade> {
  const store = options.store ?? (await createTestDatabase());
  const directory = new LiveDirectory(organisation);
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-facade-'));
  const time: TestFacade['time'] = { now: undefined };
  const clock = { now: () => time.now ?? new Date() };
  const issuer = await DemoIssuer.open({
    dataDirectory,
    audience: 'hub',
    addresses: ['127.0.0.1'],
    development: true,
  });
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const trail = new GroupedAuditTrail(store.database, clock, new AuditKey(randomBytes(32)));
  const dependencies: FacadeDependencies = {
    database: store.database,
    directory,
    kinds: options.kinds ?? caseKinds,
    questionnaires: options.questionnaires ?? questionnaires,
    authenticator: new TokenAuthenticator(new TokenVerifier([issuer.configuration], clock), () => directory),
    audit: trail,
    clock,
    logger: pino({ level: 'info' }, sink),
    metrics: new Registry(),
    readiness: { database: () => store.database.healthy() },
    settings: {
      baseUrl: testBaseUrl,
      timeBounds: defaultTimeBounds,
      bodyLimit: 100_000,
      bodyBounds: { elements: 5_000, list: 500, depth: 60, text: 4_000 },
      limits: {
        requestsPerClient: 1_000_000,
        requestsPerAddress: 1_000_000,
        connections: 10_000,
        connectionsPerAddress: 10_000,
        headerMilliseconds: 10_000,
        requestMilliseconds: 30_000,
        idleMilliseconds: 75_000,
        trustedProxies: [],
      },
      defaultPageSize: 20,
      maximumPageSize: 100,
      cursorKey: randomBytes(32),
      identitySecret: testIdentitySecret,
      softwareVersion: '0.0.0-test',
    },
  };
  const replaced = { ...dependencies, ...options.replace?.(dependencies, issuer.configuration) };
  const app = await createFacade(replaced, options.steps?.(replaced));
  return {
    app,
    store,
    issuer,
    dependencies: replaced,
    time,
    log: () => lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
    http: () => supertest(app.getHttpServer()),
    user: async (user, unit, role) =>
      `Bearer ${await issuer.userToken({ user, unit, ...(role === undefined ? {} : { role }) }, clock.now())}`,
    system: async (...units) =>
      `Bearer ${await issuer.systemToken({ client: 'test-system', units }, clock.now())}`,
    async stop() {
      await app.close();
      await trail.close();
      await store.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** A resource as the store would hold it, put in directly. */
export type PlacedResource = {
  readonly type: string;
  readonly id?: string;
  readonly version?: number;
  readonly lastUpdated?: string;
  /** Also the stream it hangs on, as that of a case is. */
  readonly scope?: string | null;
  readonly personId?: string | null;
  readonly needs?: SharedLevel;
  readonly draft?: boolean;
  readonly deleted?: boolean;
  readonly tokens?: readonly string[];
  readonly owner?: string;
  readonly status?: string;
  readonly deadline?: string;
  readonly periodStart?: string;
  readonly periodEnd?: string;
  readonly content?: object;
};

/** Writes a resource's current version, and that version into its history. @returns its id */
export async function placeResource(store: TestDatabase, resource: PlacedResource): Promise<string> {
  const { type, id = randomUUID(), version = 1, lastUpdated = '2026-03-02T10:00:00.000Z' } = resource;
  const content = JSON.stringify({
    resourceType: type,
    id,
    meta: { versionId: String(version), lastUpdated },
    ...resource.content,
  });
  const flags = [
    resource.scope ?? null,
    reaches(resource.needs ?? 'minimum', 'minimum'),
    reaches(resource.needs ?? 'minimum', 'full'),
    resource.draft ?? false,
    resource.deleted ?? false,
  ];
  await store.database.query(
    `insert into resource (type, id, version, last_updated, scope, personal, full_content, draft, deleted, person_id, tokens, owner, status,
       deadline, period_start, period_end, content, stream_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $5)
     on conflict (type, id) do update set version = excluded.version, last_updated = excluded.last_updated,
       scope = excluded.scope, personal = excluded.personal, full_content = excluded.full_content, draft = excluded.draft, deleted = excluded.deleted,
       tokens = excluded.tokens, about = excluded.about, content = excluded.content`,
    [
      type,
      id,
      version,
      lastUpdated,
      ...flags,
      resource.personId ?? null,
      resource.tokens ?? [],
      resource.owner ?? null,
      resource.status ?? null,
      resource.deadline ?? null,
      resource.periodStart ?? null,
      resource.periodEnd ?? null,
      content,
    ],
  );
  await store.database.query(
    `insert into resource_version (type, id, version, last_updated, scope, personal, full_content, draft, deleted, content, stream_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $5)`,
    [type, id, version, lastUpdated, ...flags, content],
  );
  return id;
}

/** Gives a unit a right to what has the scope. */
export async function placeGrant(
  store: TestDatabase,
  grant: { scope: string; unit: string; drafts?: boolean; level?: SharedLevel },
): Promise<void> {
  const level = grant.level ?? 'full';
  await store.database.query(
    'insert into access_grant (scope, unit, stream_id, hospital, content, full_content) values ($1, $2, $1, $3, $4, $5)',
    [grant.scope, grant.unit, grant.drafts ?? false, reaches(level, 'minimum'), reaches(level, 'full')],
  );
}
