import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { FileUnusable, readText } from './json-file.js';

const certificates = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** The certificates of a file in PEM, in their order. @throws {FileUnusable} when there is none, or one is damaged */
export function readCertificates(file: string): readonly X509Certificate[] {
  const blocks = readText(file).match(certificates) ?? [];
  if (blocks.length === 0) throw unusable(file, 'holds no certificate in PEM');
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw unusable(file, `certificate ${index + 1} is damaged`);
    }
  });
}

/** The private key of a file in PEM. @throws {FileUnusable} when it is none, damaged, or closed by a passphrase */
export function readPrivateKey(file: string): KeyObject {
  const text = readText(file);
  if (/ENCRYPTED/.test(text)) throw unusable(file, 'is closed by a passphrase, which the hub does not have');
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) throw unusable(file, 'holds no private key in PEM');
  try {
    return createPrivateKey(text);
  } catch {
    throw unusable(file, 'holds a damaged private key');
  }
}

/** A certificate and the key that must be its own. @throws {FileUnusable} naming the file at fault */
export function checkPair(certificateFile: string, keyFile: string): void {
  const [own] = readCertificates(certificateFile);
  if (own?.checkPrivateKey(readPrivateKey(keyFile)) !== true)
    throw unusable(keyFile, 'is not the key of the first certificate in the other file');
}

function unusable(file: string, problem: string): FileUnusable {
  return new FileUnusable(file, [{ file, problem }]);
}
