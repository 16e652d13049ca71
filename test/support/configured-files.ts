import { afterAll, afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationRefused, loadConfiguration } from '../../src/configuration/load-configuration.js';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { checkFiles } from '../../src/start/checks/check-files.js';
import { makeCertificates } from './certificates.js';

export const certificates = await makeCertificates();
afterAll(() => certificates.remove());

let folder: string;
/** For the tests of files: a folder for each, and what a start says of a configuration. To be called once in a file of tests. */
export function useFolder(): void {
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'hemgang-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
}

/** A file of the test's folder; without a name the folder. */
export const at = (name = ''): string => path.join(folder, name);
export const put = (name: string, content: string | Buffer): string => {
  writeFileSync(at(name), content);
  return at(name);
};
export const region = (name: string): string =>
  readFileSync(fromProjectRoot(`src/demo/fictional-region/${name}`), 'utf8');

/** Everything that reads any file runs; the addresses lead nowhere and are not asked. */
export const everything = {
  KAFKA_BROKERS: '127.0.0.1:9',
  KAFKA_TLS: 'true',
  COSMIC_URL: 'http://127.0.0.1:9/fhir',
  COSMIC_TOKEN_URL: 'http://127.0.0.1:9/token',
  COSMIC_CLIENT_ID: 'hub',
  ...Object.fromEntries(
    [
      ['MLLP_TLS_CERTIFICATE_FILE', 'MLLP_TLS_KEY_FILE', 'MLLP_TLS_CLIENT_CA_FILE'],
      ['COSMIC_TLS_CERTIFICATE_FILE', 'COSMIC_TLS_KEY_FILE', 'COSMIC_TLS_CA_FILE'],
      ['REGISTER_CLIENT_CERTIFICATE_FILE', 'REGISTER_CLIENT_KEY_FILE', 'REGISTER_CA_FILE'],
      ['KAFKA_TLS_CERTIFICATE_FILE', 'KAFKA_TLS_KEY_FILE', 'KAFKA_TLS_CA_FILE'],
    ].flatMap((names) =>
      names.map((name, place) => [
        name,
        certificates.path(['server.pem', 'server.key', 'ca.pem'][place] ?? ''),
      ]),
    ),
  ),
  COSMIC_CLIENT_KEY_FILE: certificates.path('client.key'),
};

/** What a start says of a configuration that it refuses. */
export function refusal(environment: Readonly<Record<string, string>>): string {
  try {
    loadConfiguration({ DATA_DIRECTORY: at(), ...everything, ...environment }, checkFiles);
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

/** The content of a file of issuers that is right. */
export const issuers = (change: object = {}) => [
  {
    issuer: 'https://idp.example',
    audience: 'hub',
    keys: { url: 'https://idp.example/jwks' },
    algorithms: ['ES256'],
    kind: 'user',
    claims: { client: 'client_id', user: 'employeeHsaId', unit: 'unit' },
    ...change,
  },
];
