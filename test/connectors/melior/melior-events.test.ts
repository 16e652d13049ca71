import { validateEvent } from '../../../src/messaging/contracts/validate-event.js';
import { MemoryReceiver } from '../common/memory-receiver.js';
import {
  adt,
  codeOf,
  logged,
  mapping,
  number,
  segment,
  testNumber,
  type MessageParts,
} from '../common/support.js';

const coordination = testNumber('19050387', 981);
const pv1 = (fields: Readonly<Record<number, string>>): string =>
  segment('PV1', { 2: 'I', 3: 'A1', 19: 'V100', 44: '20260110092500', ...fields });

async function factOf(parts: MessageParts, own: unknown = mapping) {
  const receiver = new MemoryReceiver(own);
  const answer = await receiver.ask(adt(parts));
  return { answer, code: codeOf(answer), fact: receiver.facts()[0], nothing: receiver.nothing };
}

describe('what becomes of a stay', () => {
  it('A08 tells a change: another expected discharge, another ward', async () => {
    const { fact } = await factOf({
      event: 'A08',
      pv1: pv1({ 3: 'A2' }),
      more: segment('PV2', { 9: '20260118' }),
    });
    expect(fact).toMatchObject({
      kind: 'changed',
      ward: 'SE2321000016-W102',
      expectedDischarge: '2026-01-17T23:00:00.000Z',
    });
    expect(fact).not.toHaveProperty('expectedDischargeRemoved');
  });

  it.each([
    ['A08', true],
    ['A02', true],
    ['A13', true],
    ['A01', undefined],
    ['A03', undefined],
    ['A11', undefined],
  ])('an explicit nothing ("") as expected discharge in %s: removed is %s', async (event, removed) => {
    const { fact } = await factOf({ event, more: segment('PV2', { 9: '""' }) });
    expect(fact?.['expectedDischargeRemoved']).toBe(removed);
    expect(fact).not.toHaveProperty('expectedDischarge');
  });

  it('an expected discharge that is left out says nothing of it', async () => {
    const { fact } = await factOf({ event: 'A08', more: 'PV2|' });
    expect(fact?.['kind']).toBe('changed');
    expect(Object.keys(fact ?? {}).filter((name) => name.startsWith('expected'))).toEqual([]);
  });

  it.each(['A01', 'A02', 'A08', 'A13'])(
    'SVU-25: %s that names a ward of no table says so beside the fact, whose payload older hubs can read; one that names none does not',
    async (event) => {
      const sending = async (ward: string): Promise<unknown> => {
        const receiver = new MemoryReceiver();
        expect(codeOf(await receiver.ask(adt({ event, pv1: pv1({ 3: ward }) })))).toBe('AA');
        const [receipt] = receiver.receipts;
        if (receipt === undefined) throw new Error('nothing was taken');
        const { value, headers } = receipt.message;
        expect(validateEvent('journal.stay.v1', JSON.parse(value)).faults).toBeUndefined();
        expect(value).not.toContain('wardUnknown');
        return JSON.parse(headers?.['sending'] ?? '{}');
      };
      expect(await sending('XYZ')).toMatchObject({ wardUnknown: true });
      for (const ward of ['A1', '']) expect(await sending(ward)).not.toHaveProperty('wardUnknown');
    },
  );

  it.each([
    ['A11', 'admission-cancelled'],
    ['A13', 'discharge-cancelled'],
  ])('SVU-25: %s tells %s, without a time of discharge', async (event, kind) => {
    const { fact } = await factOf({ event, pv1: pv1({ 45: '20260112100000' }) });
    expect(fact).toMatchObject({ kind, visit: 'V100' });
    expect(fact).not.toHaveProperty('dischargedAt');
  });

  it.each(['A01', 'A02', 'A03', 'A11', 'A13'])('%s without a visit is refused', async (event) => {
    const { answer, code } = await factOf({ event, pv1: 'PV1|1|I|A1' });
    expect(code).toBe('AE');
    expect(answer).toContain('PV1^1^19');
  });
});

describe('what is no hospital stay', () => {
  it.each([
    ['an outpatient', { event: 'A01', pv1: pv1({ 2: 'O' }) }],
    ['an emergency visit', { event: 'A03', pv1: pv1({ 2: 'E' }) }],
    ['a change of particulars without a visit', { event: 'A08', pv1: 'PV1|1|I' }],
    ['a change of particulars without PV1', { event: 'A08', pv1: 'ZPV|1' }],
  ])('%s is acknowledged and not told as one', async (_name, parts) => {
    const { answer, fact, nothing } = await factOf(parts);
    expect(answer).toContain('MSA|AA|M1|nothing stored: not a hospital stay');
    expect(fact).toBeUndefined();
    expect(nothing).toEqual(['not a hospital stay']);
  });

  it.each(['', 'I', 'B', 'U', 'SLUTEN'])('patient class "%s" counts as a stay', async (patientClass) => {
    const { fact } = await factOf({ pv1: pv1({ 2: patientClass }) });
    expect(fact?.['kind']).toBe('admitted');
  });

  it('which classes are none is the mapping’s to say', async () => {
    const own = { ...mapping, patientClass: { notStays: ['DAG'] } };
    expect((await factOf({ pv1: pv1({ 2: 'E' }) }, own)).fact?.['kind']).toBe('admitted');
    expect((await factOf({ pv1: pv1({ 2: 'DAG' }) }, own)).fact).toBeUndefined();
  });
});

describe('PAT-12: a merge (A40)', () => {
  const merge = (person: string, retired: string): MessageParts => ({
    event: 'A40',
    person: `PID|1||${person}`,
    pv1: `MRG|${retired}`,
  });

  it('tells the personal numbers that are retired, under the one that lives on', async () => {
    const { fact } = await factOf(
      merge(
        `4711^^^SUS^PI~${number}^^^SKV^NI`,
        `4712^^^SUS^PI~${coordination.slice(0, 8)}-${coordination.slice(8)}^^^SKV^NI`,
      ),
    );
    expect(fact).toEqual({
      person: { type: 'personnummer', value: number },
      replaced: [{ type: 'samordningsnummer', value: coordination }],
      occurredAt: '2026-01-10T08:29:00.000Z',
      sender: 'MELIOR/SUS',
      messageId: 'M1',
    });
  });

  it.each([
    ['local ids alone', '4711^^^SUS^PI', '4712^^^SUS^PI'],
    ['a local id of a person with a number', `4711^^^SUS^PI~${number}^^^SKV^NI`, '4712^^^SUS^PI'],
    [
      'two records of the same number',
      `4711^^^SUS^PI~${number}^^^SKV^NI`,
      `4712^^^SUS^PI~${number}^^^SKV^NI`,
    ],
    ['a reserve number that became a personal number', `${number}^^^SKV^NI`, '98240301AA06^^^SUS^NI'],
    ['a malformed number', `${number}^^^SKV^NI`, '190503279813^^^SKV^NI'],
  ])('of %s is acknowledged and tells nothing', async (_name, person, retired) => {
    const { answer, fact } = await factOf(merge(person, retired));
    expect(answer).toContain('MSA|AA|M1|nothing stored: no personal identity is replaced');
    expect(fact).toBeUndefined();
  });

  it('of a personal number into a reserve number is told: the number is given up all the same', async () => {
    const { fact } = await factOf(merge('98240301AA06^^^SUS^NI', `${coordination}^^^SKV^NI`));
    expect(fact).toMatchObject({ person: { type: 'reserve' }, replaced: [{ value: coordination }] });
  });

  it.each([
    ['no MRG', { ...merge(number, ''), pv1: 'ZMR|1' }],
    ['two pairs', { ...merge(number, coordination), more: `PID|2||${number}\rMRG|${coordination}` }],
    ['no identity that lives on', merge('', coordination)],
  ])('with %s is refused', async (_name, parts) => {
    expect((await factOf(parts)).code).toBe('AE');
  });
});

it('two patients in one message are refused: which one is meant is not clear', async () => {
  const { code, answer } = await factOf({ more: `PID|2||${coordination}^^^SKV^NI` });
  expect(code).toBe('AE');
  expect(answer).toContain('PID: comes more than once');
});

it('senders may have fields of their own, laid over those of the file', async () => {
  const own = {
    ...mapping,
    senders: [
      { application: 'MELIOR', facility: 'SUS' },
      {
        application: 'MELIOR',
        facility: 'CSK',
        mapping: { visit: 'PV1-50', ward: { table: { A1: 'SE2321000016-W201' } } },
      },
    ],
  };
  const parts = { pv1: segment('PV1', { 3: 'A1', 19: 'V1', 50: 'V2' }) };
  expect((await factOf(parts, own)).fact).toMatchObject({ visit: 'V1', ward: 'SE2321000016-W101' });
  const receiver = new MemoryReceiver(own);
  await receiver.ask(adt(parts).replace('|SUS|', '|CSK|'));
  expect(receiver.facts()[0]).toMatchObject({ visit: 'V2', ward: 'SE2321000016-W201' });
});

it.each([
  [{ mapping: { visit: 'PV1' } }, 'senders.0.mapping.visit: not a field'],
  [{ mapping: { wards: {} } }, 'senders.0.mapping: '],
  [{ certificates: [{}] }, 'says nothing about a certificate'],
])('a sender’s own fields are checked at start: %j', (sender, fault) => {
  const own = { ...mapping, senders: [{ application: 'M', facility: 'S', ...sender }] };
  expect(() => new MemoryReceiver(own)).toThrow(fault);
});

it('a sender whose name is not ASCII is known in every character set', async () => {
  const own = { ...mapping, senders: [{ application: 'MELIOR', facility: 'Ängelholm' }] };
  const message = (set: string): string => adt({ set }).replace('|SUS|', '|Ängelholm|');
  expect(codeOf(await new MemoryReceiver(own).ask(message('UNICODE UTF-8')))).toBe('AA');
  const latin = Buffer.from(message('8859/1').replace('Påhittad', 'Test'), 'latin1');
  expect(codeOf(await new MemoryReceiver(own).ask(latin))).toBe('AA');
});

it.each(['^(\\d+)+$', '(a|a)*$', '^(?:[A-Z0-9]|\\d)*X$', '.*-.*-.*-.*$', '(\\d+)\\1+$'])(
  'a pattern of reserve numbers that a message could stall on is refused at start: %s',
  (pattern) => {
    const own = { ...mapping, person: { reserve: ['^R\\d{6,}$', pattern] } };
    expect(() => new MemoryReceiver(own)).toThrow('person.reserve.1: may take too long on some text');
  },
);

it.each(['^R(', '^(?<same>R)(?<same>S)$'])('so is one that cannot be read: %s', (pattern) => {
  const own = { ...mapping, person: { reserve: [pattern] } };
  expect(() => new MemoryReceiver(own)).toThrow('person.reserve.0: not a regular expression');
});

it.each([
  '^R\\d{6,}$',
  '^[0-9A-Z]{8}-?[A-HJ-NPR-UX-Z][0-9A-Z]{3}$',
  '^99\\d{8}[A-Z]\\d$',
  '^(?:VGR|SLL)-?\\d{4,10}$',
])('PAT-4: a pattern as regions write them is taken: %s', (pattern) => {
  expect(() => new MemoryReceiver({ ...mapping, person: { reserve: [pattern] } })).not.toThrow();
});

describe('EVN-1 beside MSH-9', () => {
  const events = ['A01', 'A02', 'A03', 'A08', 'A11', 'A12', 'A13'];
  const kinds: Readonly<Record<string, string>> = { A12: 'A02' };
  const meaning = (event: string): string => kinds[event] ?? event;
  const ask = async (event: string, evn1: string) => {
    const receiver = new MemoryReceiver();
    const answer = await receiver.ask(adt({ event, evn: `EVN|${evn1}|20260110092900` }));
    return { answer, receiver };
  };

  it.each(events.flatMap((one) => [...events, 'A40'].map((two) => [one, two] as const)))(
    'INT-1: %s in MSH-9 and %s in EVN-1: refused where the two mean different things',
    async (event, evn1) => {
      const { answer, receiver } = await ask(event, evn1);
      const same = meaning(event) === meaning(evn1);
      expect([codeOf(answer), answer.includes('EVN^1^1')]).toEqual(same ? ['AA', false] : ['AE', true]);
      expect(receiver.facts()).toHaveLength(same ? 1 : 0);
    },
  );

  it.each(['A04', 'A31', 'Z99', 'skräp', number])(
    'INT-1: another event there is passed over and counted: %s',
    async (evn1) => {
      const lines = logged();
      const receiver = new MemoryReceiver(mapping, 50, undefined, lines.logger);
      for (const controlId of ['E1', 'E2'])
        expect(codeOf(await receiver.ask(adt({ controlId, evn: `EVN|${evn1}|20260110092900` })))).toBe('AA');
      expect(receiver.facts()).toMatchObject([{ kind: 'admitted' }, { kind: 'admitted' }]);
      expect(receiver.receiver.passedOver.count).toBe(2);
      expect(lines.lines.filter((line) => line.includes('passed over'))).toHaveLength(1);
      expect(lines.lines.join('')).not.toContain(evn1);
    },
  );

  it.each(['', 'A01'])('INT-1: nothing is said of %j', async (evn1) => {
    const { receiver } = await ask('A01', evn1);
    expect(receiver.receiver.passedOver.count).toBe(0);
  });
});

it.each([
  ['5', 5, 0],
  ['000000000000005', 5, 0],
  ['', undefined, 0],
  ['-1', undefined, 1],
  ['5.5', undefined, 1],
  ['A5', undefined, 1],
  [`${number}x`, undefined, 1],
  [`${number}${number}`, undefined, 1],
] as const)(
  'INT-1: MSH-13 %j orders by %s, and what is no number is passed over',
  async (sent, sequence, count) => {
    const receiver = new MemoryReceiver();
    const text = adt({}).replace('|P|2.5||||||', `|P|2.5|${sent}|||||`);
    expect(codeOf(await receiver.ask(text))).toBe('AA');
    expect(receiver.facts()[0]?.['sequence']).toBe(sequence);
    expect(receiver.receiver.passedOver.count).toBe(count);
  },
);
