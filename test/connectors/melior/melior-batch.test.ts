import { defaultLimits } from '../../../connectors/melior/mllp/limits.js';
import { loadConfiguration } from '../../../src/configuration/load-configuration.js';
import { MemoryReceiver } from '../common/memory-receiver.js';
import { adt, codeOf, mapping } from '../common/support.js';

const bhs = 'BHS|^~\\&|MELIOR|SUS|HUB|REGION|20260110093000||||B7';
const fhs = 'FHS|^~\\&|MELIOR|SUS|HUB|REGION|20260110093000||||F7';
const one = (controlId: string, event = 'A01'): string => adt({ controlId, event });
const batch = (messages: readonly string[], count: number | '' = messages.length): string =>
  `${bhs}\r${messages.join('')}BTS|${count}\r`;
const codes = (answer: string): readonly string[] =>
  [...answer.matchAll(/MSA\|(\w\w)\|(\w+)/g)].map(([, code, id]) => `${code} ${id}`);

it('each message of a batch is stored and acknowledged, in order, as a batch', async () => {
  const receiver = new MemoryReceiver();
  const answer = await receiver.ask(batch([one('1'), one('2', 'A02'), one('3', 'A03')]));
  expect(answer).toMatch(/^BHS\|\^~\\&\|HUB\|REGION\|MELIOR\|SUS\|\d{14}\|\|\|\|\|B7\rMSH\|[^]*\rBTS\|3\r$/);
  expect(codes(answer)).toEqual(['AA 1', 'AA 2', 'AA 3']);
  expect(receiver.facts().map((each) => each['messageId'])).toEqual(['1', '2', '3']);
});

it('a file of several batches is answered as one', async () => {
  const receiver = new MemoryReceiver();
  const answer = await receiver.ask(`${fhs}\r${batch([one('1')])}${batch([one('2'), one('3')], '')}FTS|2\r`);
  expect(answer.split('\r').map((line) => line.slice(0, 5))).toEqual(
    ['FHS|^', 'BHS|^', 'MSH|^', 'MSA|A', 'BTS|1', 'BHS|^', 'MSH|^', 'MSA|A', 'MSH|^', 'MSA|A'].concat([
      'BTS|2',
      'FTS|2',
      '',
    ]),
  );
  expect(receiver.receipts).toHaveLength(3);
});

it('several messages in one frame without BHS are a batch too: none is passed over', async () => {
  const receiver = new MemoryReceiver();
  expect(codes(await receiver.ask(one('1') + one('2')))).toEqual(['AA 1', 'AA 2']);
  expect(receiver.receipts).toHaveLength(2);
});

it('with LF between segments and separators of its own a batch is read as well', async () => {
  const text = batch([one('1'), one('2')])
    .replaceAll('|', '#')
    .replaceAll('\r', '\n');
  const answer = await new MemoryReceiver().ask(text);
  expect(answer).toMatch(/^BHS#/);
  expect(answer).toContain('MSA#AA#2');
  expect(answer).toContain('BTS#2');
});

it('one message that is refused stops no other', async () => {
  const receiver = new MemoryReceiver();
  const answer = await receiver.ask(batch([one('1'), one('2', 'Z99'), one('3')]));
  expect(codes(answer)).toEqual(['AA 1', 'AR 2', 'AA 3']);
  expect(receiver.receipts).toHaveLength(2);
});

it('a batch that comes again gets the same acknowledgements and stores nothing new', async () => {
  const receiver = new MemoryReceiver();
  const text = batch([one('1'), one('2')]);
  const first = await receiver.ask(text);
  expect(await receiver.ask(text)).toBe(first);
  expect(receiver.receipts).toHaveLength(2);
  // Also a message of it that comes by itself.
  expect(first).toContain(await receiver.ask(one('2')));
});

it.each([
  ['a count of messages that is wrong', batch([one('1')], 2), 'B7', 'BTS^1^1'],
  ['a count of batches that is wrong', `${fhs}\r${batch([one('1')])}FTS|3\r`, 'B7', 'FTS^1^1'],
  ['a segment outside any message', `${bhs}\rPID|1\r${one('1')}BTS|1\r`, 'B7', 'PID: '],
  ['something after its end', `${fhs}\r${batch([one('1')])}FTS|1\r${one('2')}`, 'B7', 'FTS: '],
  ['a file inside a file', `${batch([one('1')])}${fhs}\r${one('2')}`, 'B7', 'FHS: '],
  ['a header nobody can read', `BHS|aa\r${one('1')}BTS|1\r`, '1', 'BHS-2: '],
])(
  'a batch with %s is refused as a whole by one answer, and nothing is stored',
  async (_name, text, id, where) => {
    const receiver = new MemoryReceiver();
    const answer = await receiver.ask(text);
    expect(codes(answer)).toEqual([`AR ${id}`]);
    expect(answer).toContain(where);
    expect(receiver.receipts).toHaveLength(0);
  },
);

it('more messages than are allowed in a batch are refused as a whole', async () => {
  const receiver = new MemoryReceiver(mapping, 2);
  expect(codes(await receiver.ask(batch([one('1'), one('2')])))).toHaveLength(2);
  const answer = await receiver.ask(batch([one('3'), one('4'), one('5')]));
  expect(codes(answer)).toEqual(['AR B7']);
  expect(answer).toContain('more than 2 messages');
  expect(receiver.receipts).toHaveLength(2);
});

it('at the limit that holds unless configured a batch is taken, and one message more is refused as a whole', async () => {
  const { batchMessages, largestMessageBytes } = defaultLimits;
  expect(batchMessages).toBe(loadConfiguration({}).melior.batchLimit);
  const ids = Array.from({ length: batchMessages }, (_, index) => `L${index}`);
  const largest = batch(ids.map((id) => one(id)));
  expect(Buffer.byteLength(largest)).toBeLessThan(largestMessageBytes);
  const receiver = new MemoryReceiver(mapping, batchMessages);
  expect(codes(await receiver.ask(largest))).toEqual(ids.map((id) => `AA ${id}`));
  expect(receiver.receipts).toHaveLength(batchMessages);
  const answer = await receiver.ask(batch([...ids, 'ONE-MORE'].map((id) => one(`N${id}`))));
  expect(codes(answer)).toEqual(['AR B7']);
  expect(answer).toContain(`more than ${batchMessages} messages`);
  expect(receiver.receipts).toHaveLength(batchMessages);
});

it('an empty batch is answered by an empty batch', async () => {
  expect(await new MemoryReceiver().ask(batch([]))).toMatch(/^BHS\|[^\r]*\rBTS\|0\r$/);
});

it.each([
  ['of a batch', 'BTS|', 'BTS'],
  ['of an empty batch', 'BTS|0\r', 'BTS'],
  ['of a file', 'FTS|0\r', 'FTS'],
])(
  'INT-1: the end %s that never began is refused: no frame is answered by an empty one',
  async (_name, text, where) => {
    const answer = await new MemoryReceiver().ask(text);
    expect(codeOf(answer)).toBe('AR');
    expect(answer).toContain(`${where}: `);
  },
);

it('after a message that cannot be stored now the rest is not tried, so that order is kept', async () => {
  const receiver = new MemoryReceiver();
  const text = batch([one('1'), one('2'), one('3')]);
  await receiver.ask(one('1'));
  receiver.down = true;
  const answer = await receiver.ask(text);
  expect(codes(answer)).toEqual(['AR 1', 'AR 2', 'AR 3']);
  receiver.down = false;
  expect(codes(await receiver.ask(text))).toEqual(['AA 1', 'AA 2', 'AA 3']);
});

it('a sender that wants no answer then has the connection closed', async () => {
  const receiver = new MemoryReceiver({ ...mapping, notNow: 'close' });
  receiver.down = true;
  expect(await receiver.ask(batch([one('1'), one('2')]))).toBe('close');
  expect(codeOf(await receiver.ask('PID|1'))).toBe('AR');
});
