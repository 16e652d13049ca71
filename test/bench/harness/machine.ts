import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

/** What the figures were measured on. Nothing that names the machine. */
export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly kafka: string;
  readonly measuredAt: string;
  /** Load average of the last minute before the run: above one, somebody else was at work too. */
  readonly loadBefore: number;
};

export async function describeMachine(databaseUrl: string): Promise<Machine> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  await client.end();
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split('-')[0]}`,
    node: process.version.slice(1),
    postgres: rows[0]?.server_version ?? 'unknown',
    kafka: await kafkaVersion(),
    measuredAt: new Date().toISOString().slice(0, 10),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** As the tests' broker is named in its pom.xml; another is used where KAFKA_BROKERS is set. */
async function kafkaVersion(): Promise<string> {
  if (process.env['KAFKA_BROKERS']) return 'of KAFKA_BROKERS';
  const pom = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../support/kafka/pom.xml');
  const text = await readFile(pom, 'utf8');
  return /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(text)?.[1] ?? 'unknown';
}
