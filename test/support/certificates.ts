import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 24 * 60 * 60 * 1000;

type Pair = { readonly certificate: x509.X509Certificate; readonly keys: webcrypto.CryptoKeyPair };

/** Certificates and keys of one test file, made anew for it: two authorities, and a server and a client of each. */
export type TestCertificates = {
  readonly directory: string;
  readonly path: (name: string) => string;
  readonly pem: (name: string) => string;
  /** Takes the files away. */
  readonly remove: () => void;
};

/** Files as `ca.pem`, `server.pem`, `server.key`, `client.pem`, `client.key`, and the same of the second authority with `-2`. */
export async function makeCertificates(): Promise<TestCertificates> {
  const directory = mkdtempSync(path.join(tmpdir(), 'hemgang-certificates-'));
  const at = (name: string): string => path.join(directory, name);
  for (const [suffix, authorityName, organisation, clientNames] of [
    ['', 'Hemgang test CA', 'SE2321000016-TEST', [{ type: 'ip', value: '127.0.0.1' }]],
    ['-2', 'Hemgang second test CA', 'SE2321000016-TEST2', [{ type: 'dns', value: 'csk.example' }]],
  ] as const) {
    const authority = await makeAuthority(`CN=${authorityName}`);
    writeFileSync(at(`ca${suffix}.pem`), `${authority.certificate.toString('pem')}\n`);
    for (const [name, alternatives] of [
      ['server', [{ type: 'ip', value: '127.0.0.1' }]],
      ['client', clientNames],
    ] as const) {
      const own = name === 'client' || suffix === '' ? `,2.5.4.5=${organisation}` : '';
      const made = await makeLeaf(`CN=${name}${suffix}${own}`, alternatives, authority);
      writeFileSync(at(`${name}${suffix}.pem`), `${made.certificate.toString('pem')}\n`);
      const key = await webcrypto.subtle.exportKey('pkcs8', made.keys.privateKey);
      writeFileSync(at(`${name}${suffix}.key`), x509.PemConverter.encode(key, 'PRIVATE KEY'), {
        mode: 0o600,
      });
    }
  }
  return {
    directory,
    path: at,
    pem: (name) => readFileSync(at(name), 'utf8'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const validity = () => ({
  notBefore: new Date(Date.now() - day),
  notAfter: new Date(Date.now() + 365 * day),
});

async function makeAuthority(name: string): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    ...validity(),
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return { certificate, keys };
}

async function makeLeaf(
  subject: string,
  alternatives: readonly { readonly type: 'ip' | 'dns'; readonly value: string }[],
  authority: Pair,
): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    ...validity(),
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([...alternatives])],
  });
  return { certificate, keys };
}
