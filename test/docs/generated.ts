import { stringify } from 'yaml';
import { codeSystemsShorthand } from './shorthand/code-systems.js';
import { operationsShorthand } from './shorthand/operations.js';
import { questionnairesShorthand } from './shorthand/questionnaires.js';
import { asyncApi } from '../../src/messaging/contracts/asyncapi.js';
import { withExampleFiles } from './example-files.js';
import { withRejectionsTable } from './rejections-table.js';
import { withRoomsTable } from './rooms-table.js';
import { withTodosTable } from './todos-table.js';

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
  { path: 'docs/fhir-tasks.md', text: withTodosTable },
  { path: 'docs/new-case-kind.md', text: withExampleFiles },
  { path: 'docs/rejections.md', text: withRejectionsTable },
  { path: 'fhir-profiles/input/fsh/code-systems.fsh', text: codeSystemsShorthand },
  { path: 'fhir-profiles/input/fsh/operations.fsh', text: operationsShorthand },
  { path: 'fhir-profiles/input/fsh/questionnaires.fsh', text: questionnairesShorthand },
];

function asyncApiYaml(): string {
  const note =
    '# Generated from src/messaging/contracts by npm run docs; a test says when it is out of date.';
  return `${note}\n${stringify(asyncApi(), { aliasDuplicateObjects: false, lineWidth: 0 })}`;
}
