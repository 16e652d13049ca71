import { MemoryReceiver } from '../common/memory-receiver.js';
import { adt, codeOf, segment } from '../common/support.js';
import { exchange, log, nextId, send, test } from './melior-setup.js';

/**
 * A message of a patient class (PV1-2) that is no stay in hospital tells nothing of a visit that was never told as one, and what it says of
 * one that was (decision 116; SVU-21, SVU-25).
 */
const pv1 = (visit: string, fields: Readonly<Record<number, string>> = {}): string =>
  segment('PV1', { 2: 'I', 3: 'A1', 19: visit, 44: '20260110092500', ...fields });

const events = ['A01', 'A02', 'A03', 'A08', 'A11', 'A12', 'A13'] as const;
const classes = ['E', 'O', 'P', 'R', 'C', 'N'] as const;
const becomes = {
  A01: 'changed',
  A02: 'transferred',
  A03: 'discharged',
  A08: 'changed',
  A11: 'admission-cancelled',
  A12: 'transferred',
  A13: 'discharge-cancelled',
} as const satisfies Record<(typeof events)[number], string>;

async function told(receiver: MemoryReceiver, event: string, message: string) {
  const before = receiver.receipts.length;
  const answer = await receiver.ask(adt({ event, controlId: nextId(), pv1: message }));
  const receipt = receiver.receipts[before];
  const headers = receipt?.message.headers?.['sending'] ?? '{}';
  return {
    code: codeOf(answer),
    fact: receiver.facts()[before],
    sending: JSON.parse(headers) as Record<string, unknown>,
  };
}

describe.each(classes)('patient class %s', (patientClass) => {
  it.each(events)('%s of a visit that was told as a stay tells what it says', async (event) => {
    const receiver = new MemoryReceiver();
    await told(receiver, 'A01', pv1('V1'));
    const { code, fact, sending } = await told(receiver, event, pv1('V1', { 2: patientClass, 3: 'A2' }));
    expect(code).toBe('AA');
    expect(fact).toMatchObject({ kind: becomes[event], visit: 'V1' });
    expect(sending).toMatchObject({ otherCare: true });
    // Where an outpatient is seen is no ward that she lies at.
    const isClassAlone = becomes[event] === 'changed';
    expect(fact?.['ward']).toBe(isClassAlone ? undefined : 'SE2321000016-W102');
    expect(isClassAlone && 'admittedAt' in (fact ?? {})).toBe(false);
    // A class that is a stay's is told as ever.
    expect((await told(receiver, 'A08', pv1('V1'))).sending).not.toHaveProperty('otherCare');
  });

  it.each(events)(
    '%s of any other visit tells nothing, and is not held to more than before',
    async (event) => {
      const receiver = new MemoryReceiver();
      await told(receiver, 'A01', pv1('V1'));
      for (const other of [pv1('V2', { 2: patientClass }), pv1('', { 2: patientClass, 44: 'no time' })])
        expect(await told(receiver, event, other)).toMatchObject({ code: 'AA', fact: undefined });
      expect(receiver.nothing).toEqual(['not a hospital stay', 'not a hospital stay']);
    },
  );
});

it('one that is first heard of as an outpatient, and is admitted then, is a stay from there on', async () => {
  const receiver = new MemoryReceiver();
  expect((await told(receiver, 'A01', pv1('V1', { 2: 'E' }))).fact).toBeUndefined();
  expect((await told(receiver, 'A01', pv1('V1'))).fact).toMatchObject({ kind: 'admitted' });
  expect((await told(receiver, 'A03', pv1('V1', { 2: 'E' }))).fact).toMatchObject({ kind: 'discharged' });
});

it('decision 58: visits are known from the database, of each sender by itself, by a keyed hash and nothing else', async () => {
  const visit = '19340612-9829';
  await exchange({ event: 'A01', pv1: pv1(visit) });
  const nothing = await send(
    adt({ event: 'A03', controlId: nextId(), pv1: pv1(visit, { 2: 'O' }) }).replace('|SUS|', '|OTHER|'),
  );
  expect(nothing).toContain('nothing stored: not a hospital stay');
  const { fact } = await exchange({ event: 'A03', pv1: pv1(visit, { 2: 'O' }) });
  expect(fact).toMatchObject({ kind: 'discharged', visit });
  const { rows } = await test.database.query<{ visit: Buffer; columns: string[] }>(
    `select visit, array(select jsonb_object_keys(to_jsonb(told_visit))) as columns from told_visit`,
  );
  expect(rows).toEqual([
    { visit: expect.any(Buffer), columns: expect.arrayContaining(['visit', 'told_at']) },
  ]);
  expect(rows[0]?.columns).toHaveLength(2);
  expect(rows[0]?.visit.toString('latin1')).not.toContain('9829');
  expect(JSON.stringify(log.lines)).not.toContain('9829');
});
