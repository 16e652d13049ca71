process.stderr.write('not yet composed\n');
process.exitCode = 1;
