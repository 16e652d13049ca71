import { connect } from 'node:net';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';
import { MllpClient, sendMllp } from '../../../connectors/melior/mllp/send-mllp.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import {
  adt,
  codeOf,
  logged,
  mapping,
  number,
  published,
  runMelior,
  segment,
  testNumber,
  transportOn,
  type MessageParts,
} from '../common/support.js';

let test: TestDatabase;
let melior: Awaited<ReturnType<typeof runMelior>>;
const log = logged();
let controlIds = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  melior = await runMelior(test.url, await transportOn(test.database), {
    logger: log.logger,
    limits: { largestMessageBytes: 20_000, messageMilliseconds: 3_000 },
  });
});
afterAll(async () => {
  await melior.end();
  await test.drop();
});

const nextId = (): string => `T${(controlIds += 1)}`;
const send = (message: string): Promise<string> =>
  sendMllp(melior.address.host, melior.address.port, message);

/** Sends and returns the answer with the fact that came of it, if any did. */
async function exchange(parts: MessageParts & { bytes?: (text: string) => Buffer }) {
  const controlId = parts.controlId ?? nextId();
  const text = adt({ ...parts, controlId });
  const client = await MllpClient.open(melior.address.host, melior.address.port);
  const answer = (await client.send(parts.bytes?.(text) ?? Buffer.from(text, 'utf8'))).toString('latin1');
  client.close();
  if (codeOf(answer) !== 'AA') return { answer, code: codeOf(answer) };
  const event = await waitFor(`the fact of ${controlId}`, async () =>
    (await published(test.database)).find((each) => each.data.messageId === controlId),
  );
  return { answer, code: 'AA', event, fact: event.data };
}

it('an admission becomes a fact on the stay topic, and AA says that it is stored', async () => {
  const { answer, event, fact } = await exchange({ more: 'PV2|||||||||20260115' });
  expect(answer).toMatch(
    /^MSH\|\^~\\&\|HUB\|REGION\|MELIOR\|SUS\|\d{14}\|\|ACK\^A01\^ACK\|\w{20}\|P\|2\.5\|/,
  );
  expect(event?.source).toBe('urn:hemgang:connector:melior:MELIOR:SUS');
  expect(fact).toMatchObject({
    kind: 'admitted',
    person: { type: 'personnummer', value: number },
    ward: 'SE2321000016-W101',
    visit: 'V100',
    sender: 'MELIOR/SUS',
    occurredAt: '2026-01-10T08:29:00.000Z',
    admittedAt: '2026-01-10T08:25:00.000Z',
    expectedDischarge: '2026-01-14T23:00:00.000Z',
  });
});

it('SVU-25: a change of ward is a transfer, not a discharge', async () => {
  const { fact } = await exchange({
    event: 'A02',
    pv1: segment('PV1', { 3: 'A2^1^1', 6: 'A1^12^2', 19: 'V100' }),
  });
  expect(fact).toMatchObject({ kind: 'transferred', ward: 'SE2321000016-W102' });
  expect(fact).not.toHaveProperty('dischargedAt');
});

/** A number as people write it, and as those do who want it unseen. */
const written = [
  number,
  `${number.slice(2, 8)}-${number.slice(8)}`,
  `${number.slice(2, 6)}x${number.slice(6, 8)}x${number.slice(8)}`,
  `ADT ${number.slice(0, 4)} ${number.slice(4, 6)} ${number.slice(6, 8)} ${number.slice(8)}/7`,
];

it.each(written)(
  'a control id written %s is kept nowhere, and a repeat of it is known and answered the same',
  async (controlId) => {
    const message = adt({ controlId, pv1: segment('PV1', { 3: 'A1', 19: `C-${nextId()}` }) });
    const answer = await send(message);
    expect([codeOf(answer), answer.includes(`MSA|AA|${controlId}`)]).toEqual(['AA', true]);
    expect(await send(message)).toBe(answer);
    expect(codeOf(await send(message.replace('|A1|', '|A2|')))).toBe('AR');
    const { rows } = await test.database.query<{ control_id: string; answer: string }>(
      'select control_id, answer from connector_receipt order by number desc limit 1',
    );
    const facts = await published(test.database);
    const kept = JSON.stringify([rows, facts.map(({ data }) => data.messageId)]);
    expect(rows[0]?.control_id).toMatch(/^withheld-[\w-]{43}$/);
    expect([kept.includes(controlId), kept.includes(number)]).toEqual([false, false]);
  },
);

it('PAT-2: names and addresses in a message are ignored', async () => {
  const { event } = await exchange({});
  expect(JSON.stringify(event)).not.toMatch(/Påhittad|Östen/);
});

it('PAT-1: ten digits, a separator and a samordningsnummer are brought to twelve digits', async () => {
  const coordination = testNumber('19540178', 981);
  const ten = await exchange({ person: `PID|1||${number.slice(2, 8)}+${number.slice(8)}^^^SKV^NI` });
  const dash = await exchange({
    person: `PID|1||${coordination.slice(2, 8)}-${coordination.slice(8)}^^^SKV^NI`,
  });
  expect(ten.fact?.person).toEqual({ type: 'personnummer', value: number });
  expect(dash.fact?.person).toEqual({ type: 'samordningsnummer', value: coordination });
});

it.each([
  ['PAT-3: a wrong check digit', '190503279813', 'other'],
  ['PAT-3: a date that does not exist', '190513279812', 'other'],
  ['PAT-3: something that is no number at all', 'OKÄND', 'other'],
  ['PAT-4: an R-number', 'R1234567', 'reserve'],
  ['PAT-4: a national reserve number', '98240301AA06', 'reserve'],
])('%s is stored as a fact, and its answer is the same as for anybody', async (_name, value, type) => {
  const { answer, fact } = await exchange({ person: `PID|1||${value}^^^SKV^NI` });
  const other = await exchange({});
  expect(fact?.person).toEqual({ type, value });
  // The id first: its hexadecimal digits may begin with as many decimal ones as a time has.
  const shape = (text: string): string => text.replaceAll(/[0-9a-f]{20}|\d{14}|T\d+/g, '#');
  expect(shape(answer)).toBe(shape(other.answer));
});

it('the identity is chosen by type among the repetitions of PID-3, escapes and "" undone', async () => {
  const person = `PID|1||4711^^^SUS^PI~""^^^SKV^NI~${number.slice(0, 8)}\\X2D\\${number.slice(8)}^^^SKV&1.2.3&ISO^NI`;
  const { fact } = await exchange({ person });
  expect(fact?.person).toEqual({ type: 'personnummer', value: number });
});

it('a ward that the mapping does not know is left out, the fact is stored and the log says so', async () => {
  const { fact } = await exchange({ pv1: segment('PV1', { 3: 'X9', 19: 'V7' }) });
  expect(fact).not.toHaveProperty('ward');
  expect(log.lines.some((line) => line.includes('"ward":"X9"'))).toBe(true);
});

it.each([
  ['UNICODE UTF-8', (text: string) => Buffer.from(text, 'utf8')],
  ['8859/1', (text: string) => Buffer.from(text, 'latin1')],
  ['8859/15', (text: string) => Buffer.from(text, 'latin1')],
  ['', (text: string) => Buffer.from(text, 'latin1')],
])('å, ä and ö survive %s', async (set, bytes) => {
  const { fact } = await exchange({ set, bytes, pv1: segment('PV1', { 3: 'ÅÄÖ', 19: 'Vårdtillfälle-ö' }) });
  expect(fact).toMatchObject({ ward: 'SE2321000016-W103', visit: 'Vårdtillfälle-ö' });
});

it.each([
  ['UTF-8 that is Latin 1', 'UNICODE UTF-8', 'latin1'],
  ['Latin 1 that is UTF-8', '8859/1', 'utf8'],
  ['ASCII with more', 'ASCII', 'utf8'],
  ['a set nobody reads', 'GB 18030-2000', 'utf8'],
] as const)('a wrong declaration is noticed: %s', async (_name, set, encoding) => {
  const { answer, code } = await exchange({ set, bytes: (text) => Buffer.from(text, encoding) });
  expect(code).toBe('AE');
  expect(answer).toContain('MSH-18');
});

it.each([
  ['another type', adt({ controlId: 'R1' }).replace('ADT^A01', 'ORU^R01'), 'AR', '200'],
  ['another event', adt({ controlId: 'R2', event: 'A04' }), 'AR', '201'],
  ['another version', adt({ controlId: 'R3', version: '3.0' }), 'AR', '203'],
  ['a processing id of somebody else', adt({ controlId: 'R4' }).replace('|P|2.5', '|D|2.5'), 'AR', '202'],
  ['no control id', adt({ controlId: '' }), 'AE', '101'],
  ['no PID', adt({ controlId: 'R5', person: 'ZPI|1' }), 'AE', '100'],
  ['no identity', adt({ controlId: 'R6', person: 'PID|1||""' }), 'AE', '101'],
  ['no visit', adt({ controlId: 'R7', pv1: 'PV1|1|I|A1' }), 'AE', '101'],
  [
    'a visit that is too long',
    adt({ controlId: 'R8', pv1: segment('PV1', { 19: 'V'.repeat(101) }) }),
    'AE',
    '102',
  ],
  ['a time that is none', adt({ controlId: 'R9', evn: 'EVN|A01|2026-01-10' }), 'AE', '102'],
  ['a time in the hour that is skipped', adt({ controlId: 'R10', evn: 'EVN|A01|202603290230' }), 'AE', '102'],
  [
    'an escaped zero byte',
    adt({ controlId: 'R11', pv1: segment('PV1', { 3: 'A1', 19: 'V\\X00\\1' }) }),
    'AE',
    '102',
  ],
  ['nonsense', 'Hello, world', 'AR', '100'],
  ['something too large', adt({ controlId: 'R12', more: `NTE|1||${'x'.repeat(30_000)}` }), 'AR', '104'],
])('%s is refused with its reason and nothing is stored', async (_name, message, code, condition) => {
  const before = await published(test.database);
  const answer = await send(message);
  expect(codeOf(answer)).toBe(code);
  expect(answer).toContain(condition);
  expect(await published(test.database)).toHaveLength(before.length);
});

it('a time in the doubled hour takes the first and is marked', async () => {
  const { fact } = await exchange({ evn: 'EVN|A01|202510260230' });
  expect(fact).toMatchObject({ occurredAt: '2025-10-26T00:30:00.000Z', ambiguousTime: true });
});

it('other separators, LF between segments and Z segments are understood; the answer speaks the same', async () => {
  const message = adt({ controlId: 'SEP1', more: 'ZZZ|anything' })
    .replaceAll('|', '#')
    .replaceAll('^', '*')
    .replace('~\\&', '!?$')
    .replaceAll('\r', '\n');
  const answer = await send(message);
  expect(answer).toMatch(/^MSH#\*!\?\$#HUB#/);
  expect(answer).toContain('MSA#AA#SEP1');
});

it('the answer before 2.5 carries ERR as it was then', async () => {
  const { answer } = await exchange({ version: '2.3', event: 'A01', pv1: 'PV1|1|I|A1' });
  expect(answer).toMatch(/\rERR\|PV1\^1\^19\^101&Required field missing&HL70357/);
});

describe('repeats', () => {
  it('a repeat, also with another message time, gets the very same answer and is one fact', async () => {
    const first = await exchange({ controlId: 'REP1' });
    const again = await send(adt({ controlId: 'REP1', sent: '20260110100000' }));
    expect(again).toBe(first.answer);
    expect((await published(test.database)).filter((each) => each.data.messageId === 'REP1')).toHaveLength(1);
  });

  it('design 7.2: the id of a stored message is refused for one that would store nothing', async () => {
    await exchange({ controlId: 'REP7' });
    const outpatient = segment('PV1', { 2: 'O', 3: 'A1', 19: 'V100' });
    const answer = await send(adt({ controlId: 'REP7', pv1: outpatient }));
    expect(codeOf(answer)).toBe('AR');
    expect(answer).toContain('205');
  });

  it('the same id with other content is refused', async () => {
    await exchange({ controlId: 'REP2' });
    const answer = await send(adt({ controlId: 'REP2', pv1: segment('PV1', { 3: 'A2', 19: 'V100' }) }));
    expect(codeOf(answer)).toBe('AR');
    expect(answer).toContain('205');
  });

  it('the same id from another sender is another message', async () => {
    await exchange({ controlId: 'REP3' });
    const answer = await send(adt({ controlId: 'REP3', event: 'A02' }).replace('|SUS|', '|CSK|'));
    expect(codeOf(answer)).toBe('AA');
  });

  it('outside the window the id may come again, because senders reset their counters', async () => {
    let now = new Date('2026-01-10T09:00:00Z');
    const other = await runMelior(test.url, await transportOn(test.database), {
      clock: () => now,
      windowMilliseconds: 3_600_000,
    });
    const ask = (event: string): Promise<string> =>
      sendMllp(other.address.host, other.address.port, adt({ controlId: 'REP4', event }));
    try {
      expect(codeOf(await ask('A01'))).toBe('AA');
      await waitFor('REP4', async () => (await kindsOf('REP4')).length === 1);
      now = new Date('2026-01-10T09:59:00Z');
      expect(codeOf(await ask('A03'))).toBe('AR');
      now = new Date('2026-01-10T10:01:00Z');
      expect(codeOf(await ask('A03'))).toBe('AA');
      await waitFor('both facts', async () => (await kindsOf('REP4')).length === 2);
    } finally {
      await other.end();
    }
  });

  const kindsOf = async (controlId: string): Promise<readonly string[]> =>
    (await published(test.database))
      .filter((each) => each.data.messageId === controlId)
      .map((each) => each.data.kind);

  it('the same repeat on many connections at once is one fact, and all get the answer', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(adt({ controlId: 'REP5' }))));
    expect(new Set(answers).size).toBe(1);
    await waitFor('REP5', async () => (await kindsOf('REP5')).length > 0);
    expect(await kindsOf('REP5')).toHaveLength(1);
  });
});

describe('on the wire', () => {
  /** Writes bytes in pieces and gathers the answers. */
  async function raw(pieces: readonly Buffer[], answers: number): Promise<readonly string[]> {
    const socket = connect({ host: melior.address.host, port: melior.address.port, noDelay: true });
    const framer = new MllpFramer(100_000);
    const got: string[] = [];
    socket.on('data', (chunk: Buffer) => {
      for (const each of framer.push(chunk))
        if (each.kind === 'message') got.push(each.bytes.toString('latin1'));
    });
    for (const piece of pieces) {
      await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await waitFor(`${answers} answers`, () => Promise.resolve(got.length >= answers));
    socket.destroy();
    return got;
  }
  const framed = (controlId: string): Buffer => frame(Buffer.from(adt({ controlId }), 'utf8'));

  it('a message in one-byte packets is one message', async () => {
    const bytes = framed('W1');
    const pieces = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
    expect((await raw(pieces, 1)).map(codeOf)).toEqual(['AA']);
  });

  it('several messages in one packet are answered in order, garbage between them passed over', async () => {
    const packet = Buffer.concat([
      Buffer.from('noise\r\n'),
      framed('W2'),
      Buffer.from('\r\nmore'),
      framed('W3'),
      framed('W4'),
    ]);
    const answers = await raw([packet], 3);
    expect(answers.map((each) => /MSA\|AA\|(W\d)/.exec(each)?.[1])).toEqual(['W2', 'W3', 'W4']);
  });

  it('a message cut off by the start of the next is not taken, the next is', async () => {
    const cut = framed('W5').subarray(0, 100);
    const answers = await raw([Buffer.concat([cut, framed('W6')])], 1);
    expect(answers[0]).toContain('MSA|AA|W6');
  });

  it('a sender that stops half-way is closed, and others are served meanwhile', async () => {
    const socket = connect({ host: melior.address.host, port: melior.address.port });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(framed('W7').subarray(0, 50));
    const { code } = await exchange({});
    expect(code).toBe('AA');
    await closed;
  });

  it('the order of a sender is the order of its facts', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `O${String(index).padStart(3, '0')}`);
    const client = await MllpClient.open(melior.address.host, melior.address.port);
    for (const controlId of ids) await client.send(Buffer.from(adt({ controlId }), 'utf8'));
    client.close();
    const facts = await waitFor('all facts', async () => {
      const found = (await published(test.database)).filter((each) => /^O\d{3}$/.test(each.data.messageId));
      return found.length >= ids.length && found;
    });
    expect(facts.map((each) => each.data.messageId)).toEqual(ids);
  });
});

it('no log line and no answer holds a personal number or a name', () => {
  expect(log.lines.length).toBeGreaterThan(50);
  expect(log.lines.join('')).not.toMatch(/0503279812|050327-9812|Påhittad|Östen/);
});

it('a mapping file that is not usable is refused at start, naming every fault', async () => {
  const wrong = {
    ...mapping,
    visit: 'PV1',
    ward: { paths: ['PV1-0'], table: { A1: 'not an id!' } },
    extra: 1,
  };
  const starting = runMelior(test.url, await transportOn(test.database), { mapping: wrong });
  await expect(starting).rejects.toThrow(/visit: .*ward\.paths\.0: .*ward\.table\.A1: .*|extra/s);
});

it('health tells what came in, without personal data', async () => {
  const { status, detail } = await melior.health();
  expect(status).toBe('up');
  expect(detail['stored']).toBeGreaterThan(10);
  expect(detail['unknownWards']).toBeGreaterThan(0);
});
