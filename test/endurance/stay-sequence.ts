import { randomLetters } from '../support/letters.js';
import { setTimeout as wait } from 'node:timers/promises';
import type { JournalSender, Ward } from './journal-sender.js';
import type { SentMessage } from './ledger.js';
import type { Person } from './persons.js';
import type { Random } from './random.js';

const hour = 3_600_000;
const longestPauseMs = 250;

/** A winter's day, so that no visit meets an hour that the clocks go through twice. */
const firstAdmission = Date.UTC(2026, 0, 12, 8);

/**
 * One ward's traffic: visit after visit of persons of its own, in, moved, out; now and then an old message once more, or
 * another one under an old id. Ends after the visit under way when `over`.
 */
export async function runStaySequence(
  sender: JournalSender,
  persons: readonly Person[],
  random: Random,
  over: AbortSignal,
): Promise<void> {
  const sent: SentMessage[] = [];
  for (let round = 0; !over.aborted; round += 1) {
    const patient = persons[round % persons.length];
    if (patient === undefined) throw new Error('a sequence of stays needs persons');
    const visit = randomLetters(13);
    const admittedAt = new Date(firstAdmission + round * 24 * hour);
    const later = (hours: number): Date => new Date(admittedAt.getTime() + hours * hour);
    const [from, to] = random.shuffled<Ward>(['MED', 'ORT', 'GER']) as [Ward, Ward];
    for (const part of [
      { event: 'A01', ward: from, at: admittedAt },
      { event: 'A02', ward: to, at: later(3) },
      { event: 'A03', ward: to, at: later(20) },
    ] as const) {
      const controlId = randomLetters(18);
      sent.push(await sender.deliver({ ...part, controlId, visit, admittedAt, patient }));
      await again(sender, sent, random);
      await wait(random.between(0, longestPauseMs));
    }
  }
  sender.close();
}

async function again(sender: JournalSender, sent: readonly SentMessage[], random: Random): Promise<void> {
  const old = sent[random.between(0, sent.length - 1)];
  if (old === undefined) return;
  if (random.chance(0.15)) await sender.repeat(old);
  if (random.chance(0.03)) await sender.repeatAltered(old);
}
