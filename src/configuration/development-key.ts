import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../wire/make-folder.js';

const keyBytes = 32;

/** A key of the data directory. `made`: nobody had one, and it was made now. */
export type DevelopmentKey = { readonly secret: Buffer; readonly file: string; readonly made: boolean };

/** The file of a key is there and cannot be used. */
export class KeyDamaged extends Error {
  override readonly name = 'KeyDamaged';
  constructor(readonly file: string) {
    super(`is damaged: not a key of ${keyBytes} bytes in hexadecimal`);
  }
}

/**
 * A key that development makes up at first start and keeps in the data directory (mode 0600), so that data stays readable
 * between starts. Two processes that start at the same time agree on one.
 * @throws KeyDamaged, or the file system's error when the directory cannot be written
 */
export function developmentKey(dataDirectory: string, name: string): DevelopmentKey {
  return keptKey(dataDirectory, name) ?? create(fileOf(dataDirectory, name));
}

/** The same for who must not make one. Undefined: no hub that needs it has run here. @throws KeyDamaged */
export function keptKey(dataDirectory: string, name: string): DevelopmentKey | undefined {
  const file = fileOf(dataDirectory, name);
  const kept = read(file);
  return kept && { secret: kept, file, made: false };
}

const fileOf = (dataDirectory: string, name: string): string => path.join(dataDirectory, `${name}.key`);

function read(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const written = text.trim();
  if (!/^[0-9a-f]*$/i.test(written) || written.length !== keyBytes * 2) throw new KeyDamaged(file);
  return Buffer.from(written, 'hex');
}

/** Written whole under another name and linked into place, so nobody reads half a key and the first one wins. */
function create(file: string): DevelopmentKey {
  makeFolder(path.dirname(file));
  const secret = randomBytes(keyBytes);
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, `${secret.toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(temporary, file);
    return { secret, file, made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const kept = read(file);
    return kept === undefined ? create(file) : { secret: kept, file, made: false };
  } finally {
    rmSync(temporary);
  }
}
