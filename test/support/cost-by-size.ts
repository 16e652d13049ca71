import { describe, expect, it } from '@jest/globals';
import { growthOf, type Growth } from './cost.js';

/**
 * No input costs more than in proportion to its size: every parser, validator, matcher and mask is given inputs of 1, 4 and 16 times,
 * of the shapes that cost most, and a byte must not become dearer. What grows with the square is 16 times dearer at the largest; the
 * time is the processor's, so that a loaded machine changes nothing.
 */
const dearest = 4;

export type Case = readonly [what: string, make: (parts: number) => string, parts?: number];

export function holds(name: string, read: (input: string) => unknown, cases: readonly Case[]): void {
  describe(`the cost of ${name}`, () => {
    it.each(cases)('%s grows with its size alone', async (_what, make, parts = 1000) => {
      let least: Growth | undefined;
      for (let attempt = 0; attempt < 3 && (least === undefined || least.ofAByte > dearest); attempt += 1) {
        const growth = await growthOf(make, (input) => refusedOrNot(read, input), parts);
        if (least === undefined || growth.ofAByte < least.ofAByte) least = growth;
      }
      expect(least?.ofAByte).toBeLessThan(dearest);
    });
  });
}

/** A refusal is as good an outcome as any; running out of stack is none. */
export async function refusedOrNot(read: (input: string) => unknown, input: string): Promise<void> {
  try {
    await read(input);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || error instanceof ReferenceError)
      throw error;
  }
}

export const repeat = (part: string) => (parts: number) => part.repeat(parts);
export const list = (part: string) => (parts: number) => `[${Array(parts).fill(part).join(',')}]`;
export const named = (write: (place: number) => string, between: string) => (parts: number) =>
  Array.from({ length: parts }, (_, place) => write(place)).join(between);
export const inside = (before: string, make: (parts: number) => string, after: string) => (parts: number) =>
  `${before}${make(parts)}${after}`;
