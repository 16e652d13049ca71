import './end-with-reader.js';
import { checkSchema } from '../../persistence/check-schema.js';
import { tellUsage } from './help.js';

tellUsage(`Whether the migrations lead to the schema that the entities describe; exit code 1 when they do not.

  npm run check:schema
`);

/** Says whether the migrations lead to the schema the entities describe; exit code 1 when they do not. */
const differences = await checkSchema();
process.stdout.write(
  differences.length === 0
    ? 'The migrated schema and the entities agree.\n'
    : `The migrated schema and the entities differ:\n${differences.map((line) => `  ${line}\n`).join('')}`,
);
process.exitCode = differences.length === 0 ? 0 : 1;
