import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { listen } from '../../../connectors/common/listen.js';

const golden = path.resolve('test/golden/messages');

/** The connectors whose golden files are answers, each in a folder of its name. */
export const registers = ['population-register', 'listing', 'hsa'] as const;
export type Register = (typeof registers)[number];

/** What an answer became, or who is asked about where there is no fact yet. */
export const goldenFact = (register: Register, name: string): string =>
  path.join(golden, register, `${name}.json`);

/** The names of a register's golden files. */
export const goldenNames = (register: Register): readonly string[] =>
  readdirSync(path.join(golden, register))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));

/** Every golden answer with its file and its operation. */
export const goldenAnswers = registers.flatMap((register) =>
  readdirSync(path.join(golden, register))
    .filter((file) => file.endsWith('.xml'))
    .map((file) => ({
      file: path.join(register, file),
      operation: file.split('.').at(-2) ?? '',
      answer: readFileSync(path.join(golden, register, file), 'utf8'),
    })),
);

/** A register that answers every question with the golden answer of that name for its operation: `<name>.<operation>.xml`. */
export async function answerFrom(
  register: Register,
  name: string,
): Promise<{ readonly url: string; stop(): void }> {
  const server: Server = createServer((request, response) => {
    request.resume();
    const operation = /(\w+)"?$/.exec(String(request.headers['soapaction']))?.[1] ?? '';
    const file = path.join(golden, register, `${name}.${operation}.xml`);
    const answer = existsSync(file) ? readFileSync(file, 'utf8') : '';
    response.writeHead(answer === '' ? 404 : answer.includes(':Fault>') ? 500 : 200, {
      'Content-Type': 'text/xml; charset=utf-8',
    });
    response.end(answer);
  });
  const { port } = await listen(server, '127.0.0.1', 0);
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/`, stop };
}
