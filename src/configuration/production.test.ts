import { describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { newSecret, production } from '../../test/support/production.js';
import { useConfigurationFolder } from '../../test/support/configuration-folder.js';
import type { Environment } from './read-variables.js';

const { folder, load, faultsOf } = useConfigurationFolder();

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
    expect(await readdir(folder())).toEqual([]);
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
