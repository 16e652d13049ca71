import type { ProcessName } from './check-combination.js';
import type { HubKey } from './keys.js';
import type { Values } from './variables/index.js';

/** Certificate and key towards somebody, as files in PEM. */
export type TlsFiles = { readonly certificate?: string; readonly key?: string; readonly ca?: string };

/** The whole configuration, checked. Paths are absolute; each name says its unit. */
export type Configuration = {
  readonly environment: 'development' | 'production';
  readonly processes: ReadonlySet<ProcessName>;
  /** Connectors that somebody means to run, here or in another process; `npm run connectors` misses those that never did. */
  readonly connectorsMeant: readonly ProcessName[];
  readonly dataDirectory: string;
  readonly logLevel: Values['LOG_LEVEL'];
  /** Every key there is, for the fingerprints in the database. */
  readonly keys: readonly HubKey[];
  readonly personKey: { readonly keyId: string; readonly secret: Buffer };
  /** Of the hash by which persons are found in the database. Never changes. */
  readonly identityKey: Buffer;
  readonly cursorKey: Buffer;
  /** How far from now a time of a case may lie. */
  readonly timeBounds: { readonly yearsBack: number; readonly daysAhead: number };
  /** Notices that a case may have sent. */
  readonly noticeLimit: number;
  /** Messages between units that a case may have. */
  readonly messageLimit: number;
  /** Times that units may save in a form. */
  readonly formSaveLimit: number;
  readonly database: {
    /** Absent: the embedded one. */
    readonly url?: string;
    readonly connections: number;
    readonly embeddedPort: number;
  };
  readonly inbox: {
    readonly concurrency: number;
    readonly retryFirstMilliseconds: number;
    readonly retryLongestSeconds: number;
    readonly holdMinutes: number;
    readonly payloadRetentionDays: number;
  };
  /** How far behind a part may be before its health is `degraded`. */
  readonly health: {
    readonly logLagSeconds: number;
    readonly publisherLagSeconds: number;
    readonly pollLagIntervals: number;
  };
  readonly sequencer: { readonly intervalMilliseconds: number };
  readonly transport: {
    readonly kind: 'kafka' | 'embedded';
    readonly partitions: number;
    readonly retentionHours: number;
    /** For whom keys of sealed facts are wrapped; absent: for nobody. */
    readonly recoveryPublicKey?: string;
    /** Opens them again after a restore of the database. */
    readonly recoveryKey?: Buffer;
    readonly kafka?: KafkaConfiguration;
  };
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Base of the facade, without a slash at the end. */
    readonly baseUrl: string;
    readonly bodyLimitBytes: number;
    readonly bodyBounds: {
      readonly elements: number;
      readonly list: number;
      readonly depth: number;
      readonly text: number;
    };
    readonly limits: {
      /** Requests a second. */
      readonly requestsPerClient: number;
      readonly requestsPerAddress: number;
      readonly connections: number;
      readonly connectionsPerAddress: number;
      readonly headerMilliseconds: number;
      readonly requestMilliseconds: number;
      readonly idleMilliseconds: number;
      readonly trustedProxies: readonly string[];
    };
    readonly pageSize: number;
    readonly pageSizeLimit: number;
  };
  readonly metrics: { readonly host: string; readonly port: number };
  readonly organisationFile: string;
  /** The folder of policies. Absolute. */
  readonly policiesDirectory: string;
  /** The folder of the questions of forms. Absolute. */
  readonly questionnairesDirectory: string;
  readonly access: {
    readonly issuersFile?: string;
    readonly demoIssuer: boolean;
    /** Audience of the demo issuer's tokens. */
    readonly demoAudience: string;
  };
  /** The trail of accesses. */
  readonly audit: {
    /** Absent: this process writes no trail. */
    readonly key?: Buffer;
    readonly publicKeys: readonly string[];
    readonly headsFile: string;
    /** Absent: that of the hub. */
    readonly databaseUrl?: string;
  };
  readonly melior: {
    readonly host: string;
    readonly port: number;
    readonly messageLimitBytes: number;
    readonly batchLimit: number;
    readonly connectionLimit: number;
    readonly connectionLimitPerAddress: number;
    readonly idleSeconds: number;
    readonly messageSeconds: number;
    readonly mappingFile: string;
    readonly receiptHours: number;
    /** Absent: plain TCP. */
    readonly tls?: {
      readonly certificateFile: string;
      readonly keyFile: string;
      /** Absent: senders are asked for no certificate. */
      readonly clients?: { readonly authoritiesFile: string; readonly required: boolean };
    };
  };
  readonly cosmic: {
    /** Absent: the stand-in of this process. */
    readonly server?: {
      readonly url: string;
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly secret?: string;
      readonly keyFile?: string;
    };
    readonly configurationFile: string;
    readonly timeoutMilliseconds: number;
    readonly tls?: TlsFiles;
  };
  /** Absent: nothing is recorded. */
  readonly recording?: {
    readonly hours: number;
    readonly key: { readonly keyId: string; readonly secret: Buffer };
  };
  readonly registers: {
    readonly populationRegister: RegisterConfiguration & {
      readonly profile: Values['POPULATION_REGISTER_PROFILE'];
      readonly requestsPerSecond: number;
    };
    readonly listing: RegisterConfiguration;
    readonly timeoutMilliseconds: number;
    readonly tls?: TlsFiles;
    readonly rereadMinutes: number;
    readonly lookup: {
      readonly host: string;
      /** Absent: the lookups answer this process alone. */
      readonly port?: number;
      readonly secret?: string;
      readonly cacheSeconds: number;
    };
  };
  readonly catalogue: {
    /** Absent: the stand-in of this process. */
    readonly urls?: { readonly unit: string; readonly healthCareUnit: string; readonly credentials: string };
    /** Where the lookup of staff answers; absent: in this process, if the connector runs here. */
    readonly lookupUrl?: string;
    readonly logicalAddress: string;
    readonly requestsPerSecond: number;
    readonly rereadMinutes: number;
    readonly copyHours: number;
    readonly staffSource: Values['STAFF_SOURCE'];
    /** How many questions about staff who are looked for may be under way and wait, of all and of one unit. */
    readonly staffQuestions: {
      readonly atOnce: number;
      readonly atOnceOfOne: number;
      readonly waitingOfOne: number;
      readonly waiting: number;
      readonly longestWaitMilliseconds: number;
    };
  };
  readonly standIns: {
    readonly hsaFile: string;
    readonly hsaPort: number;
    readonly personsFile: string;
    readonly listingsFile: string;
    readonly cosmicFile: string;
    readonly populationRegisterPort: number;
    readonly listingPort: number;
    readonly cosmicPort: number;
  };
};

type RegisterConfiguration = {
  /** Absent: the stand-in of this process. */
  readonly url?: string;
  readonly logicalAddress: string;
  /** Where the lookup answers; absent: in this process. */
  readonly lookupUrl?: string;
};

export type KafkaConfiguration = {
  readonly brokers: readonly string[];
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly tls?: TlsFiles;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
};
