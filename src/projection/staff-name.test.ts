import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { staffName, withStaffNames } from './staff-name.js';

const anna = 'SE2321000255-P001';
const text = fc.string({
  unit: fc.constantFrom('a', '|', '"', '\\', ' ', 'å', '\n', '\u009c', '\u009e', '\u0091', '€'),
});
const reading = (resource: object, named: boolean): unknown =>
  JSON.parse(withStaffNames(JSON.stringify(resource), () => named));

it('ORG-1: a marked name stands in any text of a resource, or is withheld, and nothing of it stays', () => {
  fc.assert(
    fc.property(text, text, text, (name, before, after) => {
      const plain = name.replaceAll(/[|\u009c\u009e]/gu, '');
      // What others wrote may hold the marks themselves, but not begin one that is another's.
      const around = (of: string) => of.replaceAll(/[\u009c\u009e]/gu, '');
      const shown = (value: string) => ({ display: `${around(before)}${value}${around(after)}` });
      const stored = shown(staffName(anna, name));
      expect(reading(stored, true)).toEqual(shown(plain));
      expect(reading(stored, false)).toEqual(shown('Skyddade personuppgifter'));
    }),
  );
});

it('ORG-1: what somebody writes with the marks in it hides no marked name from being withheld', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const stored = { before, display: staffName(anna, 'Anna Xylander'), after };
      expect(JSON.stringify(reading(stored, false))).not.toContain('Xylander');
    }),
  );
});

it('a text without names of staff is the same text', () => {
  fc.assert(
    fc.property(text, (any) => {
      const without = any.replaceAll('\u009e', '');
      expect(withStaffNames(without, () => false)).toBe(without);
    }),
  );
});
