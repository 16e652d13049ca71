import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createListingLookup } from '../../../connectors/listing/listing-lookup.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { standInPrograms } from '../../../src/demo/stand-ins/stand-in-programs.js';
import { createTestDatabase } from '../../support/database.js';
import { runCommand } from '../../support/run-command.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, dataFile, number, published, runMelior, silent, testNumber, transportOn } from './support.js';

/** Starts `npm run stand-in` as a process of its own. @returns its address, and how to end it */
async function program(system: string, file: string) {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      path.resolve('test/support/typescript.mjs'),
      'src/start/commands/stand-in.ts',
      system,
      '--port',
      '0',
      '--file',
      file,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(/http:\S+(?=,)/.exec(chunk.toString())?.[0] ?? ''));
    child.once('exit', () => reject(new Error('the process ended')));
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    url,
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

const person = (value: string) => ({ type: 'personnummer' as const, value });
const other = testNumber('19240301', 982);

it('the population register as a program: answers, plays the faults of its file, reads the file again, stops', async () => {
  const data = await dataFile({ persons: [{ number, surname: 'Exempelsson' }] });
  const standIn = await program('population-register', data.file);
  const lookup = createPersonLookup({
    url: standIn.url,
    logicalAddress: 'X',
    development: true,
    logger: silent,
    timeoutMilliseconds: 15_000,
  });
  const [known, unknown] = await lookup.lookUp([person(number), person(other)]);
  expect([known?.record?.name?.surname, unknown?.found]).toEqual(['Exempelsson', false]);
  for (const [fault, code] of [
    ['duplicate', 'two-answers'],
    ['wrong-person', 'wrong-person'],
  ]) {
    await data.write({ persons: [{ number, fault }, { number: other }] });
    await expect(lookup.lookUp([person(number)])).rejects.toMatchObject({ code });
  }
  // The order of an answer means nothing: each record is matched by its number.
  await data.write({
    persons: [
      { number, surname: 'A', fault: 'out-of-order' },
      { number: other, surname: 'B' },
    ],
  });
  const answers = await lookup.lookUp([person(number), person(other)]);
  expect(answers.map(({ record }) => record?.name?.surname)).toEqual(['A', 'B']);
  lookup.stop();
  expect(await standIn.end()).toBe(0);
  await data.remove();
});

it('the listing service as a program', async () => {
  const listings = [{ facility: 'SE1-1', facilityName: 'Ekbacken', type: 'HLM' }];
  const data = await dataFile({ persons: [{ number, listings }] });
  const standIn = await program('listing', data.file);
  const lookup = createListingLookup({ url: standIn.url, logicalAddress: 'X', logger: silent });
  expect((await lookup.lookUp(person(number))).listings).toHaveLength(1);
  await data.write({ persons: [{ number, listings, fault: 'wrong-person' }] });
  await expect(lookup.lookUp(person(number))).rejects.toMatchObject({ code: 'wrong-person' });
  lookup.stop();
  expect(await standIn.end()).toBe(0);
  await data.remove();
});

it.each(Object.keys(standInPrograms))(
  '%s starts as a program on loopback and stops when told',
  async (system) => {
    const empty = { hsa: { providers: [], units: [], people: [] }, cosmic: { clients: [], resources: [] } };
    const data = await dataFile(empty[system as keyof typeof empty] ?? { persons: [] });
    const standIn = await program(system, data.file);
    expect(new URL(standIn.url).hostname).toBe('127.0.0.1');
    expect(await standIn.end()).toBe(0);
    await data.remove();
  },
);

it('melior as a program: each fault of a sender by test person, and nothing is lost or doubled by any of them', async () => {
  const test = await createTestDatabase();
  const transport = await transportOn(test.database);
  const melior = await runMelior(test.url, transport);
  const faults = ['slow', 'silent', 'wrong', 'partial', 'duplicate', 'out-of-order', 'close'] as const;
  const numberOf = (index: number) => testNumber('19500101', 985 + index);
  const message = (controlId: string, who: string) =>
    adt({ controlId, person: `PID|1||${who.slice(0, 8)}-${who.slice(8)}^^^SKV^NI` });
  const data = await dataFile({
    persons: faults.map((fault, index) => ({ number: numberOf(index), fault })),
  });
  const file = `${data.file}.hl7`;
  const messages = [
    ...faults.map((fault, index) => message(fault, numberOf(index))),
    message('well', number),
  ];
  await writeFile(file, messages.join('\n'));
  const done = await runCommand(
    'stand-in',
    {},
    'melior',
    '--to',
    `127.0.0.1:${melior.address.port}`,
    '--file',
    file,
    '--faults',
    data.file,
  );
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout.trim().split('\n')).toEqual([
    'ADT^A01  slow  AA  (slow)',
    'ADT^A01  silent  no answer  (silent)',
    'ADT^A01  silent  AA  (silent)',
    'ADT^A01  wrong  AE  (wrong)',
    'ADT^A01  partial  AE  (partial)',
    'ADT^A01  duplicate  AA  (duplicate)',
    'ADT^A01  duplicate  AA  (duplicate)',
    'ADT^A01  close  no answer  (close)',
    'ADT^A01  close  AA  (close)',
    'ADT^A01  out-of-order  AA  (out-of-order)',
    'ADT^A01  well  AA',
    '8 messages sent.',
  ]);
  const taken = ['slow', 'silent', 'duplicate', 'close', 'out-of-order', 'well'];
  await waitFor(
    'the facts',
    async () => (await published(test.database, factTopics.stay)).length >= taken.length,
  );
  const facts = await published(test.database, factTopics.stay);
  expect(facts.map(({ data: fact }) => fact.messageId).toSorted()).toEqual(taken.toSorted());
  await melior.end();
  await data.remove();
  await test.drop();
});

it.each([[[]], [['earthquake']], [['melior', '--file', 'x']], [['melior', '--to', '127.0.0.1:1']]])(
  'explains itself on %j',
  async (parameters) => {
    expect(await runCommand('stand-in', {}, ...parameters)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm run stand-in'),
    });
  },
);
