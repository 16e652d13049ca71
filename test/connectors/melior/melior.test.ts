import {
  adt,
  codeOf,
  mapping,
  number,
  published,
  runMelior,
  segment,
  testNumber,
  transportOn,
} from '../common/support.js';
import { exchange, log, melior, nextId, send, test } from './melior-setup.js';

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
