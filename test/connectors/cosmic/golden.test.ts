import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { StandInResource } from '../../../connectors/cosmic/stand-in/file.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { waitFor } from '../../support/wait-for.js';
import { carePlanSettings, cosmicTest, people, settings } from './cosmic-support.js';
import { published } from '../common/support.js';

/**
 * Resources in, facts out: each `<name>.json` says what is written between polls, and beside it `<name>.facts.json` holds the events
 * that it becomes. `UPDATE_GOLDEN=1` writes the events anew, to be read in the difference.
 */
type Course = {
  readonly about: string;
  readonly polls: readonly {
    readonly put?: readonly StandInResource[];
    readonly remove?: readonly string[];
  }[];
};

const folder = path.resolve('test/golden/messages/cosmic');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.facts.json'))
  .map((name) => name.slice(0, -'.json'.length));
const minute = 60_000;
const begins = Date.parse('2026-01-10T12:00:00Z');

it.each(names)('%s becomes the facts beside it', async (name) => {
  const { polls } = JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8')) as Course;
  const at = await cosmicTest([...people]);
  try {
    let now = begins;
    const sections = { ward: settings.ward, carePlans: carePlanSettings };
    const cosmic = await at.start({ clock: () => new Date(now), more: sections });
    for (const { put = [], remove = [] } of polls) {
      // An hour between polls: a Patient is kept for less. Half a minute in, so that the minute is the same whenever this runs.
      now += 60 * minute;
      at.server.clock({ answers: now - Date.now(), stamps: now + minute / 2 - Date.now(), coarse: minute });
      for (const resource of put) at.server.put(resource);
      for (const each of remove) {
        const [type = '', id = ''] = each.split('/');
        at.server.remove(type, id);
      }
      await waitFor('a poll of stays', () => cosmic.pollNow());
      await waitFor('a poll of plans', async () => cosmic.carePlans?.pollNow());
    }
    await at.settled();
    const topics = [factTopics.stay, factTopics.identity, factTopics.carePlan];
    const events = await Promise.all(
      topics.map((topic) => published<{ readonly sequence: number }>(at.test.database, topic)),
    );
    const facts = events.map((each) =>
      each.toSorted((one, other) => one.data.sequence - other.data.sequence),
    );
    const golden = path.join(folder, `${name}.facts.json`);
    if (process.env['UPDATE_GOLDEN'] === '1')
      await writeFile(golden, `${JSON.stringify(facts.flat(), null, 2)}\n`);
    expect(facts.flat()).toEqual(JSON.parse(await readFile(golden, 'utf8')));
  } finally {
    await at.end();
  }
});
