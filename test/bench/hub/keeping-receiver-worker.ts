import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import { unseen } from '../../../src/persistence/kept-plan.js';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';

const { url } = workerData as { readonly url: string };
const pool = new Pool({ connectionString: url, max: 1 });
pool.on('error', () => undefined); // A connection that ends with the server.
await pool.query(`
  create table receipt (number bigint generated always as identity unique, sender text, control_id text, event_id text, message text,
    published boolean not null default false, primary key (sender, control_id));
  create index on receipt (number) where not published;
  create table sealing (event_id text, id uuid, key bytea, primary key (event_id, id));
  create table recording (number bigint generated always as identity primary key, event_id text, sealed bytea);
  create index on recording (event_id)`);

const store = `with stored as (
    insert into receipt (sender, control_id, event_id, message) select * from unnest(${unseen('$1::text[]', '$2::text[]', '$3::text[]', '$4::text[]')})),
  keyed as (insert into sealing select * from unnest(${unseen('$3::text[]', '$5::uuid[]', '$6::bytea[]')}))
  insert into recording (event_id, sealed) select * from unnest(${unseen('$3::text[]', '$7::bytea[]')})`;

type Taken = { readonly values: readonly unknown[]; readonly answer: () => void };
let taken: Taken[] = [];
let writing = false;

function sealed(key: Buffer, content: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

const recordingKey = randomBytes(32);

/** One commit at a time, of all that came meanwhile, so that their order is the order of arrival. */
async function write(): Promise<void> {
  writing = true;
  while (taken.length > 0) {
    await new Promise((resolve) => setImmediate(resolve));
    const all = taken;
    taken = [];
    const columns = [0, 1, 2, 3, 4, 5, 6].map((column) => all.map(({ values }) => values[column]));
    await pool.query({ name: 'store', text: store, values: columns });
    for (const { answer } of all) answer();
  }
  writing = false;
}

function take(socket: Socket, bytes: Buffer): void {
  const segments = new Map(
    bytes
      .toString('utf8')
      .split('\r')
      .map((segment) => [segment.slice(0, 3), segment.split('|')]),
  );
  const header = segments.get('MSH') ?? [];
  const visit = segments.get('PV1');
  const fact = { patient: segments.get('PID')?.[3], ward: visit?.[3], visit: visit?.[19], at: header[6] };
  const [key, event, id] = [randomBytes(32), randomUUID(), header[9]];
  const message = sealed(key, Buffer.from(JSON.stringify(fact))).toString('base64');
  const answer = Buffer.from(`MSH|^~\\&|||||||ACK|${id}|P|2.5\rMSA|AA|${id}\r`);
  taken.push({
    values: [header[2], id, event, message, randomUUID(), key, sealed(recordingKey, bytes)],
    answer: () => socket.write(frame(answer)),
  });
  if (!writing) void write();
}

function serve(socket: Socket): void {
  const framer = new MllpFramer(1024 * 1024);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    for (const each of framer.push(chunk)) if (each.kind === 'message') take(socket, each.bytes);
  });
}

const server = createServer({ noDelay: true }, serve);
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port, []));
