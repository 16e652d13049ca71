import path from 'node:path';
import { connectorsMeant, processesOf } from './check-combination.js';
import type { Configuration, KafkaConfiguration, TlsFiles } from './configuration.js';
import { NoHubYet } from './no-hub-yet.js';
import { recordingHours, type HubKey, type KeyVariable } from './keys.js';
import type { Values, VariableName } from './variables/index.js';

/** Puts checked values together. */
export function assemble(
  values: Values,
  given: ReadonlySet<VariableName>,
  keys: readonly HubKey[],
): Configuration {
  const production = values.HEMGANG_ENVIRONMENT === 'production';
  return {
    environment: values.HEMGANG_ENVIRONMENT,
    processes: new Set(processesOf(values)),
    connectorsMeant: connectorsMeant(values, given),
    dataDirectory: values.DATA_DIRECTORY,
    logLevel: values.LOG_LEVEL,
    keys,
    // Asked for when they are used: a command beside a hub needs few of them, and makes none.
    get personKey() {
      return { keyId: values.PERSON_KEY_ID, secret: secretOf(keys, 'PERSON_KEY', values) };
    },
    get identityKey() {
      return secretOf(keys, 'IDENTITY_KEY', values);
    },
    get cursorKey() {
      return secretOf(keys, 'CURSOR_KEY', values);
    },
    noticeLimit: values.CASE_NOTICE_LIMIT,
    messageLimit: values.CASE_MESSAGE_LIMIT,
    formSaveLimit: values.FORM_SAVE_LIMIT,
    timeBounds: { yearsBack: values.CASE_TIMES_YEARS_BACK, daysAhead: values.CASE_TIMES_DAYS_AHEAD },
    database: present({
      url: values.DATABASE_URL,
      connections: values.DATABASE_CONNECTIONS,
      embeddedPort: values.EMBEDDED_DATABASE_PORT,
    }),
    inbox: {
      concurrency: values.INBOX_CONCURRENCY,
      retryFirstMilliseconds: values.INBOX_RETRY_FIRST_MILLISECONDS,
      retryLongestSeconds: values.INBOX_RETRY_LONGEST_SECONDS,
      holdMinutes: values.INBOX_HOLD_MINUTES,
      payloadRetentionDays: values.INBOX_PAYLOAD_RETENTION_DAYS,
    },
    health: {
      logLagSeconds: values.HEALTH_LOG_LAG_SECONDS,
      publisherLagSeconds: values.HEALTH_PUBLISHER_LAG_SECONDS,
      pollLagIntervals: values.HEALTH_POLL_LAG_INTERVALS,
    },
    sequencer: { intervalMilliseconds: values.SEQUENCER_INTERVAL_MILLISECONDS },
    transport: transport(values, keys),
    http: {
      host: values.HTTP_HOST,
      port: values.HTTP_PORT,
      baseUrl: values.BASE_URL ?? `http://${values.HTTP_HOST}:${values.HTTP_PORT}/fhir`,
      bodyLimitBytes: values.HTTP_BODY_LIMIT_BYTES,
      bodyBounds: {
        elements: values.HTTP_BODY_ELEMENT_LIMIT,
        list: values.HTTP_BODY_LIST_LIMIT,
        depth: values.HTTP_BODY_DEPTH_LIMIT,
        text: values.HTTP_BODY_TEXT_LIMIT,
      },
      limits: {
        requestsPerClient: values.HTTP_REQUESTS_PER_SECOND_PER_CLIENT,
        requestsPerAddress: values.HTTP_REQUESTS_PER_SECOND_PER_ADDRESS,
        connections: values.HTTP_CONNECTION_LIMIT,
        connectionsPerAddress: values.HTTP_CONNECTION_LIMIT_PER_ADDRESS,
        headerMilliseconds: values.HTTP_HEADER_SECONDS * 1000,
        requestMilliseconds: values.HTTP_REQUEST_SECONDS * 1000,
        idleMilliseconds: values.HTTP_IDLE_SECONDS * 1000,
        trustedProxies: values.HTTP_TRUSTED_PROXIES ?? [],
      },
      pageSize: values.PAGE_SIZE,
      pageSizeLimit: values.PAGE_SIZE_LIMIT,
    },
    metrics: { host: values.METRICS_HOST, port: values.METRICS_PORT },
    organisationFile: values.ORGANISATION_FILE,
    policiesDirectory: values.POLICIES_DIRECTORY,
    questionnairesDirectory: values.QUESTIONNAIRES_DIRECTORY,
    access: present({
      issuersFile: values.TOKEN_ISSUERS_FILE,
      demoAudience: values.TOKEN_AUDIENCE,
      demoIssuer: values.DEMO_ISSUER ?? !production,
    }),
    audit: present({
      key: keys.find(({ variable }) => variable === 'AUDIT_KEY')?.secret,
      publicKeys: values.AUDIT_PUBLIC_KEYS ?? [],
      headsFile: values.AUDIT_HEADS_FILE ?? path.join(values.DATA_DIRECTORY, 'audit-heads.jsonl'),
      databaseUrl: values.AUDIT_DATABASE_URL,
    }),
    melior: melior(values),
    cosmic: cosmic(values),
    ...(recordingHours(values) > 0 && {
      recording: {
        hours: recordingHours(values),
        get key() {
          return { keyId: values.RECORDING_KEY_ID, secret: secretOf(keys, 'RECORDING_KEY', values) };
        },
      },
    }),
    registers: registers(values),
    catalogue: catalogue(values),
    standIns: {
      hsaFile: values.STAND_IN_HSA_FILE,
      hsaPort: values.STAND_IN_HSA_PORT,
      personsFile: values.STAND_IN_PERSONS_FILE,
      listingsFile: values.STAND_IN_LISTINGS_FILE,
      cosmicFile: values.STAND_IN_COSMIC_FILE,
      populationRegisterPort: values.STAND_IN_POPULATION_REGISTER_PORT,
      listingPort: values.STAND_IN_LISTING_PORT,
      cosmicPort: values.STAND_IN_COSMIC_PORT,
    },
  };
}

/** @throws NoHubYet where a command beside the hub asks for a key that nobody has made */
function secretOf(keys: readonly HubKey[], variable: KeyVariable, values: Values): Buffer {
  const key = keys.find((each) => each.variable === variable);
  if (key === undefined) throw new NoHubYet(values.DATA_DIRECTORY);
  return key.secret;
}

function transport(values: Values, keys: readonly HubKey[]): Configuration['transport'] {
  const recoveryKey = keys.find(({ variable }) => variable === 'RECOVERY_KEY')?.secret;
  const kind = values.TRANSPORT ?? (values.KAFKA_BROKERS ? 'kafka' : 'embedded');
  return present({
    kind,
    partitions: values.TOPIC_PARTITIONS,
    retentionHours: values.TOPIC_RETENTION_HOURS,
    recoveryKey,
    recoveryPublicKey: values.RECOVERY_PUBLIC_KEY,
    kafka: kind === 'kafka' && values.KAFKA_BROKERS ? kafka(values, values.KAFKA_BROKERS) : undefined,
  });
}

function kafka(values: Values, brokers: readonly string[]): KafkaConfiguration {
  const {
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_SASL_USERNAME: username,
    KAFKA_SASL_PASSWORD: password,
  } = values;
  return present({
    brokers,
    replicationFactor: values.KAFKA_REPLICATION_FACTOR,
    minInSyncReplicas: values.KAFKA_MIN_IN_SYNC_REPLICAS,
    tls: values.KAFKA_TLS
      ? present({
          certificate: values.KAFKA_TLS_CERTIFICATE_FILE,
          key: values.KAFKA_TLS_KEY_FILE,
          ca: values.KAFKA_TLS_CA_FILE,
        })
      : undefined,
    sasl: mechanism && username && password ? { mechanism, username, password } : undefined,
  });
}

function melior(values: Values): Configuration['melior'] {
  const { MLLP_TLS_CERTIFICATE_FILE: certificate, MLLP_TLS_KEY_FILE: key } = values;
  return present({
    host: values.MLLP_HOST,
    port: values.MLLP_PORT,
    messageLimitBytes: values.MLLP_MESSAGE_LIMIT_BYTES,
    batchLimit: values.MLLP_BATCH_LIMIT,
    connectionLimit: values.MLLP_CONNECTION_LIMIT,
    connectionLimitPerAddress: values.MLLP_CONNECTION_LIMIT_PER_ADDRESS,
    idleSeconds: values.MLLP_IDLE_SECONDS,
    messageSeconds: values.MLLP_MESSAGE_SECONDS,
    mappingFile: values.MELIOR_MAPPING_FILE,
    receiptHours: values.MELIOR_RECEIPT_HOURS,
    tls:
      certificate && key
        ? present({
            certificateFile: certificate,
            keyFile: key,
            clients: values.MLLP_TLS_CLIENT_CA_FILE
              ? {
                  authoritiesFile: values.MLLP_TLS_CLIENT_CA_FILE,
                  required: values.MLLP_TLS_CLIENT_CERTIFICATE === 'required',
                }
              : undefined,
          })
        : undefined,
  });
}

function cosmic(values: Values): Configuration['cosmic'] {
  const { COSMIC_URL: url, COSMIC_TOKEN_URL: tokenUrl, COSMIC_CLIENT_ID: clientId } = values;
  const client = present({ secret: values.COSMIC_CLIENT_SECRET, keyFile: values.COSMIC_CLIENT_KEY_FILE });
  return present({
    server: url && tokenUrl && clientId ? { url, tokenUrl, clientId, ...client } : undefined,
    configurationFile: values.COSMIC_CONFIGURATION_FILE,
    timeoutMilliseconds: values.COSMIC_TIMEOUT_MILLISECONDS,
    tls: tlsFiles(values.COSMIC_TLS_CERTIFICATE_FILE, values.COSMIC_TLS_KEY_FILE, values.COSMIC_TLS_CA_FILE),
  });
}

function registers(values: Values): Configuration['registers'] {
  return present({
    populationRegister: present({
      url: values.POPULATION_REGISTER_URL,
      logicalAddress: values.POPULATION_REGISTER_LOGICAL_ADDRESS,
      lookupUrl: values.POPULATION_REGISTER_LOOKUP_URL,
      profile: values.POPULATION_REGISTER_PROFILE,
      requestsPerSecond: values.POPULATION_REGISTER_REQUESTS_PER_SECOND,
    }),
    listing: present({
      url: values.LISTING_URL,
      logicalAddress: values.LISTING_LOGICAL_ADDRESS,
      lookupUrl: values.LISTING_LOOKUP_URL,
    }),
    timeoutMilliseconds: values.REGISTER_TIMEOUT_MILLISECONDS,
    tls: tlsFiles(
      values.REGISTER_CLIENT_CERTIFICATE_FILE,
      values.REGISTER_CLIENT_KEY_FILE,
      values.REGISTER_CA_FILE,
    ),
    rereadMinutes: values.REGISTER_REREAD_MINUTES,
    lookup: present({
      host: values.LOOKUP_HOST,
      port: values.LOOKUP_PORT,
      secret: values.LOOKUP_SECRET,
      cacheSeconds: values.LOOKUP_CACHE_SECONDS,
    }),
  });
}

function catalogue(values: Values): Configuration['catalogue'] {
  const {
    HSA_UNIT_URL: unit,
    HSA_HEALTH_CARE_UNIT_URL: healthCareUnit,
    HSA_CREDENTIALS_URL: credentials,
  } = values;
  return present({
    urls: unit && healthCareUnit && credentials ? { unit, healthCareUnit, credentials } : undefined,
    lookupUrl: values.HSA_LOOKUP_URL,
    logicalAddress: values.HSA_LOGICAL_ADDRESS,
    requestsPerSecond: values.HSA_REQUESTS_PER_SECOND,
    rereadMinutes: values.HSA_REREAD_MINUTES,
    copyHours: values.HSA_COPY_HOURS,
    staffSource: values.STAFF_SOURCE,
    staffQuestions: {
      atOnce: values.STAFF_QUESTIONS_AT_ONCE,
      atOnceOfOne: values.STAFF_QUESTIONS_AT_ONCE_OF_ONE_UNIT,
      waitingOfOne: values.STAFF_QUESTIONS_WAITING_OF_ONE_UNIT,
      waiting: values.STAFF_QUESTIONS_WAITING,
      longestWaitMilliseconds: values.STAFF_QUESTIONS_WAIT_SECONDS * 1000,
    },
  });
}

/** Undefined when no file is named. */
function tlsFiles(certificate?: string, key?: string, ca?: string): TlsFiles | undefined {
  return certificate || key || ca ? present({ certificate, key, ca }) : undefined;
}

type Present<Properties> = {
  [Name in keyof Properties as undefined extends Properties[Name] ? never : Name]: Properties[Name];
} & {
  [Name in keyof Properties as undefined extends Properties[Name] ? Name : never]?: Exclude<
    Properties[Name],
    undefined
  >;
};

/** The same without the properties that are undefined. */
function present<Properties extends object>(properties: Properties): Present<Properties> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as Present<Properties>;
}
