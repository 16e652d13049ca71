import type { Figure, Measure, Pace, Quantity } from './measure.js';
import type { Machine } from './machine.js';

export type Report = {
  readonly machine: Machine;
  readonly pace: Pace;
  /** The commit that stands as the floor. */
  readonly against?: string;
  readonly measures: readonly MeasureReport[];
};

export type MeasureReport = {
  readonly name: string;
  readonly title: string;
  readonly setting: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
};

/** A measure with what it gave. */
export function reportOf(
  measure: Measure,
  pace: Pace,
  seconds: number,
  figures: readonly Figure[],
): MeasureReport {
  const { name, title } = measure;
  return { name, title, setting: measure.setting(pace), seconds: Math.round(seconds), figures };
}

const head = ['what', 'subject', 'floor', 'ratio', 'aim', 'result'];

/** For a terminal. */
export function asText({ machine, pace, against, measures }: Report): string {
  const sections = measures.map(({ title, setting, figures }) => {
    const lines = aligned(figures).map((row) => row.join('  ').trimEnd());
    return `${title}\n  ${setting}\n\n  ${lines.join('\n  ')}\n${notes(figures, '  ')}`;
  });
  return `${machineLine(machine)}\n${paceLine(pace, against)}\n\n${sections.join('\n')}`;
}

/** The same for docs/performance.md, formatted as the project's Markdown is. */
export function asMarkdown({ machine, pace, against, measures }: Report): string {
  const sections = measures.map(({ title, setting, figures }) => {
    const [first = [], ...rest] = aligned(figures);
    const rule = first.map((cell) => '-'.repeat(cell.length));
    const table = [first, rule, ...rest].map((row) => `| ${row.join(' | ')} |`).join('\n');
    return `### ${title}\n\n${setting}\n\n${table}\n${notes(figures, '\n- ')}`;
  });
  return `${machineLine(machine)}\n${paceLine(pace, against)}\n\n${sections.join('\n')}`;
}

/** Head and figures as cells, each column as wide as its widest. */
function aligned(figures: readonly Figure[]): readonly (readonly string[])[] {
  const rows = [head, ...figures.map(cells)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
}

function cells({ of, subject, floor, ratio, aim }: Figure): string[] {
  return [
    of,
    quantity(subject),
    floor === undefined ? '–' : quantity(floor),
    ratio === undefined ? '–' : ratio.toFixed(2),
    aim?.text ?? '–',
    aim === undefined ? '–' : aim.met ? 'met' : 'missed',
  ];
}

function quantity({ unit, values }: Quantity): string {
  const written = Object.entries(values).map(([name, value]) =>
    name === 'rate' || name === 'time' ? number(value) : `${name} ${number(value)}`,
  );
  return `${written.join(', ')} ${unit === 'per second' ? '/s' : unit}`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  // A narrow space between thousands, as in Swedish print.
  return value.toLocaleString('en', { maximumFractionDigits: 1 }).replaceAll(',', '\u202f');
}

function notes(figures: readonly Figure[], prefix: string): string {
  return figures
    .flatMap(({ of, note }) => (note === undefined ? [] : [`${prefix}${of}: ${note}\n`]))
    .join('');
}

function machineLine(machine: Machine): string {
  const { processor, cores, memoryGigabytes, system, node, postgres, kafka, measuredAt, loadBefore } =
    machine;
  return `${measuredAt}, ${cores} cores (${processor}), ${memoryGigabytes} GB, ${system}, Node ${node}, PostgreSQL ${postgres}, Apache Kafka ${kafka}; load average before the run ${loadBefore}.`;
}

function paceLine({ rounds, milliseconds, quick }: Pace, against: string | undefined): string {
  const what = `Median of ${rounds} interleaved rounds of ${milliseconds / 1000} s for each side, after one that warms up.`;
  const beside = against === undefined ? '' : ` The floor is commit ${against}.`;
  return quick
    ? `${what}${beside} A quick run: the figures show that it works, not how fast it is.`
    : what + beside;
}
