import { parseArgs } from 'node:util';
import { tellUsage } from '../../src/start/commands/help.js';
import { acknowledge } from './acknowledge.js';
import { answer } from './answer.js';
import { append } from './append.js';
import { backlog } from './backlog.js';
import { describeMachine } from './harness/machine.js';
import type { Against, Figure, Measure, Pace } from './harness/measure.js';
import { asMarkdown, asText, reportOf, type MeasureReport, type Report } from './harness/print.js';
import { checkOut } from './harness/other-version.js';
import { startBenchServer } from './harness/server.js';
import { idle } from './idle.js';
import { intake } from './intake.js';
import { largeCase } from './large-case.js';
import { message } from './message.js';
import { processing } from './processing.js';
import { read } from './read.js';
import { transport } from './transport.js';
import { visible } from './visible.js';
import { workList } from './work-list.js';
import { write } from './write.js';

const measures: readonly Measure[] = [
  read,
  intake,
  processing,
  backlog,
  visible,
  acknowledge,
  write,
  message,
  answer,
  largeCase,
  idle,
  workList,
  append,
  transport,
];

const paces: Readonly<Record<'full' | 'quick', Pace>> = {
  full: { rounds: 5, milliseconds: 2_000, quick: false },
  quick: { rounds: 1, milliseconds: 700, quick: true },
};

const usage = `npm run bench -- [--quick] [--json | --markdown] [--against <commit>] [--only ${measures.map(({ name }) => name).join(',')}]`;

tellUsage(`${usage}\n`);

/** `npm run bench`: every measure of docs/performance.md on real parts. Never a gate: it always ends well if it ran. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      only: { type: 'string' },
      against: { type: 'string' },
    },
  });
  const known = measures.filter(({ ofWholeHubs }) => values.against === undefined || ofWholeHubs === true);
  const names = values.only?.split(',') ?? known.map(({ name }) => name);
  const unknown = names.find((name) => known.every((measure) => measure.name !== name));
  if (unknown !== undefined) throw new Error(`there is no measure ${unknown} to be taken so\n${usage}`);
  const other = values.against === undefined ? undefined : await checkOut(values.against);
  try {
    await tellReport(await run(new Set(names), values.quick ? paces.quick : paces.full, other), values);
  } finally {
    await other?.remove();
  }
}

function tellReport(
  report: Report,
  values: { readonly json: boolean; readonly markdown: boolean },
): Promise<void> {
  const text = values.json
    ? JSON.stringify(report, undefined, 2)
    : values.markdown
      ? asMarkdown(report)
      : asText(report);
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

async function run(names: ReadonlySet<string>, pace: Pace, against: Against | undefined): Promise<Report> {
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  const server = await startBenchServer();
  try {
    const machine = await describeMachine(server.url);
    const reports: MeasureReport[] = [];
    for (const measure of measures.filter(({ name }) => names.has(name))) {
      tell(`${measure.name}: ${measure.title}`);
      const started = performance.now();
      const figures = await measure
        .run({ server, pace, tell, ...(against && { against }) })
        .catch((error: unknown) => notTaken(error, against, tell));
      reports.push(reportOf(measure, pace, (performance.now() - started) / 1000, figures));
    }
    return { machine, pace, ...(against && { against: against.name }), measures: reports };
  } finally {
    await server.stop();
  }
}

/** Another commit need not have what a measure asks for: then the others are taken. @throws the error where there is no other commit */
function notTaken(
  error: unknown,
  against: Against | undefined,
  tell: (text: string) => void,
): readonly Figure[] {
  if (against === undefined) throw error;
  tell(`  not taken: ${error instanceof Error ? error.message : String(error)}`);
  return [];
}

main().then(
  // What a measured part leaves open, such as an idle connection, shall not keep the command from ending.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`The bench stopped: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
