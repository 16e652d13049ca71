import { describe, expect, test } from '@jest/globals';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { production } from '../../test/support/production.js';
import { useConfigurationFolder } from '../../test/support/configuration-folder.js';
import { projectRoot } from './project-root.js';
import { variables } from './variables/index.js';

const { folder, load, faultsOf } = useConfigurationFolder();

describe('development', () => {
  test('an empty environment gives everything on one machine, with the fictional region', () => {
    const configuration = load({});
    expect(configuration).toMatchObject({
      environment: 'development',
      transport: { kind: 'embedded', partitions: 12 },
      http: { host: '127.0.0.1', port: 8080, baseUrl: 'http://127.0.0.1:8080/fhir' },
      melior: { host: '127.0.0.1', port: 2575 },
      organisationFile: path.join(projectRoot(), 'src/demo/fictional-region/organisation.json'),
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
    expect((await readdir(folder())).toSorted()).toEqual([
      'audit.key',
      'cursor.key',
      'identity.key',
      'person.key',
      'recording.key',
      'recovery.key',
    ]);
    expect((await stat(path.join(folder(), 'person.key'))).mode & 0o777).toBe(0o600);
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

  test.each(Object.keys(variables).filter((name) => name.endsWith('_URL') && !name.endsWith('DATABASE_URL')))(
    '%s with a part that is never sent',
    (name) => {
      expect(faultsOf({ [name]: 'https://host.example/path#part' }).join()).toContain(
        `${name}: must have no #`,
      );
    },
  );
  test.each([
    'BASE_URL',
    'COSMIC_URL',
    'POPULATION_REGISTER_LOOKUP_URL',
    'LISTING_LOOKUP_URL',
    'HSA_LOOKUP_URL',
  ])('%s, behind which paths are put, with parameters', (name) => {
    expect(faultsOf({ [name]: 'https://host.example/path?a=b' }).join()).toContain(`${name}: must have no ?`);
  });

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
