import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Configuration } from '../../src/configuration/configuration.js';
import {
  cast,
  castOfNorralven,
  castOfVasterdal,
  patients,
  patientsOfNorralven,
  patientsOfVasterdal,
  type Player,
} from '../../src/demo/cast.js';
import { journeyOf, playJourney, policiesPlayed } from '../../src/demo/journeys/journeys.js';
import { Timeline } from '../../src/demo/timeline.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

type Row = { readonly who: string; readonly sees: boolean; readonly communications: number };

/** Each table that a journey prints: by row who sees the case, and how many notices and messages. */
function tablesOf(printed: string): readonly (readonly Row[])[] {
  const tables: Row[][] = [];
  for (const line of printed.split('\n')) {
    const [who = '', sees, communications] = line.trim().split(/ {2,}/);
    if (who === 'Vem ser vad') tables.push([]);
    else if (sees === 'ja' || sees === 'nej')
      tables.at(-1)?.push({ who, sees: sees === 'ja', communications: Number(communications) });
  }
  return tables;
}

/** The parts of a cast that the journey asks of. */
function partsOf(people: Readonly<Record<string, Player>>): readonly string[] {
  return Object.keys(people).filter((part) => part !== 'doctor' && part !== 'logReviewer');
}

/** Which parts see the case each time the journey asks; the others that it asks of do not. */
const seenBy: Readonly<Record<string, readonly (readonly string[])[]>> = {
  // Draft, published, after the change of ward, after the discharge: the first ward reads what it was told, and no more.
  skane: [
    ['nurse'],
    ['nurse', 'healthCentre', 'needsAssessor', 'homeNursing'],
    ['geriatrics', 'healthCentre', 'needsAssessor', 'homeNursing'],
    ['geriatrics', 'healthCentre', 'needsAssessor', 'homeNursing'],
  ],
  vasterbotten: [['nurse'], ...Array.from({ length: 3 }, () => partsOf(castOfVasterdal))],
  norrbotten: [['nurse'], ...Array.from({ length: 3 }, () => partsOf(castOfNorralven))],
};
const casts: Readonly<Record<string, Readonly<Record<string, Player>>>> = {
  skane: cast,
  vasterbotten: castOfVasterdal,
  norrbotten: castOfNorralven,
};

describe('a journey under each policy, through the outer doors', () => {
  let store: TestDatabase;
  let started: Started;
  let configuration: Configuration;
  let dataDirectory: string;
  /** What each journey printed. */
  const played = new Map<string, string>();

  beforeAll(async () => {
    store = await createTestDatabase();
    dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-journeys-'));
    configuration = await wholeHubConfiguration(store.url, dataDirectory);
    started = await start(configuration, pino({ level: 'silent' }));
  });
  afterAll(async () => {
    await started?.stop();
    await store?.drop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it.each(policiesPlayed)('ACC-1, SVU-1 to SVU-25: %s, and who sees what at each step', async (policy) => {
    let printed = '';
    await playJourney(
      {
        fhir: configuration.http.baseUrl,
        mllp: { host: configuration.melior.host, port: configuration.melior.port },
        issuer: await openDemoIssuer(configuration),
        timeline: new Timeline((text) => (printed += text)),
      },
      policy,
    );
    played.set(policy, printed);
    expect(printed).toContain('Ärendet är avslutat och låst');
    const tables = tablesOf(printed);
    const shown = Object.entries(casts[policy] ?? {});
    const partsThatSee = tables.map((rows) =>
      rows
        .filter(({ sees }) => sees)
        .map(({ who }) => shown.find(([, player]) => player.shown === who)?.[0] ?? who)
        .sort(),
    );
    expect(partsThatSee).toEqual(seenBy[policy]?.map((parts) => [...parts].sort()));
    const everybody = [...patients, ...patientsOfVasterdal, ...patientsOfNorralven];
    expect(everybody.filter(({ number }) => printed.includes(number))).toEqual([]);
  });

  it('MSG-1: a directed message is read by its sender and the unit it names alone (vasterbotten, norrbotten)', () => {
    for (const [policy, readers] of [
      ['vasterbotten', [castOfVasterdal.nurse, castOfVasterdal.needsAssessor]],
      ['norrbotten', [castOfNorralven.psychiatry, castOfNorralven.needsAssessor]],
    ] as const) {
      const [, before = [], after = []] = tablesOf(played.get(policy) ?? '');
      const more = after.filter(
        ({ who, communications }) =>
          communications > (before.find((each) => each.who === who)?.communications ?? 0),
      );
      expect(more.map(({ who }) => who).sort()).toEqual(readers.map(({ shown }) => shown).sort());
    }
  });

  it('a policy without a journey is refused by name', () => {
    expect(() => journeyOf('halland')).toThrow(
      'no journey is played under halland; there is one for skane, vasterbotten, norrbotten',
    );
  });
});
