import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { giveAgain } from '../../../connectors/melior/kept-answer.js';
import { unknownHeader } from '../../../connectors/melior/hl7/acknowledgement.js';
import { sendMllp } from '../../../connectors/melior/mllp/send-mllp.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { adt, codeOf, number, runMelior, transportOn } from '../common/support.js';

let test: TestDatabase;
let melior: Awaited<ReturnType<typeof runMelior>>;
const declared = { senders: [{ application: 'MELIOR', facility: 'SUS', characterSet: 'UTF-8' }] };

beforeAll(async () => {
  test = await createTestDatabase();
  melior = await runMelior(test.url, await transportOn(test.database), {
    // The sender's own set, so that MSH-18 may say anything.
    mapping: { ...declared, processing: ['P', 'T'], ward: { table: { A1: 'SE2321000016-W101' } } },
  });
});
afterAll(async () => {
  await melior.end();
  await test.drop();
});

const send = (message: string): Promise<string> =>
  sendMllp(melior.address.host, melior.address.port, message);

/** A message with a field of its header written otherwise (MSH-1 the first). */
function withHeader(field: number, written: (was: string) => string, controlId: string): string {
  const [header = '', ...rest] = adt({ controlId }).split('\r');
  const fields = header.split('|');
  while (fields.length < field) fields.push('');
  fields[field - 1] = written(fields[field - 1] ?? '');
  return [fields.join('|'), ...rest].join('\r');
}

it('a repeat bears the very id that it has, whatever printable characters are in it', async () => {
  const printable = fc.string({
    unit: fc.constantFrom(...Array.from('$&`\'"0aZ.-_/()[]{}*+?!<>1')),
    minLength: 1,
    maxLength: 20,
  });
  const examples: [string][] = ['$$', '$&', '$`', "$'", '$1', '$<a>', '$$$&'].map((each) => [`ID${each}`]);
  await fc.assert(
    fc.asyncProperty(printable, async (controlId) => {
      // An ampersand stands for itself in an id: MSH-10 is repeated as it came.
      const message = adt({ controlId });
      const answer = await send(message);
      expect([codeOf(answer), answer.split('\r')[1]]).toEqual(['AA', `MSA|AA|${controlId}`]);
      expect(await send(message)).toBe(answer);
    }),
    { numRuns: 40, examples },
  );
});

const disguised = [
  number,
  `${number.slice(2, 8)}-${number.slice(8)}`,
  `${number.slice(2, 6)}x${number.slice(6)}`,
];
const places = [
  ['as the field', (text: string) => () => text],
  ['as its second component', (text: string) => (was: string) => `${was.split('^')[0]}^${text}`],
  ['as its last component', (text: string) => (was: string) => `${was}^^^${text}`],
  ['as its second repetition', (text: string) => (was: string) => `${was}~${text}`],
  ['as its subcomponent', (text: string) => (was: string) => `${was}&${text}`],
] as const;

it.each(places)(
  'PAT-1: a personal number %s of any field of the header is not kept',
  async (_place, write) => {
    const taken = new Set<number>();
    let sent = 0;
    for (let field = 3; field <= 25; field += 1)
      for (const text of disguised) {
        const message = withHeader(field, write(text), `H${field}-${(sent += 1)}-${_place}`);
        const answer = await send(message);
        if (codeOf(answer) !== 'AA') continue;
        taken.add(field);
        expect(await send(message)).toBe(answer);
      }
    // Where the answer repeats the header.
    for (const field of [5, 6]) expect([field, taken.has(field)]).toEqual([field, true]);
    const { rows } = await test.database.query<{ kept: string }>(
      `select (to_jsonb(r) - 'message')::text as kept from connector_receipt as r`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const text of disguised) expect(rows.filter(({ kept }) => kept.includes(text))).toEqual([]);
  },
);

it('an answer that an older version kept whole is given with its own time and id', () => {
  const kept =
    'MSH|^~\\&|HUB|REGION|MELIOR|SUS|20260110093000||ACK^A01^ACK|0123456789abcdef0123|P|2.5\rMSA|AA|M1\r';
  const header = { ...unknownHeader, sendingApplication: 'MELIOR', sendingFacility: 'SUS', controlId: 'M1' };
  const whole = { ...header, receivingApplication: 'HUB', receivingFacility: 'REGION', event: 'A01' };
  expect(giveAgain(kept, whole)).toBe(kept);
});
