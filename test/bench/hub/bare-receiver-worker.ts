import { createServer, type AddressInfo, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';

const { url } = workerData as { readonly url: string };
const pool = new Pool({ connectionString: url, max: 32 });
pool.on('error', () => undefined); // A connection that ends with the server.
await pool.query(
  'create table received (sender text, control_id text, patient text, message text, primary key (sender, control_id))',
);

async function take(bytes: Buffer): Promise<Buffer> {
  const text = bytes.toString('utf8');
  const segments = text.split('\r').map((segment) => segment.split('|'));
  const [header = []] = segments;
  const patient = segments.find(([name]) => name === 'PID')?.[3] ?? '';
  await pool.query({
    name: 'store',
    text: 'insert into received values ($1, $2, $3, $4)',
    values: [header[2], header[9], patient, text],
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

const server = createServer({ noDelay: true }, serve);
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port, []));
