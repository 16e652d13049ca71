import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';
import { stayIdOf } from '../../../src/cases/deterministic-id.js';

const { url } = workerData as { readonly url: string };
const pool = new Pool({ connectionString: url, max: 32 });
pool.on('error', () => undefined); // A connection that ends with the server.
await pool.query(
  'create table received (sender text, control_id text, stay uuid unique, patient text, message text, primary key (sender, control_id))',
);

async function take(bytes: Buffer): Promise<Buffer> {
  const text = bytes.toString('utf8');
  const segments = text.split('\r').map((segment) => segment.split('|'));
  const [header = []] = segments;
  const visit = segments.find(([name]) => name === 'PV1')?.[19] ?? '';
  const patient = segments.find(([name]) => name === 'PID')?.[3] ?? '';
  await pool.query({
    name: 'store',
    text: 'insert into received values ($1, $2, $3, $4, $5)',
    values: [header[2], header[9], stayIdOf(`${header[2]}/${header[3]}`, visit), patient, text],
  });
  return Buffer.from(`MSH|^~\\&|||||||ACK|${header[9]}|P|2.5\rMSA|AA|${header[9]}\r`);
}

function serve(socket: Socket): void {
  const framer = new MllpFramer(1024 * 1024);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    for (const each of framer.push(chunk))
      if (each.kind === 'message') void take(each.bytes).then((answer) => socket.write(frame(answer)));
  });
}

/** Answers whether a stay is there, by the id that the hub would give it. */
async function read(id: string): Promise<string | undefined> {
  const text = 'select message from received where stay = $1';
  const { rows } = await pool.query<{ message: string }>({ name: 'read', text, values: [id] });
  return rows[0]?.message;
}

const reads = createHttpServer((request, response) => {
  void read(request.url?.split('/').at(-1) ?? '').then((message) =>
    response.writeHead(message === undefined ? 404 : 200).end(message),
  );
});

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

const port = await listening(createServer({ noDelay: true }, serve));
parentPort?.postMessage({ port, http: await listening(reads) }, []);
