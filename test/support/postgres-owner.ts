import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/persistence/embedded/embedded-postgres.js';

/** A process of its own that starts a server in the directory given, writes a row and waits to be killed. */
const server = await startEmbeddedPostgres({ directory: process.argv[2] ?? '', unsafe: true });
const client = new Client({ connectionString: server.url });
await client.connect();
await client.query('create table kept (a integer); insert into kept values (7)');
process.stdout.write('up\n');
