import './end-with-reader.js';
import { checkSchema } from '../../persistence/check-schema.js';

/** Says whether the migrations lead to the schema the entities describe; exit code 1 when they do not. */
const differences = await checkSchema();
process.stdout.write(
  differences.length === 0
    ? 'The migrated schema and the entities agree.\n'
    : `The migrated schema and the entities differ:\n${differences.map((line) => `  ${line}\n`).join('')}`,
);
process.exitCode = differences.length === 0 ? 0 : 1;
