/**
 * Of a command that is asked with `--help`: says how it is used, and ends before anything is read, opened or made. Called before all that the
 * command does.
 * @param usage ends with a line break
 */
export function tellUsage(usage: string): void {
  if (!process.argv.slice(2).includes('--help')) return;
  process.stdout.write(usage);
  process.exit(0);
}
