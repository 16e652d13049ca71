import { randomUUID } from 'node:crypto';
import type { Bundle, Communication } from 'fhir/r4.js';
import { Pool } from 'pg';
import { bareAppend, type AppendedRows } from './bare-append.js';
import type { BenchContext, Figure, Measure } from './harness/measure.js';
import { FhirClient } from './hub/fhir-client.js';
import { closedLoop, play, type Side } from './hub/play.js';
import { publishedCase } from './hub/published-case.js';
import type { WholeHub } from './hub/whole-hub.js';
import { writtenRows } from './hub/written-rows.js';

const atATime = 8;
/** Cases that are written in, in turn. */
const cases = 40;
const aim = 0.4;

/** What a unit writes to the others of a case, through the facade of the whole hub (MSG-1). */
export const message: Measure = {
  name: 'message',
  title: 'A message to the others of a case',
  ofWholeHubs: true,
  setting: () =>
    `A ward's system, ${atATime} requests at a time: \`POST Communication\` in one of ${cases} published cases, to all who take part, who are asked to acknowledge it. Floor: bare pg writing the same rows (the event, the message, its Communication and Tasks with their versions), a prepared statement each, in one transaction; without token, trail, repeat key, locks, the case, or what is decided.`,
  run,
};

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { milliseconds } = context.pace;
  let written: AppendedRows | undefined;
  return play(context, {
    persons: 1_000,
    aim,
    replace: { LISTING_REQUESTS_PER_SECOND: '1000', CASE_MESSAGE_LIMIT: '500' },
    rounds: async (hub, numbers) => {
      const side = await sideOf(hub, numbers, milliseconds);
      written ??= await writtenRows(hub, side.first);
      return side;
    },
    floor: async () => {
      if (written === undefined) throw new Error('no message was sent');
      const rows = written;
      const store = await context.server.createDatabase();
      const pool = new Pool({ connectionString: store.url, max: atATime });
      pool.on('error', () => undefined); // A connection that ends with the server.
      return {
        rounds: {
          'a message': () => closedLoop({ atATime, milliseconds }, () => bareAppend(pool, anew(rows))),
        },
        close: async () => (await pool.end(), await store.drop()),
      };
    },
  });
}

async function sideOf(
  hub: WholeHub,
  numbers: readonly string[],
  milliseconds: number,
): Promise<Side & { readonly first: string }> {
  const client = new FhirClient(hub);
  const ids: string[] = [];
  for (const number of numbers.slice(0, cases)) ids.push(await publishedCase(client, number));
  let next = 0;
  const send = (): Promise<Communication> => {
    next += 1;
    return client.send<Communication>('POST', 'Communication', {
      resourceType: 'Communication',
      status: 'completed',
      basedOn: [{ reference: `CarePlan/${ids[next % ids.length]}` }],
      payload: [{ contentString: 'Kan ni ta emot på torsdag?' }],
    });
  };
  const first = await send();
  const asked = await client.send<Bundle>('GET', `Task?focus=Communication/${first.id}&_summary=count`);
  if ((asked.total ?? 0) < 2) throw new Error('a message asks nobody to acknowledge it');
  return {
    first: first.id ?? '',
    rounds: {
      'a message': () => closedLoop({ hub, atATime, milliseconds }, async () => void (await send())),
    },
    close: () => Promise.resolve(client.close()),
  };
}

/** The same rows of another message. */
function anew({ event, stream, resources, versions }: AppendedRows): AppendedRows {
  const id = randomUUID();
  const ids = resources.map(() => randomUUID());
  const [, type, , ...rest] = event;
  const other = (row: readonly unknown[], index: number) => [
    row[0],
    ids[index],
    row[2],
    row[3],
    id,
    ...row.slice(5),
  ];
  return {
    event: [randomUUID(), type, id, ...rest],
    stream: [id, ...stream.slice(1)],
    resources: resources.map(other),
    versions: versions.map(other),
  };
}
