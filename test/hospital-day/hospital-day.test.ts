import { expect, it } from '@jest/globals';
import { testNumbers } from '../bench/hub/persons.js';
import { Random } from '../endurance/random.js';
import { write } from './cosmic-half.js';
import { differences, readResult } from './compare.js';
import { startHospital, type Hospital } from './hospital.js';
import { MeliorSender, messagesOf } from './melior-half.js';
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
  const numbers = testNumbers(plan.persons);
  say(`hospital day: HOSPITAL_DAY_SEED=${seed}, ${plan.stays.length} stays of ${plan.persons} persons`);
  const hospital = await startHospital(numbers);
  try {
    await play(hospital, plan, numbers, random);
    expect(await hospital.status()).toMatchObject({ waiting: 0, dead: 0 });
    const result = await readResult(hospital.store.database);
    expect(differences(plan.stays, result.stays)).toEqual([]);
    expect(result.stays).toHaveLength(plan.stays.length);
    expect(result.resources).toEqual({ Encounter: plan.stays.length, Patient: plan.persons });
  } finally {
    await hospital.stop();
  }
}, 300_000);

async function play(
  hospital: Hospital,
  plan: Plan,
  numbers: readonly string[],
  random: Random,
): Promise<void> {
  const started = performance.now();
  const sender = new MeliorSender(hospital.mllp, random.fork());
  const of = (steps: Plan['today'], source: PlannedStay['source']) =>
    steps.filter(({ stay }) => stay.source === source);
  const melior = [plan.before, plan.today].map((steps) =>
    messagesOf(of(steps, 'melior'), numbers, random.fork()),
  );
  const cosmic = [plan.before, plan.today].map((steps) => of(steps, 'cosmic'));
  const chance = random.fork();
  // Who lies there already, from the time when each was admitted.
  let versions = write(hospital.cosmic, cosmic[0] ?? [], chance);
  await Promise.all([sender.send(melior[0] ?? []), hospital.poll(midnight)]);
  await hospital.settled();
  const filled = performance.now();
  const before = sender.sent + versions;

  const arrivals = [...(melior[1] ?? []), ...(cosmic[1] ?? []).map(({ toldAt }) => ({ at: toldAt }))];
  const ends = Math.max(...arrivals.map(({ at }) => at));
  for (let from = Math.min(...arrivals.map(({ at }) => at)); from <= ends; from += halfHour) {
    const now = (at: number): boolean => at >= from && at < from + halfHour;
    versions += write(
      hospital.cosmic,
      (cosmic[1] ?? []).filter(({ toldAt }) => now(toldAt)),
      chance,
    );
    if (chance.chance(0.2)) hospital.cosmic.fault(chance.shuffled(faults)[0] ?? 'twice', 1);
    if (chance.chance(0.05)) await hospital.restartCosmic();
    await Promise.all([
      sender.send((melior[1] ?? []).filter(({ at }) => now(at))),
      hospital.poll(from + halfHour),
    ]);
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
