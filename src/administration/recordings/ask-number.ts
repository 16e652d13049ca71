import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { identifyPerson, isNational } from '../../../connectors/common/identify-person.js';
import type { PersonIdentifier } from '../../messaging/contracts/facts.js';

const longest = 1000;

/**
 * Asks for a personal number: prompted for on a terminal and not shown there, else the first line of what is piped in. Never an
 * argument, which any user of the machine could read in the list of processes and which shells keep.
 * @throws Error, which repeats nothing of what was given, when it is no personal number
 */
export async function askNumber(
  input: NodeJS.ReadStream = process.stdin,
  prompt: NodeJS.WritableStream = process.stderr,
): Promise<PersonIdentifier> {
  const person = identifyPerson(input.isTTY ? await asked(input, prompt) : await piped(input), []);
  if (!isNational(person)) throw new Error('what was given is no personal number');
  return person;
}

async function asked(input: NodeJS.ReadStream, prompt: NodeJS.WritableStream): Promise<string> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: unseen, terminal: true });
  prompt.write('Personal number (not shown): ');
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    prompt.write('\n');
  }
}

async function piped(input: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const part of input) {
    text += part.toString();
    if (text.includes('\n') || text.length > longest) break;
  }
  return text.split('\n', 1)[0]?.slice(0, longest) ?? '';
}
