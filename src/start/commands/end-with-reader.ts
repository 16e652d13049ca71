/**
 * An error that a command does not catch is its last word: the text alone, for Node itself would print all that the error carries,
 * such as the row that a database refused.
 */
process.on('uncaughtException', (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

/**
 * Imported first by each command: whoever reads its output may stop early (`| head`); then the command ends too, without a word,
 * as other commands do.
 */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
