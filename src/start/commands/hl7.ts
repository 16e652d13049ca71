import './end-with-reader.js';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { dryRun, type DryRun } from '../../../connectors/melior/dry-run.js';
import { readMapping } from '../../../connectors/melior/mapping.js';
import { readJsonFile } from '../../configuration/json-file.js';
import { commandConfiguration } from './command-configuration.js';
import { tellUsage } from './help.js';

tellUsage(`What the messages of a file would be answered and become, by the mapping file. Nothing is stored.

  npm run hl7 -- <file> [--mapping <file>]

Exit code 1 when a message would be refused, 2 when a file cannot be used.
`);

/**
 * `npm run hl7 -- <file> [--mapping <file>]`: what the messages of a file would be answered and become, by the mapping file.
 * Ends with 0 when all would be acknowledged, 1 when one would be refused, 2 when a file cannot be used.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { mapping: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new Error('say which file: npm run hl7 -- <file> [--mapping <file>]');
  const mappingFile = values.mapping ?? commandConfiguration().melior.mappingFile;
  const mapping = readJsonFile(mappingFile, readMapping);
  const results = dryRun(await readFile(file), mapping, new Date());
  process.stdout.write(`Mapping: ${mappingFile}\nNothing is stored.\n`);
  for (const [index, result] of results.entries()) process.stdout.write(written(index + 1, result));
  const refused = results.filter(({ answer }) => answer !== 'AA').length;
  process.stdout.write(`\n${results.length} messages, ${refused} would be refused.\n`);
  process.exitCode = refused > 0 || results.length === 0 ? 1 : 0;
}

function written(number: number, { message, answer, why, topic, values, warnings }: DryRun): string {
  const width = Math.max(0, ...values.map(({ name }) => name.length));
  const longest = Math.max(0, ...values.map(({ value }) => value.length));
  const lines = [
    `${answer}  ${why ?? `a fact on ${topic ?? 'no topic'}`}`,
    ...values.map(({ name, value, from }) => `    ${name.padEnd(width)}  ${value.padEnd(longest)}  ${from}`),
    ...warnings.map((warning) => `    warning: ${warning}`),
  ];
  return `\n${number}. ${message}\n  ${lines.join('\n  ')}\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(`No dry run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
