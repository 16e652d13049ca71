/**
 * Imported first by each command: whoever reads its output may stop early (`| head`); then the command ends too, without a word,
 * as other commands do.
 */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
