import { MllpClient, sendMllp } from '../../../connectors/melior/mllp/send-mllp.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import {
  adt,
  codeOf,
  logged,
  published,
  runMelior,
  transportOn,
  type MessageParts,
} from '../common/support.js';

export let test: TestDatabase;
export let melior: Awaited<ReturnType<typeof runMelior>>;
export const log = logged();
let controlIds = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  melior = await runMelior(test.url, await transportOn(test.database), {
    logger: log.logger,
    limits: { largestMessageBytes: 20_000, messageMilliseconds: 3_000 },
  });
});
afterAll(async () => {
  await melior.end();
  await test.drop();
});

export const nextId = (): string => `T${(controlIds += 1)}`;
export const send = (message: string): Promise<string> =>
  sendMllp(melior.address.host, melior.address.port, message);

/** Sends and returns the answer with the fact that came of it, if any did. */
export async function exchange(parts: MessageParts & { bytes?: (text: string) => Buffer }) {
  const controlId = parts.controlId ?? nextId();
  const text = adt({ ...parts, controlId });
  const client = await MllpClient.open(melior.address.host, melior.address.port);
  const answer = (await client.send(parts.bytes?.(text) ?? Buffer.from(text, 'utf8'))).toString('latin1');
  client.close();
  if (codeOf(answer) !== 'AA') return { answer, code: codeOf(answer) };
  const event = await waitFor(`the fact of ${controlId}`, async () =>
    (await published(test.database)).find((each) => each.data.messageId === controlId),
  );
  return { answer, code: 'AA', event, fact: event.data };
}
