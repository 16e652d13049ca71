import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { argv, exit, stdout } from 'node:process';

/**
 * Runs scripts of package.json beside each other, as many at a time as there are processors, the slowest first. What each prints is shown
 * together when it has ended; the exit code is 1 if any failed.
 * @example node test/support/check.mjs check:format check:types
 */
const waiting = argv.slice(2);
const failed = [];

const run = (script) =>
  new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) failed.push(script);
      stdout.write(`\n> ${script}${code === 0 ? '' : ' failed'}\n${Buffer.concat(printed).toString()}`);
      resolve();
    });
  });

async function runner() {
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) await run(script);
}

await Promise.all(Array.from({ length: availableParallelism() }, runner));
if (failed.length > 0) {
  stdout.write(`\nfailed: ${failed.join(', ')}\n`);
  exit(1);
}
