import './end-with-reader.js';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { forLog } from '../../../connectors/common/log-text.js';
import { readSenderFaults } from '../../../connectors/melior/stand-in-faults.js';
import { playMessages } from '../../../connectors/melior/stand-in.js';
import { readJsonFile } from '../../configuration/json-file.js';
import { createLogger } from '../logger.js';
import { standInPrograms, type StandInProgram } from '../../demo/stand-ins/stand-in-programs.js';
import { tellUsage } from './help.js';

const usage = `Plays a system outside the hub, with its real protocol, on loopback (docs/stand-ins.md).

  npm run stand-in -- <${Object.keys(standInPrograms).join('|')}> [--file <data.json>] [--port <number>]
      answers until it is stopped; the file may be replaced while it runs
  npm run stand-in -- melior --to <host:port> --file <messages.hl7> [--faults <faults.json>] [--pause <milliseconds>]
      sends the messages of the file, and prints the answers

Faults are listed by test person in the files: a personal number never stands on a command line.
`;

tellUsage(usage);

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      port: { type: 'string' },
      to: { type: 'string' },
      faults: { type: 'string' },
      pause: { type: 'string', default: '0' },
    },
  });
  const [system = ''] = positionals;
  const program = Object.hasOwn(standInPrograms, system) ? standInPrograms[system] : undefined;
  const file = values.file === undefined ? program?.file : path.resolve(values.file);
  const port = values.port ?? String(program?.port ?? '');
  try {
    if (program && file !== undefined && /^\d{1,5}$/.test(port))
      return await serve(program, file, Number(port));
    const to = /^(.+):(\d{1,5})$/.exec(values.to ?? '');
    if (system === 'melior' && file !== undefined && to && /^\d{1,6}$/.test(values.pause))
      return await send(file, [to[1] ?? '', Number(to[2])], values.faults, Number(values.pause));
  } catch (error) {
    process.stderr.write(
      `The stand-in could not go on: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  }
  process.stderr.write(usage);
  return 2;
}

async function serve(program: StandInProgram, file: string, port: number): Promise<number> {
  const logger = createLogger({ logLevel: 'info' });
  const standIn = await program.start({ host: '127.0.0.1', port, file, logger });
  // Before it says that it answers: whoever reads that may end it at once.
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  process.stdout.write(`Answers at ${standIn.url}, from ${file}\n`);
  await told;
  await standIn.stop();
  return 0;
}

async function send(
  file: string,
  [host, port]: readonly [string, number],
  faults: string | undefined,
  pauseMilliseconds: number,
): Promise<number> {
  const faultOf = faults === undefined ? undefined : readJsonFile(faults, readSenderFaults);
  const sent = await playMessages({
    host,
    port,
    file,
    pauseMilliseconds,
    ...(faultOf && { faultOf }),
    onAnswer: (answer, message, fault) => {
      const code = answer === undefined ? 'no answer' : (/\rMSA.(\w\w)/.exec(answer)?.[1] ?? 'not an answer');
      const [, , , , , , , , event = '', id = ''] = message.split(/[\r|]/);
      process.stdout.write(`${forLog(event)}  ${forLog(id)}  ${code}${fault ? `  (${fault})` : ''}\n`);
    },
  });
  process.stdout.write(`${sent} messages sent.\n`);
  return 0;
}
