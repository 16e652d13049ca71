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

describe('PAT-4, PAT-13: a reserve number that gives way to a personal number (A40) tells nothing of a stay', () => {
  const reserve = '20210325K069';
  const inPid = { ...mapping, visit: 'PID-18' };
  const pid = (value: string): string => segment('PID', { 1: '1', 3: `${value}^^^SKV^NI`, 18: 'V100' });
  const stay = segment('PV1', { 2: 'I', 3: 'A1', 19: 'V100', 44: '20260110092500' });
  const ended = segment('PV1', { 2: 'I', 3: 'A1', 19: 'V100', 45: '20260110092800' });
  const told = (event: string, value = reserve): string =>
    adt({ event, controlId: `${event} of ${value}`, person: pid(value), pv1: stay });
  const merge = (pv1: string | undefined, controlId = 'A40', person = pid(number)): string =>
    adt({
      event: 'A40',
      controlId,
      person,
      pv1: `MRG|${reserve}^^^SUS^RRI`,
      ...(pv1 !== undefined && { more: pv1 }),
    });

  const visits = [
    ['names the open visit', stay],
    ['names the visit as ended (PV1-45)', ended],
    ['names another ward', stay.replace('A1', 'A2')],
    ['names the visit as no stay in hospital', stay.replace('|I|', '|O|')],
    ['has a PV1 without a visit', segment('PV1', { 2: 'I', 3: 'A1' })],
    ['has a PV1 that holds no time', segment('PV1', { 2: 'I', 19: 'V100', 44: 'soon', 45: 'later' })],
    ['has no PV1', undefined],
  ] as const;
  const courses = [
    ['alone', []],
    ['after A01', [told('A01')]],
    ['after A03', [told('A01'), told('A03')]],
    ['after A11', [told('A01'), told('A11')]],
    ['after the visit was told of the personal number', [told('A01', number), told('A08')]],
    ['after the visit of the personal number ended', [told('A01', number), told('A03', number)]],
  ] as const;
  const mappings = [
    ['PV1-19', mapping],
    ['PID-18', inPid],
  ] as const;

  it.each(
    mappings.flatMap(([field, own]) =>
      courses.flatMap(([when, before]) =>
        visits.map(([what, pv1]) => [field, when, what, own, before, pv1] as const),
      ),
    ),
  )('visit in %s, %s: one that %s', async (_field, _when, _what, own, before, pv1) => {
    const melior = new MemoryReceiver(own);
    for (const message of before) expect(codeOf(await melior.ask(message))).toBe('AA');
    const facts = melior.facts();
    expect(facts).toHaveLength(before.length);
    for (const message of [merge(pv1), merge(pv1), merge(pv1, 'A40 again')])
      expect(await melior.ask(message)).toMatch(/MSA\|AA.*nothing stored: no personal identity is replaced/s);
    expect(melior.facts()).toEqual(facts);
  });

  it.each(mappings)('before the A01: the visit in %s is told by the A01 alone', async (_field, own) => {
    const melior = new MemoryReceiver(own);
    expect(codeOf(await melior.ask(merge(stay)))).toBe('AA');
    expect(codeOf(await melior.ask(told('A01', number)))).toBe('AA');
    expect(melior.facts()).toMatchObject([{ kind: 'admitted', person: { value: number }, visit: 'V100' }]);
  });

  it.each([
    ['has none that is valid', `PID|1||${number}^^^SKV^NI^^^20200101`],
    ['has two that differ', `PID|1||${number}^^^SKV^NI~${testNumber('19540112', 981)}^^^SKV^NI`],
  ])('is not refused for the numbers that live on: it %s', async (_what, person) => {
    expect(await receive(merge(stay, 'A40', person))).toMatchObject({ code: 'AA', fact: undefined });
  });
});
