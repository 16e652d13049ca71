import './end-with-reader.js';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import {
  DecisionRefused,
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '../../messaging/inbox/dead-letters.js';
import type { Database } from '../../persistence/database.js';
import { withCommandDatabase } from './command-database.js';
import { tellUsage } from './help.js';

const usage = `Facts that need a person's decision.

  npm run dead-letters -- list [--after <position>] [--limit <number>]
  npm run dead-letters -- replay <position>... --reason <why>     try again, after what failed was mended
  npm run dead-letters -- discard <position>... --reason <why>    end for good

Works on DATABASE_URL, else on the embedded database of the hub that runs here.
`;

tellUsage(usage);

process.exitCode = await run();

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      after: { type: 'string', default: '0' },
      limit: { type: 'string', default: '100' },
      reason: { type: 'string', default: '' },
    },
  });
  const [action, ...positions] = positionals;
  const decides = action === 'replay' || action === 'discard';
  const numbers = [values.after, values.limit, ...positions];
  const usable =
    numbers.every((text) => /^\d{1,15}$/.test(text)) && (decides ? positions.length > 0 : action === 'list');
  if (!usable) {
    process.stderr.write(usage);
    return 2;
  }
  return withCommandDatabase('dead-letters', (database) =>
    decides
      ? decide(database, action, positions.map(Number), values.reason)
      : list(database, Number(values.after), Number(values.limit)),
  );
}

async function list(database: Database, after: number, limit: number): Promise<number> {
  const letters = await listDeadLetters(database, { after, limit });
  for (const { position, receivedAt, topic, attempts, owner, cause, eventId } of letters) {
    process.stdout.write(
      `${position}  ${receivedAt}  ${topic}  ${attempts} attempts  ${owner}: ${cause}  (${eventId})\n`,
    );
  }
  process.stdout.write(letters.length === 0 ? 'No dead letters.\n' : `${letters.length} shown.\n`);
  return 0;
}

async function decide(
  database: Database,
  action: 'replay' | 'discard',
  positions: readonly number[],
  reason: string,
): Promise<number> {
  const carryOut = action === 'replay' ? replayDeadLetter : discardDeadLetter;
  let refused = 0;
  for (const position of positions) {
    try {
      await carryOut(database, position, { actor: userInfo().username, reason });
      process.stdout.write(`${position}: ${action === 'replay' ? 'tries again' : 'discarded'}\n`);
    } catch (error) {
      if (!(error instanceof DecisionRefused)) throw error;
      refused += 1;
      process.stderr.write(`${position}: ${error.message}\n`);
    }
  }
  return refused === 0 ? 0 : 1;
}
