import { MemoryReceiver } from '../common/memory-receiver.js';
import { adt, codeOf, mapping, segment } from '../common/support.js';

const ward = 'ÅÄÖåäöéü';
const own = { ...mapping, ward: { table: { [ward]: 'SE2321000016-W103' } } };
const pv1 = segment('PV1', { 2: 'I', 3: ward, 19: 'Vårdtillfälle-ÅÄÖ-éü' });

async function ask(bytes: Buffer, changes: Readonly<Record<string, unknown>> = {}) {
  const receiver = new MemoryReceiver({ ...own, ...changes });
  const answer = await receiver.ask(bytes);
  return { answer, code: codeOf(answer), fact: receiver.facts()[0] };
}

const utf8 = (set: string): Buffer => Buffer.from(adt({ set, pv1 }), 'utf8');
const latin = (set: string): Buffer => Buffer.from(adt({ set, pv1 }), 'latin1');
/** DOS code page 850, which has å, ä and ö elsewhere. */
const dos = (set: string): Buffer =>
  Buffer.from(
    adt({ set, pv1: segment('PV1', { 2: 'I', 3: 'A1', 19: 'V\u0086rd' }), person: 'PID|1||R1234567' }),
    'latin1',
  );

it.each(['8859/1', '8859/9', '8859/14', '8859/15', 'ISO-8859-1', 'windows-1252', '', '8859/1~UNICODE UTF-8'])(
  'å, ä, ö, é and ü survive %s',
  async (set) => {
    const { fact } = await ask(latin(set));
    expect(fact).toMatchObject({ ward: 'SE2321000016-W103', visit: 'Vårdtillfälle-ÅÄÖ-éü' });
  },
);

it.each(['UNICODE UTF-8', 'UTF-8', 'unicode utf-8', 'UNICODE UTF-8~8859/1'])(
  'å, ä, ö, é and ü survive %s',
  async (set) => {
    const { fact } = await ask(utf8(set));
    expect(fact).toMatchObject({ ward: 'SE2321000016-W103', visit: 'Vårdtillfälle-ÅÄÖ-éü' });
  },
);

it('a mark of UTF-8 before the message is passed over, and gives away a message that says Latin', async () => {
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);
  expect((await ask(Buffer.concat([mark, utf8('UNICODE UTF-8')]))).code).toBe('AA');
  expect((await ask(Buffer.concat([mark, utf8('8859/1')]))).code).toBe('AE');
});

it.each([
  ['UTF-8 that is Latin 1', latin('UNICODE UTF-8')],
  ['Latin 1 that is UTF-8', utf8('8859/1')],
  ['Windows that is UTF-8', utf8('windows-1252')],
  ['no set, and UTF-8', utf8('')],
  ['ASCII that is Latin 1', latin('ASCII')],
  [
    'Latin 1 that is UTF-8 in a part alone',
    Buffer.concat([latin('8859/1'), Buffer.from('ZZZ|Ã¥', 'latin1')]),
  ],
  ['Latin 1 that is DOS', dos('8859/1')],
  ['a set nobody reads', latin('8859/11')],
])('a wrong declaration is noticed: %s', async (_name, bytes) => {
  const { code, answer, fact } = await ask(bytes);
  expect(code).toBe('AE');
  expect(answer).toContain('MSH-18');
  expect(fact).toBeUndefined();
});

it('a sender that writes something else than it says is read by the mapping', async () => {
  const senders = [{ application: 'MELIOR', facility: 'SUS', characterSet: 'windows-1252' }];
  const text = adt({ set: '8859/1', pv1: segment('PV1', { 2: 'I', 3: 'A1', 19: 'V\u0093å\u0094' }) });
  expect((await ask(Buffer.from(text, 'latin1'))).code).toBe('AE');
  expect((await ask(Buffer.from(text, 'latin1'), { senders })).fact).toMatchObject({ visit: 'V“å”' });
});

it('a value that switches to another set is refused where the message names several', async () => {
  const switching = adt({
    set: '8859/1~UNICODE UTF-8',
    pv1: segment('PV1', { 2: 'I', 3: 'A1', 19: 'V\\C2842\\1' }),
    person: 'PID|1||R1234567',
  });
  const { code, answer } = await ask(Buffer.from(switching, 'latin1'));
  expect(code).toBe('AE');
  expect(answer).toContain('change of character set');
});
