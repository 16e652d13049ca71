import './end-with-reader.js';
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { textHoldsPersonalNumber } from '../../messaging/contracts/personal-number-in-text.js';
import type { Database } from '../../persistence/database.js';
import {
  comingSystemNotices,
  mostSystemNotices,
  withdrawSystemNotice,
  writeSystemNotice,
} from '../../persistence/system-notices.js';
import { codeSystems } from '../../projection/codes/codes.js';
import { withCommandDatabase } from './command-database.js';
import { tellUsage } from './help.js';

const kinds = Object.keys(codeSystems.systemNotice.concepts);
const longest = 1000;

const usage = `Notices to every user of the hub, as of a planned downtime (VIEW-10). Users read them until --until.

  npm run system-notice -- list
  npm run system-notice -- write --kind ${kinds.join('|')} --text <Swedish> --until <time> [--from <time>]
  npm run system-notice -- withdraw <id>

Times are with their zone: 2026-12-05T06:00:00+01:00. A text names no person and has at most ${longest} characters.
Works on DATABASE_URL, else on the embedded database of the hub that runs here.
`;

tellUsage(usage);

process.exitCode = await run();

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string', default: '' },
      text: { type: 'string', default: '' },
      from: { type: 'string' },
      until: { type: 'string', default: '' },
    },
  });
  const [action, id, ...more] = positionals;
  if (action === 'list' && id === undefined) return withCommandDatabase('system-notice', list);
  if (action === 'withdraw' && id !== undefined && more.length === 0 && /^[0-9a-f-]{36}$/.test(id))
    return withCommandDatabase('system-notice', (database) => withdraw(database, id));
  if (action === 'write' && id === undefined)
    return write({
      kind: values.kind,
      text: values.text.trim(),
      from: values.from === undefined ? new Date() : timeOf(values.from),
      until: timeOf(values.until),
    });
  process.stderr.write(usage);
  return 2;
}

/** A time with its zone; undefined for anything else. */
function timeOf(text: string): Date | undefined {
  const time = Date.parse(text);
  return /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(time) ? new Date(time) : undefined;
}

type Asked = {
  readonly kind: string;
  readonly text: string;
  readonly from: Date | undefined;
  readonly until: Date | undefined;
};

function wrongIn({ kind, text, from, until }: Asked, now: Date): string | undefined {
  if (!kinds.includes(kind)) return `--kind is one of ${kinds.join(', ')}`;
  if (text === '' || text.length > longest) return `--text has from 1 to ${longest} characters`;
  if (textHoldsPersonalNumber(text)) return '--text holds what looks like a personal number';
  if (from === undefined || until === undefined) return '--from and --until are times with their zone';
  return until <= from || until <= now ? '--until is after --from, and still to come' : undefined;
}

async function write(asked: Asked): Promise<number> {
  const now = new Date();
  const wrong = wrongIn(asked, now);
  const { kind, text, from, until } = asked;
  if (wrong !== undefined || from === undefined || until === undefined) {
    process.stderr.write(`${wrong}\n`);
    return 2;
  }
  const id = randomUUID();
  const notice = { id, kind, text, shownFrom: from, shownUntil: until, writtenAt: now };
  const written = await withCommandDatabase('system-notice', (database) =>
    writeSystemNotice(database, notice, userInfo().username),
  );
  if (written) process.stdout.write(`${id}\n`);
  else process.stderr.write(`There are ${mostSystemNotices} notices already. Withdraw one first.\n`);
  return written ? 0 : 1;
}

async function list(database: Database): Promise<number> {
  const notices = await comingSystemNotices(database, new Date());
  for (const { id, kind, text, shownFrom, shownUntil } of notices)
    process.stdout.write(
      `${id}  ${kind}  ${shownFrom.toISOString()} to ${shownUntil.toISOString()}  ${text}\n`,
    );
  process.stdout.write(notices.length === 0 ? 'No notices.\n' : `${notices.length} shown.\n`);
  return 0;
}

async function withdraw(database: Database, id: string): Promise<number> {
  const withdrawn = await withdrawSystemNotice(database, id, new Date());
  if (!withdrawn) process.stderr.write(`${id}: there is no such notice, or it was withdrawn before.\n`);
  return withdrawn ? 0 : 1;
}
