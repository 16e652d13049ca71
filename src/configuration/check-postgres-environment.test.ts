import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newSecret, production } from '../../test/support/production.js';
import { ConfigurationRefused, loadConfiguration } from './load-configuration.js';
import type { Environment } from './read-variables.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'configuration-'));
});
afterEach(() => rm(folder, { recursive: true }));

const databases = ['DATABASE_URL', 'AUDIT_DATABASE_URL'] as const;

function faultsOf(
  environment: Environment,
): readonly { readonly variable: string; readonly problem: string }[] {
  try {
    loadConfiguration({ DATA_DIRECTORY: folder, HOME: folder, ...environment });
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.faults;
    throw error;
  }
  return [];
}
const variablesOf = (environment: Environment): readonly string[] =>
  faultsOf(environment).map(({ variable }) => variable);

describe('the address of a database', () => {
  const parts = {
    user: (text: string) => `postgres://${text}:${newSecret()}@127.0.0.1/hub`,
    password: (text: string) => `postgres://hub:${text}x7Gq-Tw2v-Lk9s@127.0.0.1/hub`,
    name: (text: string) => `postgres://hub:${newSecret()}@127.0.0.1/${text}`,
  };

  test.each(
    databases.flatMap((variable) =>
      Object.entries(parts).flatMap(([part, write]) =>
        ['100%sure', '%', '100%', '%E5', '%zz', '%c3%28'].map(
          (text) => [variable, part, text, write] as const,
        ),
      ),
    ),
  )('is refused by its variable when its %s cannot be read: %s %j', (variable, _part, text, write) => {
    for (const environment of [{}, production]) {
      const faults = faultsOf({ ...environment, [variable]: write(text) });
      expect(faults).toEqual([{ variable, problem: expect.stringContaining('written %25') }]);
      expect(JSON.stringify(faults)).not.toContain('Tw2v');
    }
  });

  test.each(databases)('%s is taken where it is written as URLs are', (variable) => {
    for (const text of ['100%25sure', '%C3%A5'])
      expect(faultsOf({ ...production, [variable]: parts.password(text) })).toEqual([]);
  });
});

describe('in production the connection to PostgreSQL is that of DATABASE_URL alone', () => {
  const open = 'postgres://hub@127.0.0.1/hub';

  test.each(
    (
      'PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGSERVICE PGSSLMODE PGSSLNEGOTIATION PGSSLCERT ' +
      'PGOPTIONS PGAPPNAME PGCLIENT_ENCODING PGBINARY PGREPLICATION PGCONNECT_TIMEOUT'
    ).split(' '),
  )('%s is refused', (variable) => {
    expect(variablesOf({ ...production, [variable]: 'hemgang' })).toEqual([variable]);
    expect(variablesOf({ ...production, DATABASE_URL: open, [variable]: 'hemgang' })).toEqual([variable]);
    expect(variablesOf({ ...production, [variable]: '' })).toEqual([]);
    expect(variablesOf({ [variable]: 'hemgang' })).toEqual([]);
  });

  test.each(databases)('a password for %s is not taken from the file of the driver', async (variable) => {
    const environment = { ...production, [variable]: open };
    expect(variablesOf(environment)).toEqual([]);
    await writeFile(path.join(folder, '.pgpass'), '*:*:*:*:hemgang\n');
    expect(faultsOf(environment)).toEqual([
      expect.objectContaining({ variable, file: expect.stringContaining('.pgpass') }),
    ]);
    expect(variablesOf(production)).toEqual([]);
  });
});
