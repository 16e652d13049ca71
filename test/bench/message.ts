import { randomUUID } from 'node:crypto';
import type { Bundle, CarePlan, Communication, Parameters } from 'fhir/r4.js';
import { Pool } from 'pg';
import { newCase, oralConsent } from '../../src/demo/requests.js';
import { bareAppend, type AppendedRows } from './bare-append.js';
import type { BenchContext, Figure, Measure } from './harness/measure.js';
import { FhirClient } from './hub/fhir-client.js';
import { closedLoop, play, type Side } from './hub/play.js';
import type { WholeHub } from './hub/whole-hub.js';

const atATime = 8;
/** Cases that are written in, in turn. */
const cases = 40;
const day = 24 * 60 * 60 * 1000;
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
      written ??= await rowsOf(hub, side.first);
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
  for (const number of numbers.slice(0, cases)) ids.push(await published(client, number));
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

async function published(client: FhirClient, number: string): Promise<string> {
  const now = Date.now();
  const planned = new Date(now + 4 * day).toISOString().slice(0, 10);
  const { id = '' } = await client.send<CarePlan>(
    'POST',
    'CarePlan',
    newCase(number, new Date(now - 60_000), planned),
  );
  const informed: Parameters = {
    resourceType: 'Parameters',
    parameter: ['informed', 'oral', 'written'].map((name) => ({ name, valueBoolean: true })),
  };
  await client.send('POST', `CarePlan/${id}/$record-patient-information`, informed);
  await client.send('POST', 'Consent', oralConsent(id));
  await client.send('POST', `CarePlan/${id}/$publish-admission-notice`, { resourceType: 'Parameters' });
  return id;
}

/** The rows that the hub wrote for a message. */
async function rowsOf({ store }: WholeHub, messageId: string): Promise<AppendedRows> {
  const { rows } = await store.database.query<{ rows: AppendedRows }>(
    `select json_build_object(
       'event', json_build_array(e.id, e.stream_type, e.stream_id, e.stream_version, e.type, e.type_version, e.person_id,
                  e.occurred_at, e.recorded_at, e.actor::text, e.cause::text, e.data::text),
       'stream', json_build_array(s.id, s.type, s.version, s.person_id, s.state::text),
       'resources', (select json_agg(json_build_array(type, id, version, last_updated, stream_id, scope, person_id, personal,
                       draft, tokens, owner, status, deadline, content, about) order by id) from resource where stream_id = s.id),
       'versions', (select json_agg(json_build_array(type, id, version, last_updated, stream_id, scope, personal, draft,
                      content) order by id) from resource_version where stream_id = s.id)) as rows
     from stream as s join event as e on e.stream_id = s.id where s.id = $1`,
    [messageId],
  );
  if (rows[0] === undefined) throw new Error('the message has no rows');
  return rows[0].rows;
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
