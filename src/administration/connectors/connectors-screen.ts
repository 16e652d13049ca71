import { duration, needsAttention, type ConnectorLine } from './connector-report.js';

const heads = ['connector', 'state', 'last message', 'waiting', 'dead'] as const;

/** The report as one screen: a line for each connector, and beneath it why. `now` and the times are the same clock's. */
export function connectorsScreen(lines: readonly ConnectorLine[], now: Date): string {
  if (lines.length === 0) return 'No connector has run here yet.\n';
  const rows = lines.map((line) => [
    line.connector,
    line.state,
    line.lastMessageAt === undefined
      ? 'none yet'
      : `${duration((now.getTime() - Date.parse(line.lastMessageAt)) / 1000)} ago`,
    String(line.waiting),
    String(line.dead),
  ]);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const written = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  const body = lines.flatMap((line, index) => [
    written(rows[index] ?? []),
    ...line.why.map((reason) => `  - ${reason}`),
  ]);
  const dead = lines.some((line) => line.dead > 0) ? 'Dead letters: npm run dead-letters -- list\n' : '';
  const all = needsAttention(lines) ? '' : 'Everything is up.\n';
  return `${[written(heads), ...body].join('\n')}\n${dead}${all}`;
}
