import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { adtMessage } from '../../src/demo/adt.js';
import { mllpAddress } from '../../src/demo/mllp-address.js';
import { runMelior, transportOn } from '../connectors/common/support.js';
import { makeCertificates } from '../support/certificates.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const { path: at, remove } = await makeCertificates();
const files = { MLLP_TLS_CERTIFICATE_FILE: at('server.pem'), MLLP_TLS_KEY_FILE: at('server.key') };

let store: TestDatabase;
let melior: Awaited<ReturnType<typeof runMelior>>;
beforeAll(async () => {
  store = await createTestDatabase();
  melior = await runMelior(store.url, await transportOn(store.database), {
    tls: { certificateFile: at('server.pem'), keyFile: at('server.key') },
  });
});
afterAll(async () => {
  await melior.end();
  await store.drop();
  remove();
});

/** What the demo's journal sends, through the door of this configuration. */
async function send(variables: Readonly<Record<string, string>>): Promise<string> {
  const door = await mllpAddress(loadConfiguration({ MLLP_PORT: String(melior.address.port), ...variables }));
  const now = new Date(Date.now() - 3_600_000);
  const message = adtMessage({
    event: 'A01',
    controlId: 'D1',
    at: now,
    admittedAt: now,
    patient: { number: '193406129829', family: 'Lindhage', given: 'Astrid' },
    ward: 'A1',
    visit: 'D1',
  });
  return sendMllp(door.host, door.port, message, door.tls);
}

it('the demo speaks TLS to a listener that takes nothing else, and trusts that one alone', async () => {
  expect(await send(files)).toContain('|D1');
  const other = { MLLP_TLS_CERTIFICATE_FILE: at('server-2.pem'), MLLP_TLS_KEY_FILE: at('server-2.key') };
  await expect(send(other)).rejects.toThrow(/certificate/);
});

it('where senders must show a certificate the demo says that it has none', async () => {
  await expect(send({ ...files, MLLP_TLS_CLIENT_CA_FILE: at('ca.pem') })).rejects.toThrow(
    /MLLP_TLS_CLIENT_CERTIFICATE/,
  );
});
