import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newSecret, production } from '../../test/support/production.js';
import { ConfigurationRefused, loadConfiguration } from './load-configuration.js';
import { projectRoot } from './project-root.js';
import type { Environment } from './read-variables.js';
import { variables } from './variables/index.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'configuration-'));
});
afterEach(() => rm(folder, { recursive: true }));

const load = (environment: Environment) => loadConfiguration({ DATA_DIRECTORY: folder, ...environment });

function faultsOf(environment: Environment): string[] {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof ConfigurationRefused)
      return error.faults.map(({ variable, problem }) => `${variable}: ${problem}`);
    throw error;
  }
  return [];
}

describe('development', () => {
  test('an empty environment gives everything on one machine, with the fictional region', () => {
    const configuration = load({});
    expect(configuration).toMatchObject({
      environment: 'development',
      transport: { kind: 'embedded', partitions: 12 },
      http: { host: '127.0.0.1', port: 8080, baseUrl: 'http://127.0.0.1:8080/fhir' },
      melior: { host: '127.0.0.1', port: 2575 },
      organisationFile: path.join(projectRoot(), 'src/start/fictional-region/organisation.json'),
      policiesDirectory: path.join(projectRoot(), 'policies'),
      access: { demoIssuer: true },
    });
    expect(configuration.database.url).toBeUndefined();
    expect([...configuration.processes]).toEqual([
      'hub',
      'worker',
      'sequencer',
      'relay',
      'melior',
      'cosmic',
      'population-register',
      'listing',
      'hsa',
      'stand-ins',
    ]);
  });

  test('keys are made at first start, for the owner alone, and kept', async () => {
    const first = load({});
    const second = load({});
    expect(first.personKey.secret).toHaveLength(32);
    expect(second.personKey.secret.equals(first.personKey.secret)).toBe(true);
    expect(second.cursorKey.equals(first.cursorKey)).toBe(true);
    expect(first.cursorKey.equals(first.personKey.secret)).toBe(false);
    expect((await readdir(folder)).toSorted()).toEqual([
      'audit.key',
      'cursor.key',
      'identity.key',
      'person.key',
      'recording.key',
      'recovery.key',
    ]);
    expect((await stat(path.join(folder, 'person.key'))).mode & 0o777).toBe(0o600);
  });

  test('a variable that is set but empty counts as absent', () => {
    expect(load({ HTTP_PORT: '', DATABASE_URL: ' ', TRANSPORT: '' }).http.port).toBe(8080);
  });

  test('naming brokers chooses Kafka, unless the transport is named', () => {
    expect(load({ KAFKA_BROKERS: 'k1:9092,k2:9093' }).transport).toMatchObject({
      kind: 'kafka',
      kafka: { brokers: ['k1:9092', 'k2:9093'], replicationFactor: 3, minInSyncReplicas: 2 },
    });
    expect(load({ KAFKA_BROKERS: 'k1:9092', TRANSPORT: 'embedded' }).transport).toEqual({
      recoveryKey: expect.any(Buffer),
      kind: 'embedded',
      partitions: 12,
      retentionHours: 168,
    });
  });

  test('the demo issuer and the stand-ins refuse any address but loopback', () => {
    expect(faultsOf({ HTTP_HOST: '0.0.0.0', MLLP_HOST: '10.0.0.4' })).toEqual([
      'HTTP_HOST: must be a loopback address while the demo issuer or the stand-ins run',
      'MLLP_HOST: must be a loopback address while the stand-ins run',
    ]);
    expect(faultsOf({ HTTP_HOST: '127.0.0.2', MLLP_HOST: 'localhost' })).toEqual([]);
  });
});

describe('faults', () => {
  test.each(Object.keys(variables).filter((name) => name.endsWith('_URL') && !name.endsWith('DATABASE_URL')))(
    '%s with a user or a password before its host',
    (name) => {
      for (const user of ['user:hunter2', 'user', ':hunter2']) {
        const faults = faultsOf({ [name]: `https://${user}@host.example/path` });
        expect(faults).toContain(`${name}: must name no user and no password`);
        expect(faults.join()).not.toContain('hunter2');
      }
    },
  );

  test.each([
    ['PROCESSES', 'hub,worker,hub', 'names one twice'],
    ['GUARDED_PATHS', 'mllp,mllp', 'names one twice'],
    ['KAFKA_BROKERS', 'k1:9092,k2:9092,k1:9092', 'names one twice'],
    ['KAFKA_BROKERS', 'user@k1:9092', 'must be host:port'],
    ['HTTP_TRUSTED_PROXIES', '10.0.0.4,10.0.0.4', 'names one twice'],
    ['HTTP_TRUSTED_PROXIES', '0.0.0.0/0', 'must not be every address'],
    ['HTTP_TRUSTED_PROXIES', '10.0.0.4,::/0', 'must not be every address'],
  ])('%s=%s', (name, value, problem) => {
    expect(faultsOf({ [name]: value }).join()).toContain(problem);
  });

  test('all are told at once, by variable, and no value is printed', () => {
    const environment = {
      HTTP_PORT: '80a0',
      MLLP_PORT: '65536',
      PERSON_KEY: 'hunter2-is-too-short',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      KAFKA_BROKERS: 'hunter2',
      PROCESSES: 'hub,hunter2',
      KAFKA_SASL_PASSWORD: 'hunter2',
      LOOKUP_SECRET: 'hunter2',
    };
    const faults = faultsOf(environment);
    expect(faults.map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([
      'PROCESSES',
      'PERSON_KEY',
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'HTTP_PORT',
      'MLLP_PORT',
      'KAFKA_SASL_MECHANISM',
      'KAFKA_SASL_USERNAME',
      'LOOKUP_SECRET',
    ]);
    expect(() => load(environment)).toThrow(/^The configuration cannot be used/);
    expect(faults.join('\n')).not.toContain('hunter2');
  });

  test.each([
    [{ TRANSPORT: 'kafka' }, 'KAFKA_BROKERS: is needed when TRANSPORT is kafka'],
    [
      { KAFKA_MIN_IN_SYNC_REPLICAS: '4' },
      'KAFKA_MIN_IN_SYNC_REPLICAS: is more than KAFKA_REPLICATION_FACTOR',
    ],
    [
      { INBOX_RETRY_FIRST_MILLISECONDS: '2000', INBOX_RETRY_LONGEST_SECONDS: '1' },
      'INBOX_RETRY_FIRST_MILLISECONDS: is more than INBOX_RETRY_LONGEST_SECONDS',
    ],
    [
      { REGISTER_CLIENT_KEY_FILE: 'key.pem' },
      'REGISTER_CLIENT_CERTIFICATE_FILE: is needed together with REGISTER_CLIENT_KEY_FILE',
    ],
    [
      { MLLP_TLS_KEY_FILE: 'key.pem' },
      'MLLP_TLS_CERTIFICATE_FILE: is needed together with MLLP_TLS_KEY_FILE',
    ],
    [
      { MLLP_TLS_CLIENT_CA_FILE: 'ca.pem' },
      'MLLP_TLS_CERTIFICATE_FILE: is needed together with MLLP_TLS_CLIENT_CA_FILE',
    ],
    [{ PAGE_SIZE: '300' }, 'PAGE_SIZE: is more than PAGE_SIZE_LIMIT'],
    [{ LOOKUP_PORT: '8090' }, 'LOOKUP_SECRET: is needed when lookups are asked between processes'],
    [
      { COSMIC_URL: 'https://cosmic.example/fhir', COSMIC_CLIENT_ID: 'hub', COSMIC_CLIENT_SECRET: 's' },
      'COSMIC_TOKEN_URL: is needed together with COSMIC_URL, COSMIC_CLIENT_ID',
    ],
    [
      {
        COSMIC_URL: 'https://cosmic.example/fhir',
        COSMIC_TOKEN_URL: 'https://cosmic.example/token',
        COSMIC_CLIENT_ID: 'hub',
      },
      'COSMIC_CLIENT_SECRET: or COSMIC_CLIENT_KEY_FILE is needed with COSMIC_URL, and not both',
    ],
    [{ PROCESSES: 'cosmic' }, 'COSMIC_URL: is needed when the stand-ins do not run in this process'],
    [{ PROCESSES: 'melior,listing' }, 'LISTING_URL: is needed when the stand-ins do not run in this process'],
  ])('%j is refused', (environment, fault) => {
    expect(faultsOf(environment)).toEqual([fault]);
  });

  test('the MLLP listener speaks TLS when it has a certificate, and asks senders for one when it knows an authority', () => {
    const own = { MLLP_TLS_CERTIFICATE_FILE: '/etc/a.pem', MLLP_TLS_KEY_FILE: '/etc/a.key' };
    const authority = { ...own, MLLP_TLS_CLIENT_CA_FILE: '/etc/ca.pem' };
    expect(load({}).melior.tls).toBeUndefined();
    expect(load(own).melior.tls).toEqual({ certificateFile: '/etc/a.pem', keyFile: '/etc/a.key' });
    expect(load(authority).melior.tls?.clients).toEqual({ authoritiesFile: '/etc/ca.pem', required: true });
    const optional = { ...authority, MLLP_TLS_CLIENT_CERTIFICATE: 'optional' };
    expect(load(optional).melior.tls?.clients?.required).toBe(false);
  });

  test('a worker without the register connectors must be told where their lookups answer', () => {
    expect(faultsOf({ PROCESSES: 'worker' })).toEqual([
      'POPULATION_REGISTER_LOOKUP_URL: is needed when population-register runs in another process',
      'LISTING_LOOKUP_URL: is needed when listing runs in another process',
    ]);
  });
});

describe('the connectors that somebody means to run', () => {
  const meant = (environment: Record<string, string>) => load(environment).connectorsMeant;

  test('none by the defaults of a development machine alone', () => {
    expect(meant({})).toEqual([]);
  });

  test('those that PROCESSES names, and those whose system the environment names', () => {
    expect(meant({ PROCESSES: 'hub,worker,stand-ins,melior,population-register,listing' })).toEqual([
      'melior',
      'population-register',
      'listing',
    ]);
    expect(meant({ LISTING_URL: 'http://127.0.0.1:1/soap' })).toEqual(['listing']);
  });

  test('also where another process runs them', () => {
    const lookups = {
      POPULATION_REGISTER_LOOKUP_URL: 'http://127.0.0.1:1',
      LISTING_LOOKUP_URL: 'http://127.0.0.1:2',
      LOOKUP_SECRET: 'x'.repeat(32),
    };
    expect(meant({ PROCESSES: 'worker', ...lookups })).toEqual(['population-register', 'listing']);
  });

  test('in production every one that runs when nobody says which', () => {
    expect(load(production).connectorsMeant).toEqual(['melior', 'population-register', 'listing', 'hsa']);
  });
});

describe('production', () => {
  test('a whole configuration is accepted, and runs no stand-ins and no demo issuer', () => {
    const configuration = load(production);
    expect(configuration.processes.has('stand-ins')).toBe(false);
    expect(configuration.processes.has('cosmic')).toBe(false);
    expect(configuration.access.demoIssuer).toBe(false);
    expect(configuration.http.baseUrl).toBe('https://hemgang.example/fhir');
    expect(configuration.personKey.secret.toString('hex')).toBe(production['PERSON_KEY']);
    expect(configuration.cursorKey.toString('base64')).toBe(production['CURSOR_KEY']);
  });

  test('nothing stands in for what is missing, and no key is made up', async () => {
    expect(faultsOf({ HEMGANG_ENVIRONMENT: 'production' }).map((fault) => fault.split(':')[0])).toEqual([
      'POPULATION_REGISTER_URL',
      'LISTING_URL',
      'HSA_UNIT_URL',
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'PERSON_KEY',
      'IDENTITY_KEY',
      'CURSOR_KEY',
      'AUDIT_KEY',
      'ORGANISATION_FILE',
      'BASE_URL',
      'TOKEN_ISSUERS_FILE',
      'AUDIT_HEADS_FILE',
      'MELIOR_MAPPING_FILE',
      'LISTING_LOGICAL_ADDRESS',
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    [{ DEMO_ISSUER: 'true' }, 'DEMO_ISSUER: production takes no tokens of the demo issuer'],
    [{ PROCESSES: 'hub,population-register,listing,stand-ins' }, 'PROCESSES: production runs no stand-ins'],
    [{ DATABASE_URL: '' }, 'DATABASE_URL: production has no embedded database'],
    [{ KAFKA_REPLICATION_FACTOR: '2' }, 'KAFKA_REPLICATION_FACTOR: production needs at least 3 copies'],
    [
      { KAFKA_MIN_IN_SYNC_REPLICAS: '1' },
      'KAFKA_MIN_IN_SYNC_REPLICAS: production needs at least 2 copies in sync',
    ],
    [{ PERSON_KEY: '' }, 'PERSON_KEY: production needs one of its own'],
    [{ ORGANISATION_FILE: '' }, 'ORGANISATION_FILE: production needs one of its own, not the default'],
    [{ RECORDING_HOURS: '24' }, 'RECORDING_KEY: production needs one of its own'],
    [{ IDENTITY_KEY: '' }, 'IDENTITY_KEY: production needs one of its own'],
    [
      { POPULATION_REGISTER_URL: 'http://tp.example/vp' },
      'POPULATION_REGISTER_URL: production carries personal numbers over https alone',
    ],
    [
      { LISTING_URL: 'http://tp.example/vp' },
      'LISTING_URL: production carries personal numbers over https alone',
    ],
    [
      { BASE_URL: 'http://hub.example/fhir' },
      'BASE_URL: production carries personal numbers over https alone',
    ],
  ])('%j is refused', (change, fault) => {
    expect(faultsOf({ ...production, ...change })).toEqual([fault]);
  });

  describe('between machines', () => {
    const lookups = { LOOKUP_SECRET: newSecret(), LOOKUP_PORT: '8090' };
    const plain: [string, string, Environment][] = [
      ['facade', 'HTTP_HOST', { HTTP_HOST: '0.0.0.0' }],
      ['mllp', 'MLLP_HOST', { MLLP_HOST: '10.0.0.4' }],
      ['mllp', 'MLLP_HOST', { MLLP_HOST: '::' }],
      ['lookups', 'LOOKUP_HOST', { ...lookups, LOOKUP_HOST: 'registers.internal' }],
      [
        'lookups',
        'POPULATION_REGISTER_LOOKUP_URL',
        { ...lookups, POPULATION_REGISTER_LOOKUP_URL: 'http://registers.internal:8090' },
      ],
      ['lookups', 'LISTING_LOOKUP_URL', { ...lookups, LISTING_LOOKUP_URL: 'http://10.0.0.4:8090' }],
      ['kafka', 'KAFKA_TLS', { KAFKA_TLS: 'false' }],
      ['kafka', 'KAFKA_TLS', { KAFKA_TLS: 'false', KAFKA_BROKERS: 'localhost:9092,k2:9092' }],
      ['database', 'DATABASE_URL', { DATABASE_URL: 'postgres://h@db.example/h' }],
      ['database', 'DATABASE_URL', { DATABASE_URL: 'postgres://h@db.example/h?sslmode=no-verify' }],
      ['database', 'DATABASE_URL', { DATABASE_URL: 'postgres://h@127.0.0.1/h?host=db.example' }],
      [
        'database',
        'DATABASE_URL',
        { DATABASE_URL: 'postgres://h@db.example/h?sslmode=verify-full&sslmode=disable' },
      ],
    ];

    test.each(plain)('a way without TLS (%s) is refused by its variable: %s %j', (path, variable, change) => {
      const faults = faultsOf({ ...production, ...change });
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(
        new RegExp(`^${variable}: production .* over TLS alone: .*\`${path}\` in GUARDED_PATHS`),
      );
      const others = ['facade', 'mllp', 'lookups', 'kafka', 'database'].filter((name) => name !== path);
      expect(faultsOf({ ...production, ...change, GUARDED_PATHS: others.join(',') })).toEqual(faults);
    });

    test.each(plain)(
      'it is taken where something else guards it (%s), when that is said: %s %j',
      (path, _, change) => {
        expect(faultsOf({ ...production, ...change, GUARDED_PATHS: path })).toEqual([]);
      },
    );

    test.each<[Environment]>([
      [{ HTTP_HOST: '::1', MLLP_HOST: 'localhost' }],
      [{ MLLP_HOST: '0.0.0.0', MLLP_TLS_CERTIFICATE_FILE: '/etc/a.pem', MLLP_TLS_KEY_FILE: '/etc/a.key' }],
      [{ PROCESSES: 'worker,population-register,listing', HTTP_HOST: '0.0.0.0', MLLP_HOST: '0.0.0.0' }],
      [{ LOOKUP_HOST: '0.0.0.0' }],
      [{ ...lookups, LISTING_LOOKUP_URL: 'https://registers.internal' }],
      [{ ...lookups, LISTING_LOOKUP_URL: 'http://[::1]:8090' }],
      [{ KAFKA_TLS: 'false', KAFKA_BROKERS: '127.0.0.1:9092,localhost:9192' }],
      [{ KAFKA_TLS: 'false', TRANSPORT: 'embedded' }],
      [{ DATABASE_URL: 'postgres://h@127.0.0.1/h' }],
      [{ DATABASE_URL: 'postgres://h@ignored.example/h?host=/var/run/postgresql' }],
    ])('what stays on the machine, has TLS, or does not run here needs no leave: %j', (change) => {
      expect(faultsOf({ ...production, ...change })).toEqual([]);
    });

    test('a word that names no way is refused', () => {
      expect(faultsOf({ ...production, GUARDED_PATHS: 'everything' })[0]).toMatch(/^GUARDED_PATHS: /);
    });
  });
});
