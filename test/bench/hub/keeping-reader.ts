import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { Pool } from 'pg';
import { unseen } from '../../../src/persistence/kept-plan.js';

type Asked = {
  readonly id: string;
  readonly resolve: (content: string | undefined) => void;
  readonly reject: (error: unknown) => void;
};
type Row = { readonly place: string; readonly content: string; readonly person: string };

/** Finds under way at a time; trail one, for each holds the hash of the one before. */
const finds = 2;

const find = `select q.place, r.content, r.person_id as person
  from unnest(${unseen('$1::uuid[]')}) with ordinality as q (id, place)
  join resource as r on r.type = 'CarePlan' and r.id = q.id
  where exists (select from access_grant as g where g.scope = r.scope and g.unit = $2)`;

const write = `with written as (
    insert into audit_group (chain, number, hash, previous, recorded_at, format, key_id, signature)
    values ($1, $2, $3, $4, now(), 2, 'none', $5))
  insert into audit_record (id, chain, number, place, recorded_at, actor, unit, person_id, action, outcome, detail)
  select id, $1, $2, place, now(), 'nobody', $6, person, 'read', 'success', to_jsonb(read)
  from unnest(${unseen('$7::uuid[]', '$8::uuid[]', '$9::text[]')}) with ordinality as r (id, person, read, place)`;

/** Calls `take` with all that was added in a turn of the event loop, or while as many calls were under way as may be. */
function gathered<One>(mostUnderWay: number, take: (all: readonly One[]) => Promise<void>) {
  let waiting: One[] = [];
  let underWay = 0;
  let planned = false;
  const plan = (): void => {
    if (planned || underWay >= mostUnderWay || waiting.length === 0) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      underWay += 1;
      const all = waiting;
      waiting = [];
      void take(all).finally(() => {
        underWay -= 1;
        plan();
      });
    });
  };
  return (one: One): void => {
    waiting.push(one);
    plan();
  };
}

/**
 * The least program that keeps the promises of a read, in this process: whether the unit may see it is asked of the database, and nothing
 * is answered before a chained and signed record is durable that can be found by person. No token, no FHIR, no log.
 * @param url of a database as the hub has it
 */
export async function startKeepingReader(
  url: string,
  unit: string,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const pool = new Pool({ connectionString: url, max: finds + 1 });
  pool.on('error', () => undefined); // The server ends before the last idle connection does.
  const { privateKey } = generateKeyPairSync('ed25519');
  const chain = randomUUID();
  let number = 0;
  let previous = 'start';

  const writeAll = gathered<Asked & Row>(1, async (read) => {
    const text = JSON.stringify([chain, number, previous, read.map(({ id, person }) => [id, person, unit])]);
    const hash = createHash('sha256').update(text).digest('hex');
    const signature = sign(null, Buffer.from(hash), privateKey).toString('base64url');
    const people = read.map(({ person }) => person);
    const recordIds = read.map(() => randomUUID());
    const head = [chain, number, hash, previous, signature, unit];
    const values = [...head, recordIds, people, read.map(({ id }) => id)];
    number += 1;
    previous = hash;
    try {
      await pool.query({ name: 'write', text: write, values });
      for (const { resolve, content } of read) resolve(content);
    } catch (error) {
      for (const { reject } of read) reject(error);
    }
  });
  const findAll = gathered<Asked>(finds, async (asked) => {
    try {
      const values = [asked.map(({ id }) => id), unit];
      const { rows } = await pool.query<Row>({ name: 'find', text: find, values });
      const found = new Map(rows.map((row) => [Number(row.place) - 1, row]));
      for (const [place, one] of asked.entries()) {
        const row = found.get(place);
        if (row === undefined) one.resolve(undefined);
        else writeAll({ ...one, ...row });
      }
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  });

  const server = fastify();
  server.get<{ Params: { id: string } }>('/fhir/CarePlan/:id', async ({ params }, reply) => {
    const content = await new Promise<string | undefined>((resolve, reject) =>
      findAll({ id: params.id, resolve, reject }),
    );
    if (content === undefined) return reply.status(404).send();
    return reply.type('application/fhir+json; charset=utf-8').send(content);
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      await server.close();
      await pool.end();
    },
  };
}
