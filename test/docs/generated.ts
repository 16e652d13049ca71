import { stringify } from 'yaml';
import { asyncApi } from '../../src/messaging/contracts/asyncapi.js';
import { withRoomsTable } from './rooms-table.js';

/** A file of which the text, or a part of it, is made from the code. */
type GeneratedFile = {
  /** From the root of the repository. */
  readonly path: string;
  /** @param current what stands in the file now */
  readonly text: (current: string) => string | Promise<string>;
};

/** The generated files. `npm run docs` writes them; `generated.test.ts` says when one is out of date. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'docs/asyncapi.yaml', text: asyncApiYaml },
  { path: 'docs/architecture.md', text: withRoomsTable },
];

function asyncApiYaml(): string {
  const note =
    '# Generated from src/messaging/contracts by npm run docs; a test says when it is out of date.';
  return `${note}\n${stringify(asyncApi(), { aliasDuplicateObjects: false, lineWidth: 0 })}`;
}
