import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { listen } from '../../../connectors/common/listen.js';
import { writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import { SoapClient } from '../../../connectors/common/soap/soap-client.js';
import type { ClientTls } from '../../../connectors/common/tls.js';
import { makeCertificates } from '../../support/certificates.js';

const { pem, remove } = await makeCertificates();

const served = new WeakMap<Socket, number>();
/** How a connection ends that was kept open; absent: it goes on. */
let drop: ((socket: Socket) => void) | undefined;
const server = createServer(
  {
    key: pem('server.key'),
    cert: pem('server.pem'),
    ca: pem('ca.pem'),
    requestCert: true,
    rejectUnauthorized: true,
  },
  (request, response) => {
    const before = served.get(request.socket) ?? 0;
    served.set(request.socket, before + 1);
    if (drop !== undefined && before > 0) {
      drop(request.socket);
      return;
    }
    const peer = 'getPeerCertificate' in request.socket ? String(request.headers['soapaction']) : 'no TLS';
    request.resume();
    response.end(writeEnvelope(`<answer>${peer}</answer>`));
  },
);
let url: string;
beforeAll(async () => {
  url = `https://127.0.0.1:${(await listen(server, '127.0.0.1', 0)).port}/`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  remove();
});

async function ask(tls: ClientTls) {
  const client = new SoapClient({ url, logicalAddress: 'x', profile: '2.1', tls });
  try {
    return await client.ask('urn:action', '<question/>');
  } finally {
    client.close();
  }
}

it.each<[string, (socket: Socket) => void]>([
  ['with an end', (socket) => void socket.end()],
  ['without a word of TLS', (socket) => void socket.destroy()],
])(
  'a question over a connection that was dropped meanwhile %s is asked again over a new one',
  async (_how, how) => {
    const tls = { certificate: pem('client.pem'), key: pem('client.key'), authorities: pem('ca.pem') };
    const client = new SoapClient({ url, logicalAddress: 'x', profile: '2.1', tls });
    drop = how;
    try {
      for (let questions = 0; questions < 4; questions += 1)
        expect(await client.ask('urn:action', '<question/>')).toMatchObject({ kind: 'answer' });
    } finally {
      drop = undefined;
      client.close();
    }
  },
);

it('a client certificate is shown where one is configured', async () => {
  const answer = await ask({
    certificate: pem('client.pem'),
    key: pem('client.key'),
    authorities: pem('ca.pem'),
  });
  expect(answer).toMatchObject({ kind: 'answer', content: { name: 'answer', text: '"urn:action"' } });
});

it('without one, or with a server nobody vouches for, there is no answer', async () => {
  await expect(ask({ authorities: pem('ca.pem') })).rejects.toMatchObject({ code: 'connection' });
  await expect(ask({ certificate: pem('client.pem'), key: pem('client.key') })).rejects.toMatchObject({
    code: 'connection',
  });
});
