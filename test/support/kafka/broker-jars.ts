import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));
const pom = path.join(here, 'pom.xml');
const cache = path.resolve(here, '../../../node_modules/.cache/hemgang-kafka');

/** The class path of Apache Kafka, fetched from Maven Central the first time (about 100 MB) and kept. */
export async function brokerClassPath(): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  const jars = path.join(cache, version);
  if (!(await exists(jars))) await fetchJars(jars);
  return path.join(jars, '*');
}

/** Into a folder of its own and then under its name at once, so two who fetch at the same time do no harm. */
async function fetchJars(jars: string): Promise<void> {
  const unfinished = `${jars}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  const copy = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`];
  try {
    await run('mvn', ['-q', '-B', '-f', pom, ...copy], { timeout: 300_000 });
    await rename(unfinished, jars);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(jars)))
      throw new Error(`Kafka could not be fetched with mvn: ${String(error)}`, { cause: error });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
