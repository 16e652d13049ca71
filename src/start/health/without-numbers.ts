import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';

const withheld = '[withheld]';

/**
 * A line of the log without anything that looks like a personal number. Whoever writes a line withholds what came from outside where it
 * comes in; this is the last place where it can be found, whatever was forgotten before it.
 * @param line JSON, as pino writes it
 */
export function lineWithoutNumbers(line: string): string {
  if (!looksLikePersonalNumber(line)) return line;
  try {
    return `${JSON.stringify(masked(JSON.parse(line)))}\n`;
  } catch {
    return `{"msg":"${withheld}"}\n`;
  }
}

/** Metrics as they are read, each value of a label that looks like a personal number withheld. The figures are not looked at. */
export function labelsWithoutNumbers(text: string): string {
  return text.replaceAll(/="((?:[^"\\]|\\.)*)"/g, (label, value: string) =>
    looksLikePersonalNumber(value) ? `="${withheld}"` : label,
  );
}

function masked(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number')
    return looksLikePersonalNumber(String(value)) ? withheld : value;
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [masked(name) as string, masked(each)]),
  );
}
