import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { svuStream } from '../../src/cases/kinds/svu.js';
import { stayStream, wardNoticeStream } from '../../src/cases/streams/of-no-case.js';
import { rebuild } from '../../src/log/rebuild.js';
import { StreamRegistry, type AnyStreamType } from '../../src/log/stream-registry.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { personStream } from '../../src/persons/person-stream.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, opened, parameters, published, staff } from '../support/svu.js';

/** What a stay says reaches its case, whatever the fact that says it, and whenever it comes (decision 95). */
let hub: TestHub;
let message = 0;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const wards = {
  MED: staff.nurse.unit,
  ORT: staff.otherWard.unit,
  NMED: staff.otherRegion.unit,
  XYZ: 'SE4999000013-W999',
  none: undefined,
} as const;
const readers = { MED: 'nurse', ORT: 'otherWard' } as const;
type Kind = StayFact['kind'];
/** Kind, ward, minutes after the admission. */
type Told = readonly [Kind, keyof typeof wards, number];

async function tell(number: string, [kind, name, minutes]: Told, visit = 'FOLLOWS'): Promise<void> {
  const time = new Date(Date.now() - 3 * 3_600_000 + minutes * 60_000).toISOString();
  const ward = wards[name];
  message += 1;
  const told = await hub.tell(factTopics.stay, {
    kind,
    person: { type: 'personnummer', value: number },
    visit: `${visit}-${number.slice(0, 8)}`,
    ...(ward === undefined ? {} : { ward }),
    ...(kind === 'admitted' ? { admittedAt: time } : {}),
    ...(kind === 'discharged' ? { dischargedAt: time } : {}),
    occurredAt: time,
    sender: 'FOLLOWS',
    messageId: `FOLLOWS${message}`,
  });
  expect(told).toMatchObject({ state: 'done', cause: null });
}

/** What the ward is asked because of stays; what could not be looked up is asked of some persons besides (ADR-13). */
async function asks(id: string, at: keyof typeof readers): Promise<readonly string[]> {
  const todos = await (await as(hub, readers[at])).todos(id);
  return todos
    .filter(({ code, input }) => !others.has(code?.coding?.[0]?.code ?? '') || isOfHospital(input))
    .map(({ code }) => code?.coding?.[0]?.code ?? '')
    .toSorted();
}
const others: ReadonlySet<string> = new Set(['address-by-hand', 'review-register-change']);
const isOfHospital = (input: unknown): boolean => JSON.stringify(input).includes('"hospital"');
const sees = async (id: string, at: keyof typeof readers): Promise<number> =>
  (await (await as(hub, readers[at])).get(`CarePlan/${id}`)).status;

async function operate(id: string, name: string, ...of: Parameters<typeof parameters>): Promise<void> {
  const { status, text } = await (await as(hub, 'nurse')).post(`CarePlan/${id}/$${name}`, parameters(...of));
  expect([name, status < 300 ? '' : text]).toEqual([name, '']);
}
const end = (id: string) =>
  operate(
    id,
    'discharge',
    { name: 'dischargedAt', valueDateTime: new Date(Date.now() - 60_000).toISOString() },
    { name: 'form', valueCode: 'discharge' },
    { name: 'dischargedTo', valueString: 'Ordinärt boende' },
    { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
  );

type Cell = readonly [string, readonly Told[], keyof typeof readers, readonly string[]];
const late: readonly Cell[] = [
  [
    '193406129829',
    [
      ['changed', 'MED', 60],
      ['discharged', 'MED', 30],
    ],
    'MED',
    ['publish-discharge'],
  ],
  [
    '194102039817',
    [
      ['changed', 'none', 60],
      ['transferred', 'ORT', 30],
    ],
    'ORT',
    [],
  ],
  [
    '195209179851',
    [
      ['changed', 'none', 60],
      ['transferred', 'NMED', 30],
    ],
    'MED',
    ['hand-over-case'],
  ],
  [
    '193612229876',
    [
      ['changed', 'none', 60],
      ['admission-cancelled', 'MED', 30],
    ],
    'MED',
    ['annul-case'],
  ],
  [
    '194505099921',
    [
      ['discharged', 'MED', 30],
      ['changed', 'MED', 90],
      ['discharge-cancelled', 'MED', 60],
    ],
    'MED',
    [],
  ],
];
const named: readonly Cell[] = [
  ['195007149908', [['admitted', 'ORT', 30]], 'ORT', []],
  [
    '194910129974',
    [
      ['discharged', 'MED', 30],
      ['discharge-cancelled', 'ORT', 40],
    ],
    'ORT',
    [],
  ],
  ['195310089940', [['admitted', 'NMED', 30]], 'MED', ['hand-over-case']],
  ['195707239991', [['discharge-cancelled', 'NMED', 30]], 'MED', ['hand-over-case']],
  ['195506069953', [['admitted', 'XYZ', 30]], 'MED', ['address-by-hand']],
  [
    '194711199846',
    [
      ['admission-cancelled', 'MED', 30],
      ['admitted', 'ORT', 40],
    ],
    'ORT',
    [],
  ],
];
const goesOn: readonly Cell[] = [
  [
    '192908059831',
    [
      ['discharged', 'MED', 30],
      ['admitted', 'MED', 40],
    ],
    'MED',
    [],
  ],
  [
    '193804289860',
    [
      ['discharged', 'MED', 30],
      ['transferred', 'NMED', 40],
    ],
    'MED',
    ['hand-over-case'],
  ],
  [
    '194401309887',
    [
      ['discharged', 'MED', 30],
      ['transferred', 'XYZ', 40],
    ],
    'MED',
    ['address-by-hand'],
  ],
  [
    '194206219919',
    [
      ['admission-cancelled', 'MED', 30],
      ['transferred', 'MED', 40],
    ],
    'MED',
    [],
  ],
  [
    '193309019903',
    [
      ['admission-cancelled', 'MED', 30],
      ['discharge-cancelled', 'MED', 40],
    ],
    'MED',
    [],
  ],
  [
    '193902169899',
    [
      ['transferred', 'NMED', 30],
      ['discharged', 'NMED', 40],
    ],
    'MED',
    ['publish-discharge'],
  ],
  [
    '196002299862',
    [
      ['transferred', 'XYZ', 30],
      ['transferred', 'NMED', 40],
    ],
    'MED',
    ['hand-over-case'],
  ],
];

describe.each([
  ['SVU-21, SVU-25, SVU-42: a fact older than one that came before it', late],
  ['SVU-25, SVU-42: an admission or a cancelled discharge that names another ward', named],
  ['SVU-21, SVU-24: a stay that goes on, or ends', goesOn],
])('%s', (_what, cells) => {
  it.each(cells)('%s: %j: the case is at %s, which is asked %j', async (number, told, at, expected) => {
    await tell(number, ['admitted', 'MED', 0]);
    const id = await published(hub, number);
    for (const each of told) await tell(number, each);
    expect([await sees(id, 'MED'), await sees(id, 'ORT')]).toEqual(at === 'MED' ? [200, 404] : [404, 200]);
    expect(await asks(id, at)).toEqual(expected);
  });
});

it('SVU-24, SVU-25: a case whose discharge is undone goes where the patient was moved meanwhile', async () => {
  const number = '196204189887';
  await tell(number, ['admitted', 'MED', 0]);
  const id = await published(hub, number);
  await tell(number, ['discharged', 'MED', 30]);
  await end(id);
  await tell(number, ['transferred', 'ORT', 60]);
  expect(await asks(id, 'MED')).toEqual(['review-move-after-end']);
  await operate(id, 'undo-discharge');
  expect([await sees(id, 'MED'), await sees(id, 'ORT')]).toEqual([404, 200]);
  expect(await asks(id, 'ORT')).toEqual([]);
});

it('SVU-24: a late cancellation of a discharge that was published asks the ward to undo it', async () => {
  const number = '194811039967';
  await tell(number, ['admitted', 'MED', 0]);
  const id = await published(hub, number);
  await tell(number, ['discharged', 'MED', 30]);
  await end(id);
  await tell(number, ['changed', 'MED', 90]);
  await tell(number, ['discharge-cancelled', 'MED', 60]);
  expect(await asks(id, 'MED')).toEqual(['undo-discharge']);
});

it('SVU-6: a draft is annulled also by a cancellation that is late, and comes back where the patient is', async () => {
  const number = '196311909847';
  await tell(number, ['admitted', 'MED', 0]);
  const id = await opened(hub, number);
  await tell(number, ['changed', 'MED', 60]);
  await tell(number, ['admission-cancelled', 'MED', 30]);
  expect(await sees(id, 'MED')).toBe(404);
  await tell(number, ['admitted', 'ORT', 90]);
  expect([await sees(id, 'MED'), await sees(id, 'ORT')]).toEqual([404, 200]);
});

it('CON-14: another stay that has ended is no question any more', async () => {
  const number = '190503279812';
  await tell(number, ['admitted', 'MED', 0]);
  const id = await published(hub, number);
  await tell(number, ['admitted', 'ORT', 30], 'OTHER');
  expect(await asks(id, 'MED')).toEqual(['review-open-case-elsewhere']);
  await tell(number, ['discharged', 'ORT', 60], 'OTHER');
  expect(await asks(id, 'MED')).toEqual([]);
});

it('everything shown is what a rebuild of the log shows', async () => {
  const types = [svuStream, stayStream, wardNoticeStream, personStream] as unknown as AnyStreamType[];
  const { database } = hub.store;
  const report = await rebuild({ database, registry: new StreamRegistry(types), swap: false, resume: false });
  expect(report.differences).toEqual([]);
});
