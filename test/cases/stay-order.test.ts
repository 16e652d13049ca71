import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readMapping } from '../../connectors/melior/mapping.js';
import { Receiver } from '../../connectors/melior/receive.js';
import type { Taken } from '../../connectors/common/receipt-store.js';
import type { Receipt } from '../../connectors/common/receipt.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { storeFacts } from '../../src/messaging/inbox/store.js';
import { startHub, type TestHub } from '../support/hub.js';
import { waitFor } from '../support/wait-for.js';
import { codeOf, mapping, segment, silent } from '../connectors/common/support.js';

/** From the bytes of messages to the stay they make: the connector's own reading, the inbox and its workers. */
let hub: TestHub;
let ids = 0;
const wards = { MED: 'SE4999000013-W101', ORT: 'SE4999000013-W102', KIR: 'SE4999000013-W103' };

beforeAll(async () => {
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
});
afterAll(() => hub.stop());

type Message = {
  readonly event: string;
  readonly ward?: string;
  readonly happened?: string;
  readonly sent?: string;
  readonly sequence?: number;
};

/** Sends messages over one receiver, as on one connection; the receipts it left. */
async function receipts(visit: string, messages: readonly Message[]): Promise<readonly Receipt[]> {
  const taken: Receipt[] = [];
  const take = (receipt: Receipt): Promise<Taken> => {
    taken.push(receipt);
    return Promise.resolve({ kind: 'stored' });
  };
  const receiver = new Receiver({
    publisher: {
      take,
      earlier: () => Promise.resolve(undefined),
      refused: () => undefined,
      nothing: () => undefined,
      isTold: () => Promise.resolve(false),
    },
    mapping: readMapping({ ...mapping, ward: { table: wards } }),
    personKeys: { keyId: 'test', secret: 'a secret of the tests that is long enough' },
    largestMessageBytes: 100_000,
    batchMessages: 10,
    logger: silent,
    // A clock that stands still: the order of receipt must not hang on it.
    clock: () => new Date('2026-11-30T04:00:00Z'),
  });
  for (const {
    event,
    ward = 'MED',
    happened = '202611300320',
    sent = '20261130032100',
    sequence,
  } of messages) {
    const text = [
      `MSH|^~\\&|M|S|H|R|${sent}||ADT^${event}|ORD${(ids += 1)}|P|2.5|${sequence ?? ''}|||||UNICODE UTF-8`,
      `EVN|${event}|${happened}`,
      'PID|1||194102039817^^^SE^NI',
      segment('PV1', { 2: 'I', 3: ward, 19: visit, 44: '202611300310' }),
      '',
    ].join('\r');
    const reply = await receiver.answer({ kind: 'message', bytes: Buffer.from(text) });
    expect(codeOf(reply.kind === 'answer' ? reply.bytes.toString() : '')).toBe('AA');
  }
  return taken;
}

async function store(taken: readonly Receipt[]): Promise<void> {
  const batch = taken.map(({ topic, message }) => ({ topic, ...message }));
  await storeFacts(hub.store.database, batch, new Date());
  const events = taken.map(({ message }) => (JSON.parse(message.value) as { id: string }).id);
  await waitFor('the facts to be dealt with', async () => {
    const { rows } = await hub.store.database.query<{ state: string }>(
      `select state from inbox where event_id = any($1) and state <> 'waiting'`,
      [events],
    );
    return rows.length === new Set(events).size;
  });
}

async function stayOf(visit: string): Promise<{ status: string; ward?: string }> {
  const { rows } = await hub.store.database.query<{ state: { status: string; ward?: string } }>(
    'select state from stream where id = $1',
    [stayIdOf('M/S', visit)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no such stay');
  return row.state;
}

let visits = 0;
const nextVisit = (): string => `ORDER${(visits += 1)}`;
const all = (event: string, ...list: readonly string[]): Message[] => list.map((ward) => ({ event, ward }));
const at = (second: number): string => `202611300320${String(second).padStart(2, '0')}`;

const cases: readonly (readonly [string, readonly Message[], object])[] = [
  ['A02 MED, ORT, MED', all('A02', 'MED', 'ORT', 'MED'), { ward: wards.MED }],
  ['A02 ORT, MED', all('A02', 'ORT', 'MED'), { ward: wards.MED }],
  ['A02 MED, ORT', all('A02', 'MED', 'ORT'), { ward: wards.ORT }],
  ['A02 ORT, A12 to MED', [...all('A02', 'ORT'), ...all('A12', 'MED')], { ward: wards.MED }],
  ['A03, A13', [{ event: 'A03' }, { event: 'A13' }], { status: 'in-progress' }],
  ['A13, A03', [{ event: 'A13' }, { event: 'A03' }], { status: 'finished' }],
  ['A03, A13, A03', [{ event: 'A03' }, { event: 'A13' }, { event: 'A03' }], { status: 'finished' }],
  ['A01, A11', [{ event: 'A01' }, { event: 'A11' }], { status: 'cancelled' }],
  ['A11, A01', [{ event: 'A11' }, { event: 'A01' }], { status: 'in-progress' }],
  ['A01, A11, A01', [{ event: 'A01' }, { event: 'A11' }, { event: 'A01' }], { status: 'in-progress' }],
  ['A03, A02', [{ event: 'A03' }, { event: 'A02', ward: 'ORT' }], { status: 'in-progress', ward: wards.ORT }],
];

/** What tells one message from the next, beside the order in which they are sent. */
const tellings: readonly (readonly [string, (place: number) => Partial<Message>])[] = [
  ['nothing else', () => ({})],
  ['seconds in MSH-7', (place) => ({ sent: at(10 + place) })],
  ['MSH-13', (place) => ({ sequence: 100 + place })],
  ['both', (place) => ({ sent: at(10 + place), sequence: 100 + place })],
  [
    'seconds in EVN-2 of every other',
    (place) => ({ sent: at(10 + place), ...(place % 2 === 0 && { happened: at(10 + place) }) }),
  ],
  ['a day alone in EVN-2', (place) => ({ happened: '20261130', sent: at(10 + place) })],
];

describe.each(tellings)('where facts of one minute are told apart by %s', (_name, telling) => {
  it.each(cases)('%s', async (_what, messages, expected) => {
    const visit = nextVisit();
    const taken = await receipts(
      visit,
      messages.map((each, place) => ({ ...each, ...telling(place) })),
    );
    await store(taken);
    expect(await stayOf(visit)).toMatchObject(expected);
  });
});

const minute = '202611300320';
const moves = ['ORT', 'KIR', 'MED', 'ORT'];

describe('what tells sending badly is passed over, and receipt decides', () => {
  it.each([
    ['MSH-13 that is left out at the end', [5, 6, undefined, undefined]],
    ['MSH-13 that is left out at first', [undefined, undefined, 5, 6]],
    ['MSH-13 in every other', [5, undefined, 6, undefined]],
    ['a counter that begins anew', [998, 999, 1, 2]],
    ['a counter that begins anew and is left out once', [999, undefined, 1, 2]],
  ])('INT-1: %s', async (_name, sequences) => {
    const visit = nextVisit();
    const messages = moves.map((ward, place) => {
      const sequence = sequences[place];
      return { event: 'A02', ward, ...(sequence !== undefined && { sequence }) };
    });
    await store(await receipts(visit, messages));
    expect(await stayOf(visit)).toMatchObject({ ward: wards.ORT });
  });

  it.each([
    ['to the second, then to the minute', [at(20), minute]],
    ['to the minute, then to the second', [minute, at(20)]],
    ['to the second, and between them to the minute', [at(20), minute, at(10)]],
  ])('INT-1: EVN-2 %s, MSH-7 to the minute', async (_name, times) => {
    const visit = nextVisit();
    const messages = times.map((happened, place) => ({
      event: 'A02',
      ward: place === times.length - 1 ? 'ORT' : 'KIR',
      happened,
      sent: minute,
    }));
    await store(await receipts(visit, messages));
    expect(await stayOf(visit)).toMatchObject({ ward: wards.ORT });
  });

  it('PAT-13: of MSH-13 nothing is kept in which a person’s number can stand, and it orders all the same', async () => {
    const visit = nextVisit();
    // Received in another order than sent; the last has the highest number.
    const numbers = [194102039817, 194102039819, 194102039818];
    await store(
      await receipts(
        visit,
        numbers.map((sequence, place) => ({ event: 'A02', ward: place === 1 ? 'ORT' : 'KIR', sequence })),
      ),
    );
    expect(await stayOf(visit)).toMatchObject({ ward: wards.ORT });
    const { rows } = await hub.store.database.query<{ kept: string }>(
      `select data::text as kept from event where stream_id = $1
       union all select state::text from stream where id = $1`,
      [stayIdOf('M/S', visit)],
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { kept } of rows) expect(kept).not.toMatch(/1941020398|4102039/);
  });

  it('INT-1: numbers that follow each other decide before receipt, as on several connections', async () => {
    const visit = nextVisit();
    const messages = [7, 9, 8].map((sequence) => ({
      event: 'A02',
      ward: sequence === 9 ? 'ORT' : 'KIR',
      sequence,
    }));
    await store(await receipts(visit, messages));
    expect(await stayOf(visit)).toMatchObject({ ward: wards.ORT });
  });
});

describe('in the hour that comes twice, told without a zone', () => {
  const shown = (event: string, ward: string, clock: string): Message => ({
    event,
    ward,
    happened: `20261025${clock}`,
    sent: `20261025${clock}05`,
  });
  it.each([
    [
      'A01 at 02:30, A03 at 02:15',
      [shown('A01', 'MED', '0230'), shown('A03', 'MED', '0215')],
      { status: 'finished' },
    ],
    [
      'A01 at 01:30, A02 at 02:30 and back at 02:10',
      [shown('A01', 'MED', '0130'), shown('A02', 'ORT', '0230'), shown('A02', 'MED', '0210')],
      { ward: wards.MED },
    ],
    [
      'A02 at 02:10, 02:30, and at 03:10',
      [shown('A02', 'MED', '0210'), shown('A02', 'ORT', '0230'), shown('A02', 'KIR', '0310')],
      { ward: wards.KIR },
    ],
  ] as const)('INT-1: the order of sending decides: %s', async (_name, messages, expected) => {
    const visit = nextVisit();
    await store(await receipts(visit, messages));
    expect(await stayOf(visit)).toMatchObject(expected);
  });
});

describe('an old admission that is sent again under another id, half an hour later', () => {
  const again: Message = { event: 'A01', sent: '20261130035000' };
  it.each([
    ['moves nobody back', [{ event: 'A01' }, { event: 'A02', ward: 'ORT' }, again], { ward: wards.ORT }],
    ['undoes no discharge', [{ event: 'A01' }, { event: 'A03' }, again], { status: 'finished' }],
    [
      'after its cancellation it counts',
      [{ event: 'A01' }, { event: 'A11' }, again],
      { status: 'in-progress' },
    ],
  ] as const)('INT-1: %s', async (_name, messages, expected) => {
    const visit = nextVisit();
    await store(await receipts(visit, messages));
    expect(await stayOf(visit)).toMatchObject(expected);
  });
});

it('design 7.3: in whatever order they arrive, and again, they make the same stay', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom<Message>(
          { event: 'A02', ward: 'MED' },
          { event: 'A02', ward: 'ORT' },
          { event: 'A03' },
          { event: 'A13' },
          { event: 'A11' },
          { event: 'A01' },
        ),
        { minLength: 2, maxLength: 5 },
      ),
      fc.constantFrom(...tellings.map(([, telling]) => telling)),
      fc.infiniteStream(fc.nat()),
      async (messages, telling, random) => {
        const [sentAs, arriving] = [nextVisit(), nextVisit()];
        const told = messages.map((each, place) => ({ ...each, ...telling(place) }));
        await store(await receipts(sentAs, told));
        const shuffled = [...(await receipts(arriving, told))]
          .map((receipt) => ({ receipt, key: random.next().value }))
          .sort((one, other) => one.key - other.key)
          .map(({ receipt }) => receipt);
        for (const receipt of shuffled) await store([receipt]);
        await store(shuffled);
        const [expected, state] = [await stayOf(sentAs), await stayOf(arriving)];
        expect([state.status, state.ward]).toEqual([expected.status, expected.ward]);
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
