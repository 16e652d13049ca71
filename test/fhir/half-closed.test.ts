import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connect, type AddressInfo } from 'node:net';
import { startFacade, type TestFacade } from '../support/facade.js';
import { sampleOrganisation } from '../support/organisation.js';

let facade: TestFacade;
let port: number;
beforeAll(async () => {
  facade = await startFacade(sampleOrganisation());
  await facade.app.listen(0, '127.0.0.1');
  port = (facade.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => facade.stop());

/** Sends everything, shuts the writing half, and gives what came back. */
const ask = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let all = '';
    socket.on('data', (chunk) => (all += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(all));
    socket.end(text);
  });
const head = 'Host: hub\r\nConnection: close\r\n';

it.each([
  ['a read without a body', `GET /fhir/metadata HTTP/1.1\r\n${head}\r\n`, 'HTTP/1.1 200'],
  ['a read that is refused', `GET /fhir/CarePlan HTTP/1.1\r\n${head}\r\n`, 'HTTP/1.1 401'],
  [
    'a search with a body',
    `POST /fhir/CarePlan/_search HTTP/1.1\r\n${head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\n_count=5`,
    'HTTP/1.1 401',
  ],
])(
  'a client that shuts its writing half after the last byte of %s gets its answer',
  async (_, text, status) => {
    expect(await ask(text)).toContain(status);
  },
);
