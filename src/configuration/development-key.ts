import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const keyBytes = 32;

/**
 * A key that development makes up at first start and keeps in the data directory (mode 0600), so that data stays readable
 * between starts. Two processes that start at the same time agree on one. Throws when the directory cannot be written or
 * the file is not a key.
 */
export function developmentKey(dataDirectory: string, name: string): Buffer {
  const file = path.join(dataDirectory, `${name}.key`);
  return read(file) ?? create(file);
}

function read(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const bytes = Buffer.from(text.trim(), 'hex');
  if (bytes.length !== keyBytes) throw new Error(`${file} is not a key of ${keyBytes} bytes in hexadecimal`);
  return bytes;
}

/** Written whole under another name and linked into place, so nobody reads half a key and the first one wins. */
function create(file: string): Buffer {
  mkdirSync(path.dirname(file), { recursive: true });
  const bytes = randomBytes(keyBytes);
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, `${bytes.toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(temporary, file);
    return bytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return read(file) ?? create(file);
  } finally {
    rmSync(temporary);
  }
}
