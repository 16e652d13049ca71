import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { readIssuers, type IssuerConfiguration, type WrittenIssuer } from '../../src/access/issuers.js';
import { TokenAuthenticator } from '../../src/access/token-authenticator.js';
import { TokenVerifier } from '../../src/access/token-verifier.js';
import { buildDirectory } from '../../src/directory/directory.js';
import { allFaults } from '../../src/fhir/all-faults.js';
import { readIssuersFile, readOrganisationFile } from '../../src/start/checks/configured-files.js';

const page = readFileSync('docs/tokens.md', 'utf8');
const block = (name: string): unknown =>
  JSON.parse(new RegExp(`^\`\`\`json${name}\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1] ?? 'missing');
const written = block('') as readonly WrittenIssuer[];
const organisation = readOrganisationFile('src/demo/fictional-region/organisation.json');

let folder: string;
let key: CryptoKey;
/** The issuers of the page, with keys that the test has. */
let issuers: readonly IssuerConfiguration[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-tokens-page-'));
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  const jwks = path.join(folder, 'jwks.json');
  await writeFile(jwks, JSON.stringify({ keys: [await exportJWK(pair.publicKey)] }));
  const file = path.join(folder, 'issuers.json');
  await writeFile(file, JSON.stringify(written.map((issuer) => ({ ...issuer, keys: { file: jwks } }))));
  issuers = readIssuersFile(file, { production: true, organisation });
});
afterAll(() => rm(folder, { recursive: true }));

describe('docs/tokens.md', () => {
  it('ORG-3: shows a file that production takes as it stands, with every key that there is', () => {
    expect(readIssuers(written, { production: true })).toHaveLength(2);
    const keys = new Set(written.flatMap((issuer) => Object.keys(issuer)));
    const all = Object.keys(issuers[0] ?? {});
    expect([...keys]).toEqual(expect.arrayContaining(all));
    for (const each of keys) expect(page).toMatch(new RegExp(`^\\| \`${each}\` +\\|`, 'm'));
  });

  it.each([
    ['longestLifeSeconds', 3600],
    ['keysHoldMinutes', 60],
    ['types', ['at+jwt']],
  ] as const)('tells the default of %s', (name, value) => {
    expect(issuers[1]?.[name]).toEqual(value);
  });

  const context = async (name: string) => {
    const token = await new SignJWT(block(` ${name}`) as Record<string, unknown>)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign(key);
    const directory = buildDirectory(organisation);
    const verifier = new TokenVerifier(issuers, { now: () => new Date() });
    return new TokenAuthenticator(verifier, () => directory).authenticate(`Bearer ${token}`, 'r');
  };

  it('ORG-1: shows a user token that is taken', async () => {
    expect(await context('user')).toMatchObject({
      client: 'journal-of-the-health-centre',
      actor: { user: 'SE4999000013-P017', unit: 'SE4999000013-H101', licensed: true },
    });
  });

  it('ORG-2: shows a system token that is taken', async () => {
    const { client, units, actor } = await context('system');
    expect([client, units, actor]).toEqual([
      'system-of-the-municipality',
      ['SE4999000039-B101', 'SE4999000039-M101'],
      undefined,
    ]);
  });

  it('tells each answer by the status and code it has', () => {
    const told = [...page.matchAll(/\| (40\d|503) `([\w-]+)`/g)].map(([, status, code]) => [
      Number(status),
      code,
    ]);
    expect(told).toHaveLength(7);
    for (const [status, code] of told)
      expect([code, allFaults[code as keyof typeof allFaults].status]).toEqual([code, status]);
  });
});
