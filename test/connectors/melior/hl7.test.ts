import * as fc from 'fast-check';
import { characterSet } from '../../../connectors/melior/hl7/character-set.js';
import { readPath } from '../../../connectors/melior/hl7/field-path.js';
import { Hl7Message } from '../../../connectors/melior/hl7/hl7-message.js';
import { NotHl7 } from '../../../connectors/melior/hl7/separators.js';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';
import { MllpClient } from '../../../connectors/melior/mllp/send-mllp.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { adt, codeOf, runMelior, segment, throwsOnly, transportOn } from '../common/support.js';

const parse = (text: string): Hl7Message => Hl7Message.parse(text, (bytes) => bytes.toString('latin1'));
const at = (message: Hl7Message, path: string) => {
  const read = readPath(path);
  if (!read) throw new Error(`not a path: ${path}`);
  return message.get(read);
};

describe('reading a message', () => {
  const message = parse(
    'MSH|^~\\&|A&B|||||x|ADT^A01|1|P|2.5\rPID|1||a^b&c&d^e~f^g|""|| \rZZ1|\\F\\\\S\\\\R\\\\E\\\\T\\|\\X41E5\\|a\\.br\\b|\\H\\c\\N\\|\\Cxx\\|\\open\rPID|second',
  );

  it.each([
    ['MSH-1', '|'],
    ['MSH-3', 'A'],
    ['MSH-3.1.2', 'B'],
    ['MSH-9.2', 'A01'],
    ['PID-3', 'a'],
    ['PID-3.2', 'b'],
    ['PID-3.2.3', 'd'],
    ['PID-4', null],
    ['PID-5', undefined],
    ['PID-6', undefined],
    ['PID-99', undefined],
    ['NK1-1', undefined],
    ['ZZ1-1', '|^~\\&'],
    ['ZZ1-2', 'Aå'],
    ['ZZ1-3', 'a\nb'],
    ['ZZ1-4', 'c'],
    ['ZZ1-5', '\\Cxx\\'],
    ['ZZ1-6', '\\open'],
    ['PID-1', '1'],
  ])('%s is %j', (path, value) => {
    expect(at(message, path)).toBe(value);
  });

  it('repetitions are told apart', () => {
    expect(message.repetitions('PID', 3).map((each) => each.get(2))).toEqual(['b', 'g']);
  });

  it('what makes a repeat leaves out the message time and nothing else', () => {
    const one = parse('MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1');
    const two = parse('MSH|^~\\&|A|B|C|D|20260102||ADT^A01|1|P|2.5\rPID|1');
    const three = parse('MSH|^~\\&|A|B|C|D|20260102||ADT^A01|1|P|2.5\rPID|2');
    expect(two.content()).toEqual(one.content());
    expect(three.content()).not.toEqual(one.content());
  });

  it('a message that leaves out escape and subcomponent separators has none', () => {
    const plain = parse('MSH|^~|A\\F\\B&C\rPID|1');
    expect(at(plain, 'MSH-3')).toBe('A\\F\\B&C');
  });

  it.each(['', 'PID|1', 'MSH', 'MSH|', 'MSH|^', 'MSH|^^~\\', 'MSHa^~\\&a', 'MSH|ab~\\|', 'GET / HTTP/1.1'])(
    '"%s" is no HL7 message',
    (text) => {
      expect(() => parse(text)).toThrow(NotHl7);
    },
  );

  it('no text makes it fail in another way', () => {
    const pieces = fc.constantFrom(
      'MSH',
      'PID',
      'PV1',
      '|',
      '^',
      '~',
      '\\',
      '&',
      '\r',
      '\n',
      'X',
      '41',
      '.br',
      '""',
      'å',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const read = (): void => {
          const message = parse(`MSH|^~\\&|${parts.join('')}`);
          for (const path of ['MSH-3', 'PID-3.2', 'PV1-19', 'MSH-18']) at(message, path);
          message.content();
        };
        expect(throwsOnly(NotHl7, read)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

it('character sets: what one side writes in a Latin set, the other reads', () => {
  expect(characterSet('8859/15')?.decode(Buffer.from([0xa4, 0xe5]))).toBe('€å');
  expect(characterSet('8859/1')?.decode(Buffer.from([0xa4, 0xe5]))).toBe('¤å');
  expect(characterSet('ISO-8859-2')?.decode(Buffer.from([0xb1]))).toBe('ą');
  expect(characterSet('unicode utf-8')?.name).toBe('UNICODE UTF-8');
  expect(characterSet('8859/12')).toBeUndefined();
});

describe('MLLP framing', () => {
  it('messages come out whole however the bytes are cut', () => {
    const text = fc
      .string({ minLength: 1, maxLength: 50 })
      .map((each) => each.replaceAll('\u000b', '.').replaceAll('\u001c', '.'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, fc.constantFrom('', '\r\n', 'noise')), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (messages, cuts) => {
          const bytes = Buffer.concat(
            messages.flatMap(([message, gap]) => [frame(Buffer.from(message)), Buffer.from(gap)]),
          );
          const framer = new MllpFramer(1000);
          const found: string[] = [];
          for (let from = 0, cut = 0; from < bytes.length; cut += 1) {
            const size = cuts[cut % cuts.length] ?? 1;
            for (const each of framer.push(bytes.subarray(from, from + size)))
              found.push(each.kind === 'message' ? each.bytes.toString() : 'oversized');
            from += size;
          }
          for (const each of framer.settle())
            found.push(each.kind === 'message' ? each.bytes.toString() : 'oversized');
          expect(found).toEqual(messages.map(([message]) => message));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('an oversized frame is told with its start, keeps no more than that, and the next is read', () => {
    const framer = new MllpFramer(10_000);
    const huge = frame(Buffer.alloc(5_000_000, 'x'));
    const frames = [];
    for (let from = 0; from < huge.length; from += 65_536)
      frames.push(...framer.push(huge.subarray(from, from + 65_536)));
    frames.push(...framer.push(frame(Buffer.from('next'))));
    expect(frames.map((each) => each.kind)).toEqual(['oversized', 'message']);
    expect(frames[0]?.kind === 'oversized' && frames[0].start.length).toBe(4096);
  });
});

describe('over the wire', () => {
  let test: TestDatabase;
  let melior: Awaited<ReturnType<typeof runMelior>>;
  beforeAll(async () => {
    test = await createTestDatabase();
    melior = await runMelior(test.url, await transportOn(test.database));
  });
  afterAll(async () => {
    await melior.end();
    await test.drop();
  });

  it('any message gets an answer, and the answer is right about what was stored', async () => {
    const client = await MllpClient.open('127.0.0.1', melior.address.port);
    let count = 0;
    const junk = fc.constantFrom(
      '',
      '""',
      '^^^',
      '~',
      '\\X41\\',
      '\\X',
      'å',
      '20260329023000',
      '20260110',
      'A1',
      'V1',
      '&',
      '|',
      '\r',
      'x'.repeat(300),
    );
    const fields = fc.dictionary(fc.integer({ min: 1, max: 46 }).map(String), junk, { maxKeys: 12 });
    await fc.assert(
      fc.asyncProperty(
        fields,
        fields,
        fc.constantFrom('A01', 'A02', 'A03', 'A08', 'A11', 'A13', 'A40', 'Z99'),
        fc.boolean(),
        async (pid, pv1, event, keep) => {
          const controlId = `F${(count += 1)}`;
          const parts = keep
            ? {}
            : { person: segment('PID', { 1: '1', ...pid }), pv1: segment('PV1', { 1: '1', ...pv1 }) };
          const answer = (
            await client.send(Buffer.from(adt({ controlId, event, ...parts }), 'utf8'))
          ).toString('latin1');
          const { rows } = await test.database.query(
            'select 1 from connector_receipt where control_id = $1',
            [controlId],
          );
          expect(answer).toContain(`|${controlId}`);
          expect(rows.length === 1).toBe(codeOf(answer) === 'AA' && !answer.includes('nothing stored'));
        },
      ),
      { numRuns: 400 },
    );
    client.close();
  });

  it('any bytes in a frame get an answer or a closed connection, and the next message is taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, header) => {
        const client = await MllpClient.open('127.0.0.1', melior.address.port);
        const content = Buffer.from(bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c));
        const start = header ? 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|' : '';
        const answer = await client.send(Buffer.concat([Buffer.from(start), content]));
        expect(['AA', 'AE', 'AR']).toContain(codeOf(answer.toString('latin1')));
        client.close();
      }),
      { numRuns: 200 },
    );
    const client = await MllpClient.open('127.0.0.1', melior.address.port);
    expect(codeOf((await client.send(Buffer.from(adt({ controlId: 'AFTER' })))).toString())).toBe('AA');
    client.close();
  });
});
