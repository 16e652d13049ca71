import { randomBytes } from 'node:crypto';

/**
 * A random id of letters alone. One with digits may look like a personal number by chance, and is then kept as a hash: whoever looks for
 * it by what was sent finds nothing.
 */
export const randomLetters = (length: number): string =>
  Array.from(randomBytes(length), (byte) => 'abcdefghijklmnop'[byte % 16]).join('');
