import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { testsOutOfPlace } from './where-tests-stand.js';

describe('A test that starts nothing and is about one room', () => {
  it('stands beside the code (test/README.md); the other direction is held by check:imports', () => {
    expect(testsOutOfPlace(fromProjectRoot('.'))).toEqual([]);
  });

  describe('is found', () => {
    let house: string;
    beforeEach(() => {
      house = mkdtempSync(path.join(tmpdir(), 'hemgang-tests-'));
      write('src/log/pure.ts', 'export const pure = 1;');
      write('src/log/asking.ts', "import { request } from 'node:http';\nexport const ask = request;");
      write('src/fhir/other.ts', 'export const other = 1;');
    });
    afterEach(() => rmSync(house, { recursive: true }));

    const write = (file: string, text: string): void => {
      mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
      writeFileSync(path.join(house, file), text);
    };
    const placed = (text: string): boolean => {
      write('test/log/a.test.ts', text);
      return testsOutOfPlace(house).length === 0;
    };

    it('where it imports one room', () => {
      expect(placed("import { pure } from '../../src/log/pure.js';")).toBe(false);
    });

    it('where it has a type of something that opens a socket', () => {
      const text =
        "import { pure } from '../../src/log/pure.js';\nimport type { ask } from '../../src/log/asking.js';";
      expect(placed(text)).toBe(false);
    });

    it.each([
      ['starts something', "import { ask } from '../../src/log/asking.js';"],
      ['starts something by a helper', "import { start } from '../support/start.js';"],
      [
        'reads files',
        "import { readFileSync } from 'node:fs';\nimport { pure } from '../../src/log/pure.js';",
      ],
      [
        'holds two rooms against each other',
        "import { pure } from '../../src/log/pure.js';\nimport { other } from '../../src/fhir/other.js';",
      ],
    ])('and not one that %s', (_what, text) => {
      write('test/support/start.ts', "export { ask as start } from '../../src/log/asking.js';");
      expect(placed(text)).toBe(true);
    });
  });
});
