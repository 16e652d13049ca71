import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { PoolClient } from 'pg';
import { keepAlive, sessionLimits } from '../wire/session-limits.js';
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';

/**
 * TypeORM on the hub's database, for schema, migrations and rare paths. Never synchronises, never migrates by itself.
 * @param url `postgres://…`
 * @param schema the schema the tables are in
 */
export function createDataSource(url: string, schema = 'public'): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema,
    entities,
    migrations,
    migrationsTableName: 'migration',
    migrationsRun: false,
    synchronize: false,
    installExtensions: false,
    poolErrorHandler: () => undefined, // The next use of the pool tells; a listener keeps the process alive.
    connectTimeoutMS: 10_000,
    // A migration takes the time it takes.
    extra: { max: 4, ...keepAlive, onConnect: (client: PoolClient) => client.query(sessionLimits(true)) },
  });
}
