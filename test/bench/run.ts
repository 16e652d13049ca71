import { parseArgs } from 'node:util';
import { append } from './append.js';
import { describeMachine } from './frame/machine.js';
import type { Measure, Pace } from './frame/measure.js';
import { asMarkdown, asText, reportOf, type MeasureReport, type Report } from './frame/print.js';
import { startBenchServer } from './frame/server.js';
import { intake } from './intake.js';
import { processing } from './processing.js';
import { read } from './read.js';
import { transport } from './transport.js';
import { visible } from './visible.js';
import { workList } from './work-list.js';

const measures: readonly Measure[] = [read, intake, processing, visible, workList, append, transport];

const paces: Readonly<Record<'full' | 'quick', Pace>> = {
  full: { rounds: 5, milliseconds: 2_000, quick: false },
  quick: { rounds: 1, milliseconds: 700, quick: true },
};

const usage = `npm run bench -- [--quick] [--json | --markdown] [--only ${measures.map(({ name }) => name).join(',')}]`;

/** `npm run bench`: every measure of docs/performance.md on real parts. Never a gate: it always ends well if it ran. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const names = values.only?.split(',') ?? measures.map(({ name }) => name);
  const unknown = names.find((name) => measures.every((measure) => measure.name !== name));
  if (unknown !== undefined) throw new Error(`there is no measure ${unknown}\n${usage}`);
  const report = await run(new Set(names), values.quick ? paces.quick : paces.full);
  const text = values.json
    ? JSON.stringify(report, undefined, 2)
    : values.markdown
      ? asMarkdown(report)
      : asText(report);
  process.stdout.write(`${text}\n`);
}

async function run(names: ReadonlySet<string>, pace: Pace): Promise<Report> {
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  const server = await startBenchServer();
  try {
    const machine = await describeMachine(server.url);
    const reports: MeasureReport[] = [];
    for (const measure of measures.filter(({ name }) => names.has(name))) {
      tell(`${measure.name}: ${measure.title}`);
      const started = performance.now();
      const figures = await measure.run({ server, pace, tell });
      reports.push(reportOf(measure, pace, (performance.now() - started) / 1000, figures));
    }
    return { machine, pace, measures: reports };
  } finally {
    await server.stop();
  }
}

main().then(
  // What a measured part leaves open, such as an idle connection, shall not keep the command from ending.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`The bench stopped: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
