import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { playMessages } from '../../../connectors/melior/stand-in.js';
import { factTopics, type IdentityFact } from '../../../src/messaging/contracts/facts.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { codeOf, published, runMelior, transportOn } from '../common/support.js';

/**
 * Message in, fact out: each `.hl7` file beside the `.json` of the event it becomes. `UPDATE_GOLDEN=1` writes the facts anew, to be
 * read in the difference.
 */
const folder = path.resolve('test/golden/messages/melior');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.hl7'))
  .map((name) => name.slice(0, -'.hl7'.length));

let test: TestDatabase;
let melior: Awaited<ReturnType<typeof runMelior>>;
beforeAll(async () => {
  test = await createTestDatabase();
  melior = await runMelior(test.url, await transportOn(test.database));
});
afterAll(async () => {
  await melior.end();
  await test.drop();
});

it.each(names)('%s becomes the fact beside it', async (name) => {
  const message = await readFile(path.join(folder, `${name}.hl7`), 'utf8');
  const controlId = message.split(message[3] ?? '')[9];
  const answers: string[] = [];
  const file = path.join(folder, `${name}.hl7`);
  await playMessages({ ...melior.address, file, onAnswer: (answer) => answers.push(answer ?? 'none') });
  expect(answers.map(codeOf)).toEqual(['AA']);
  const event = await waitFor('the fact', async () =>
    [
      ...(await published(test.database)),
      ...(await published<IdentityFact>(test.database, factTopics.identity)),
    ].find((each) => each.data.messageId === controlId),
  );
  const golden = path.join(folder, `${name}.json`);
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(golden, `${JSON.stringify(event, null, 2)}\n`);
  expect(event).toEqual(JSON.parse(await readFile(golden, 'utf8')));
});
