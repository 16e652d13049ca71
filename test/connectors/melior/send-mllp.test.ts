import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { MllpClient } from '../../../connectors/melior/mllp/send-mllp.js';
import { waitFor } from '../../support/wait-for.js';

const limitMs = 20_000;
let server: Server;
let port: number;
const accepted: Socket[] = [];

beforeAll(async () => {
  server = createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

it('a connection that was lost while idle is told at once, so that a sender opens another', async () => {
  const client = await MllpClient.open('127.0.0.1', port, limitMs);
  const connection = await waitFor('the server to have the connection', () => accepted[0]);
  connection.resetAndDestroy();
  const message = Buffer.from('MSH|^~\\&|');
  await expect(client.send(message)).rejects.toThrow('lost');
  await expect(client.send(message)).rejects.toThrow('lost');
}, 5_000);
