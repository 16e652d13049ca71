import { expect, it } from '@jest/globals';
import { Random } from '../endurance/random.js';
import { write } from './cosmic-half.js';
import { differences, keptAnywhere, keptOf, noticesOf, outcomesOfMerges, readResult } from './compare.js';
import { startHospital, type Hospital } from './hospital.js';
import { mergesOf, MeliorSender, messagesOf } from './melior-half.js';
import { isKept, makePersons, registerRenumbersAt, type Person } from './persons.js';
import { makePlan, type Plan, type PlannedStay } from './plan.js';

/** The same day again: HOSPITAL_DAY_SEED=12345 npm run test:all -- test/hospital-day */
const seed = Number(process.env['HOSPITAL_DAY_SEED'] ?? Date.now() % 1_000_000);
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const halfHour = 30 * 60_000;
const day = 24 * 3_600_000;
const midnight = Math.floor(Date.now() / day) * day - 2 * day;

it('a day of two hospitals with 2 000 beds, through Melior and Cosmic at once, gives the stays of its plan', async () => {
  const random = new Random(seed);
  const plan = makePlan(random.fork(), midnight);
  const persons = makePersons(plan, random.fork(), midnight);
  const hidden = persons.filter((person) => !isKept(person));
  const renumbered = persons.filter(({ kind }) => kind === 'renumbered').length;
  say(
    `hospital day: HOSPITAL_DAY_SEED=${seed}, ${plan.stays.length} stays of ${plan.persons} persons, ` +
      `${hidden.length} of them protected, unknown or with a reserve number, ${renumbered} renumbered`,
  );
  const hospital = await startHospital(persons);
  try {
    await play(hospital, plan, persons, random);
    expect(await hospital.status()).toMatchObject({ waiting: 0, dead: 0 });
    const result = await readResult(hospital.store.database);
    const kept = keptOf(plan.stays, persons);
    expect(differences(kept, result.stays)).toEqual([]);
    expect(result.stays).toHaveLength(kept.length);
    const notices = noticesOf(plan.stays, persons);
    expect(result.notices).toEqual(notices);
    expect(result.resources).toEqual({
      Encounter: kept.length,
      Patient: persons.length - hidden.length,
      Task: notices.size,
    });
    const { database } = hospital.store;
    const ordinary = persons.filter(({ kind }) => kind === 'ordinary').map(({ number }) => number);
    expect(await keptAnywhere(database, ordinary.slice(0, 1))).toContain('resource');
    const numbers = hidden.map(({ number }) => number);
    expect(await keptAnywhere(database, numbers)).toEqual([]);
    // Whoever the hub does not know yet is told of later, under the new number.
    const merges = await outcomesOfMerges(database);
    expect([...merges.keys()].filter((each) => each !== 'persons-not-known')).toEqual([
      'confirmed-by-the-register',
    ]);
  } finally {
    await hospital.stop();
  }
}, 600_000);

async function play(
  hospital: Hospital,
  plan: Plan,
  persons: readonly Person[],
  random: Random,
): Promise<void> {
  const started = performance.now();
  const sender = new MeliorSender(hospital.mllp, random.fork());
  const of = (steps: Plan['today'], source: PlannedStay['source']) =>
    steps.filter(({ stay }) => stay.source === source);
  const melior = [plan.before, plan.today].map((steps) =>
    messagesOf(of(steps, 'melior'), persons, random.fork()),
  );
  const merges = mergesOf(persons, random.fork());
  const today = [...(melior[1] ?? []), ...merges].toSorted((one, other) => one.at - other.at);
  const cosmic = [plan.before, plan.today].map((steps) => of(steps, 'cosmic'));
  const chance = random.fork();
  // Who lies there already, from the time when each was admitted.
  let versions = write(hospital.cosmic, cosmic[0] ?? [], chance);
  await Promise.all([sender.send(melior[0] ?? []), hospital.poll(midnight)]);
  await hospital.settled();
  const filled = performance.now();
  const before = sender.sent + versions;

  const arrivals = [...today, ...(cosmic[1] ?? []).map(({ toldAt }) => ({ at: toldAt }))];
  const ends = Math.max(...arrivals.map(({ at }) => at));
  for (let from = Math.min(...arrivals.map(({ at }) => at)); from <= ends; from += halfHour) {
    const now = (at: number): boolean => at >= from && at < from + halfHour;
    versions += write(
      hospital.cosmic,
      (cosmic[1] ?? []).filter(({ toldAt }) => now(toldAt)),
      chance,
    );
    if (now(midnight + registerRenumbersAt)) await hospital.renumber();
    if (chance.chance(0.2)) hospital.cosmic.fault(chance.shuffled(faults)[0] ?? 'twice', 1);
    if (chance.chance(0.05)) await hospital.restartCosmic();
    await Promise.all([sender.send(today.filter(({ at }) => now(at))), hospital.poll(from + halfHour)]);
  }
  hospital.cosmic.fault('twice', 0);
  await hospital.poll(ends + 2 * halfHour);
  await hospital.settled();
  const messages = sender.sent + versions;
  const [filling, playing] = [(filled - started) / 1000, (performance.now() - filled) / 1000];
  say(
    `hospital day: ${before} admissions before in ${filling.toFixed(1)} s, ${messages - before} messages and versions of the day in ` +
      `${playing.toFixed(1)} s (${Math.round(messages / (filling + playing))} a second in all; ${sender.connections} connections)`,
  );
}

/** What the server does wrong now and then; those that cost seconds of waiting have tests of their own. */
const faults = [
  'error',
  'close',
  'truncated',
  'token-revoked',
  'page-gone',
  'moving-pages',
  'twice',
] as const;
