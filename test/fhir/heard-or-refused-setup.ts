import { afterAll, beforeAll } from '@jest/globals';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { opened, staff } from '../support/svu.js';

/** What a client says in address, headers and body is obeyed or refused by name; nothing is ignored. */

export let hub: TestHub;
export let token: string;
export let open: string;
beforeAll(async () => {
  hub = await startHub();
  token = await hub.user(staff.nurse.user, staff.nurse.unit);
  open = await opened(hub, '194102039817');
  await hub.app.listen(0, '127.0.0.1');
});
afterAll(() => hub.stop());

export type Headers = Readonly<Record<string, string>>;
export const get = (path: string, headers: Headers = {}) =>
  hub.http().get(`/fhir/${path}`).set('authorization', token).set(headers);
export const form = (path: string, body: string, headers: Headers = {}) =>
  hub
    .http()
    .post(`/fhir/${path}`)
    .set({ authorization: token, 'content-type': 'application/x-www-form-urlencoded', ...headers })
    .send(body);
export const put = (path: string, body: object, headers: Headers = {}) =>
  hub
    .http()
    .put(`/fhir/${path}`)
    .set({ authorization: token, 'content-type': 'application/fhir+json', ...headers })
    .send(JSON.stringify(body));
export const post = (path: string, body: object | string, headers: Headers = {}) =>
  hub
    .http()
    .post(`/fhir/${path}`)
    .set({ authorization: token, 'content-type': 'application/fhir+json', ...headers })
    .send(typeof body === 'string' ? body : JSON.stringify(body));

/** Sends bytes as they are, and gives all that is answered. */
export function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((hub.app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(text);
  });
}
