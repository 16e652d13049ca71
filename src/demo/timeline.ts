/** Prints the journey so that a nurse can follow it: time, who, what; indented below it what the hub made of it. */
export class Timeline {
  constructor(private readonly write: (text: string) => void) {}

  heading(text: string): void {
    this.write(`\n${text}\n${'─'.repeat(Math.min(text.length, 78))}\n`);
  }

  /** Something somebody did. */
  step(who: string, what: string): void {
    const clock = new Date().toLocaleTimeString('sv-SE', { timeZone: 'Europe/Stockholm' });
    this.write(`${clock}  ${who}\n          ${what}\n`);
  }

  /** What it led to. */
  result(text: string): void {
    this.write(`          → ${text}\n`);
  }

  /** Rows under a heading, in columns as wide as their widest cell. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const widths = head.map((cell, column) =>
      Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length)),
    );
    for (const row of [head, ...rows]) {
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      this.write(`          ${cells.join('  ').trimEnd()}\n`);
    }
  }
}
