import { describe, expect, it } from '@jest/globals';
import { adt, codeOf, mapping, number, segment, testNumber } from '../common/support.js';
import { MemoryReceiver } from '../common/memory-receiver.js';

/** Whose a message is: which of the identities in it is taken, and when none is. */
const receive = async (text: string, own?: unknown) => {
  const melior = new MemoryReceiver(own);
  const answer = await melior.ask(text);
  return { answer, code: codeOf(answer), fact: melior.facts()[0] };
};

describe('identities', () => {
  const other = testNumber('19540112', 981);
  const coordination = testNumber('19540178', 981);
  const cx = (value: string, from = '', until = '', type = 'NI', authority = 'SKV'): string =>
    `${value}^^^${authority}^${type}^^${from}^${until}`;
  const pid = (...repetitions: readonly string[]): string =>
    adt({ person: `PID|1||${repetitions.join('~')}` });
  const chosen = (value: string) => ({ code: 'AA', fact: { person: { value } } });

  it.each([
    ['one that has passed before it', [cx(other, '', '20200101'), cx(number)], number],
    ['one that has passed after it', [cx(number), cx(other, '20100101', '20200101')], number],
    ['one not yet valid', [cx(other, '20270101'), cx(number)], number],
    ['its last day', [cx(number, '', '20260110'), cx(other, '20260111')], number],
    ['its first day', [cx(other, '', '20260109'), cx(number, '20260110')], number],
    ['a month, which is the whole of it', [cx(number, '', '202601'), cx(other, '202602')], number],
    ['a year', [cx(number, '', '2026'), cx(other, '2027')], number],
    ['a time of day', [cx(other, '', '20260109235900'), cx(number)], number],
    ['an expired one of a better type', [cx(other, '', '20200101'), cx(number, '', '', 'NNSWE')], number],
    ['a coordination number that was replaced', [cx(coordination, '', '20251231'), cx(number)], number],
    ['the same number twice', [cx(number), cx(number)], number],
    [
      'the same in ten digits',
      [cx(`${number.slice(2, 8)}+${number.slice(8)}`), cx(number, '', '', 'NNSWE')],
      number,
    ],
    ['a number of the journal beside it', [cx('4711', '', '', 'MR', 'SUS'), cx(number)], number],
  ])('PAT-1: the identity that is valid is taken: %s', async (_name, repetitions, value) => {
    expect(await receive(pid(...repetitions))).toMatchObject(chosen(value));
  });

  it.each([
    ['two numbers of one type', [cx(number), cx(other)]],
    ['of two types', [cx(number), cx(other, '', '', 'NNSWE')]],
    ['a coordination number and a personal number', [cx(coordination), cx(number)]],
    ['a number and a reserve number', [cx(number), cx('R1234567')]],
    ['a number and one that is malformed', [cx('190503279813'), cx(number)]],
    ['without types', [cx(number, '', '', ''), cx(other, '', '', '')]],
  ])('PAT-13: identities that differ and are valid are refused: %s', async (_name, repetitions) => {
    const { code, answer, fact } = await receive(pid(...repetitions));
    expect([code, fact]).toEqual(['AE', undefined]);
    expect(answer).toContain('PID-3: two identities that differ');
    expect(answer).not.toContain(number);
  });

  const kinds = {
    'a personal number': [number, { type: 'personnummer', value: number }],
    'a reserve number': ['20210325K069', { type: 'reserve', value: '20210325K069' }],
    'a number of the journal': ['4711', { type: 'other', value: '4711' }],
  } as const;
  const any = { ...mapping, person: { identifiers: [{}] } };
  it.each([
    ['a personal number', 'a number of the journal'],
    ['a personal number', 'a reserve number'],
    ['a reserve number', 'a number of the journal'],
  ] as const)('PAT-1, PAT-4: %s goes before %s, whatever their types and order', async (better, worse) => {
    const [[value, person], [second]] = [kinds[better], kinds[worse]];
    for (const own of [mapping, any])
      for (const type of ['', 'PN', 'MR']) {
        const pair = [cx(value, '', '', type), cx(second, '', '', 'PI')];
        for (const repetitions of [pair, pair.toReversed()])
          expect(await receive(pid(...repetitions), own)).toMatchObject({ code: 'AA', fact: { person } });
      }
  });

  const types = ['NI', 'NNSWE', 'PN', 'SS', 'MR', 'PI', ''];
  it.each(types.flatMap((one) => types.map((two) => [one, two] as const)))(
    'PAT-13: two personal numbers that differ are refused whatever their types are: %j and %j',
    async (one, two) => {
      const pair = [cx(number, '', '', one), cx(other, '', '', two)] as const;
      for (const repetitions of [pair, pair.toReversed()])
        expect(await receive(pid(...repetitions))).toMatchObject({ code: 'AE', fact: undefined });
    },
  );

  it('PAT-13: a mapping that names types alone passes over the numbers of all others', async () => {
    const named = { ...mapping, person: { identifiers: [{ type: 'NI' }, { type: 'NNSWE' }] } };
    for (const type of ['PN', 'MR', ''])
      for (const repetitions of [
        [cx(number), cx(other, '', '', type)],
        [cx(other, '', '', type), cx(number)],
      ])
        expect(await receive(pid(...repetitions), named)).toMatchObject(chosen(number));
  });

  it.each([
    ['all have passed', [cx(number, '', '20200101')], '101'],
    ['none is valid yet', [cx(number, '20270101')], '101'],
    ['until when is no date', [cx(number, '', 'soon')], '102'],
  ])('an identity is not taken when %s', async (_name, repetitions, condition) => {
    const { code, answer } = await receive(pid(...repetitions));
    expect(code).toBe('AE');
    expect(answer).toContain(condition);
  });

  it.each([
    ['by its type', cx(number, '', '', 'NNDNK', '')],
    ['by its authority', cx(number, '', '', 'NI', 'DNK')],
    ['by its jurisdiction', `${number}^^^^NI^^^^ISL`],
  ])('PAT-1: a number of a neighbouring country is none of ours: %s', async (_name, repetition) => {
    expect((await receive(pid(repetition))).fact).toMatchObject({ person: { type: 'other' } });
    expect((await receive(pid(repetition, cx(other, '', '', 'NNSWE')))).code).toBe(
      repetition.includes('NNDNK') ? 'AA' : 'AE',
    );
  });

  it('an identity that a merge retires may have passed; the one that lives on may not', async () => {
    const merge = (survivor: string): string =>
      adt({ event: 'A40', person: `PID|1||${survivor}`, pv1: `MRG|${cx(other, '', '20200101')}` });
    expect(await receive(merge(cx(number)))).toMatchObject({
      code: 'AA',
      fact: { replaced: [{ value: other }] },
    });
    expect((await receive(merge(cx(number, '', '20200101')))).code).toBe('AE');
  });
});

describe('PAT-4, PAT-12: a reserve number that gives way to a personal number (A40)', () => {
  const reserve = '20210325K069';
  const stay = segment('PV1', { 2: 'I', 3: 'A1', 19: 'V100', 44: '20260110092500' });
  const merge = (pv1: string, retired: string, person = number) =>
    adt({
      event: 'A40',
      person: `PID|1||${person}^^^SKV^NI`,
      pv1: `MRG|${retired}^^^SUS^RRI`,
      ...(pv1 !== '' && { more: pv1 }),
    });

  it('tells the visit that it names as that person’s', async () => {
    expect(await receive(merge(stay, reserve))).toMatchObject({
      code: 'AA',
      fact: {
        kind: 'changed',
        person: { type: 'personnummer', value: number },
        visit: 'V100',
        ward: 'SE2321000016-W101',
        admittedAt: '2026-01-10T08:25:00.000Z',
      },
    });
  });

  it.each([
    ['names no visit', '', reserve, number],
    ['names no visit in its PV1', segment('PV1', { 2: 'I', 3: 'A1' }), reserve, number],
    ['names one that has ended', `${stay}|20260111093000`, reserve, number],
    ['names one that is no stay in hospital', stay.replace('|I|', '|O|'), reserve, number],
    ['retires a number of the journal', stay, '4711', number],
    ['has another reserve number live on', stay, reserve, '20210325K077'],
  ])('tells nothing where the message %s', async (_what, pv1, retired, person) => {
    expect(await receive(merge(pv1, retired, person))).toMatchObject({ code: 'AA', fact: undefined });
  });
});
