import type { Side } from '../../../src/process/vocabulary.js';
import type { Actor } from './cast.js';

type Phase = 'draft' | 'published' | 'discharged' | 'annulled';

/** A consent or refusal, and the case that it was registered in. */
type Word = { readonly id: string; readonly kind: string; readonly of: string };

/**
 * A case as the rules say it should be, kept beside the hub and knowing nothing of its code: who takes part, what has been
 * decided and published, and so why a step may be refused.
 */
export type ModelCase = {
  readonly id: string;
  readonly number: string;
  readonly patient: string;
  phase: Phase;
  /** Published once: also units outside the hospital see it, whatever became of it (ACC-2). */
  published: boolean;
  /** When that was, a moment after it. */
  publishedAt?: string;
  /** `preselected`: a register named it, and nobody added it by hand (ADR-16). */
  readonly units: Map<string, { readonly side: Side; content: boolean; readonly preselected?: true }>;
  /** The ward that has it. */
  ward: string;
  information: boolean;
  decision: { readonly id: string; readonly kind: string } | undefined;
  /** What the patient has said in any of her cases, oldest first, without what was a mistake (CON-6). */
  readonly words: Word[];
  /** Those of her cases whose stay is over, for she was discharged (CON-14). No journal tells of stays in the courses. */
  readonly stayOverIn: Set<string>;
  /** What of it is shared; undefined before it is published (CON-5). */
  sharing: 'full' | 'minimum' | undefined;
  reason: string | undefined;
  expected: string;
  /** Why the units were told that it changed. */
  dayReason: string | undefined;
  assessedAt: string | undefined;
  ready: { readonly date: string; readonly doctor: string } | undefined;
  /** SVU-31: a coordinated care plan takes the place of the SIP. */
  carePlan: boolean;
  discharge: string | undefined;
  readonly contacts: Map<string, { readonly unit: string; readonly callsToSip: boolean }>;
  /** Units that know the person though they do not see the case: they left it, or it is annulled (VIEW-11). */
  readonly person: Set<string>;
  /** Units told that a case they knew of is annulled, who never learnt whose it was. */
  readonly told: Set<string>;
};

/** What a step asks of the one who takes it. */
export type Asked = {
  readonly side?: readonly [Side, string];
  readonly phases?: readonly Phase[];
};

/** What a step is refused for in each phase that it is not for. */
const wrongPhase: Readonly<Record<Phase, string>> = {
  draft: 'not-published',
  published: 'not-discharged',
  discharged: 'case-locked',
  annulled: 'case-annulled',
};

/** ACC-1, ACC-2: whether the unit knows that there is the case; of an annulled one nobody does (VIEW-11). */
export function knows(of: ModelCase, unit: string): boolean {
  const part = of.units.get(unit);
  return of.phase !== 'annulled' && part !== undefined && (of.published || part.side === 'hospital');
}

/** CON-8: whether it also reads what stands in it. */
export const reads = (of: ModelCase, unit: string): boolean =>
  knows(of, unit) && of.units.get(unit)?.content === true;

/** Why this person may not take the step now; every reason, for the order in which they are told is the hub's. */
export function hindrances(of: ModelCase, by: Actor, { side, phases }: Asked): readonly string[] {
  return reasons(
    [!by.writes, 'role-lacks-responsibility'],
    [side !== undefined && by.side !== side[0], side?.[1] ?? ''],
    // ORG-3: another hospital takes part, and takes no step of this one's.
    [
      side?.[0] === 'hospital' &&
        by.side === 'hospital' &&
        organisationOf(by.unit) !== organisationOf(of.ward),
      'step-of-another-organisation',
    ],
    [
      !(phases ?? ['draft', 'published']).includes(of.phase),
      phases?.includes('discharged') === true && of.phase === 'draft'
        ? 'not-discharged'
        : wrongPhase[of.phase],
    ],
  );
}

/** The codes whose condition holds. */
export const reasons = (...of: readonly (readonly [boolean, string])[]): readonly string[] =>
  of.flatMap(([holds, code]) => (holds ? [code] : []));

export const isRefused = (of: ModelCase): boolean => of.decision?.kind === 'refusal';

/** CON-6: whether the patient's last word is no, whether or not it stands, and that of a later yes only in this case. */
export function saidNo({ id, words, stayOverIn }: ModelCase): boolean {
  const here = words.findLastIndex(({ of }) => of === id);
  const elsewhere = words.findLastIndex(({ of }) => of !== id && !stayOverIn.has(of));
  return words[here]?.kind === 'refusal' || (elsewhere > here && words[elsewhere]?.kind === 'refusal');
}

/** CON-8: a published case without a decision takes nothing new. */
export const undecided = (of: ModelCase): readonly [boolean, string] => [
  of.published && of.decision === undefined,
  'no-current-decision',
];

/** CON-5, CON-8: words that nobody may be told are refused. */
export const unkept = (of: ModelCase, text: string | undefined): readonly (readonly [boolean, string])[] => [
  [text !== undefined && isRefused(of), 'refusal-shares-minimum'],
  [text !== undefined && undecided(of)[0], 'no-text-without-decision'],
];

/** Whether a reason that a step needs is asked for: where those who are told may read it. */
export const asksReason = (of: ModelCase): boolean => !isRefused(of) && !undecided(of)[0];

export const unitsOf = (of: ModelCase, side: Side): readonly string[] =>
  [...of.units].filter(([, each]) => each.side === side).map(([unit]) => unit);

/** CON-5: whether words of the case may be shown: not where the minimum is shared, nor in a draft whose last word is a refusal. */
export const freeText = (of: ModelCase): boolean =>
  of.sharing === undefined ? !isRefused(of) : of.sharing === 'full';

/** CON-5: whether receivers do not learn which units of the hospital take part; the cases of the courses are of one policy, skane. */
export const hidesHospital = (of: ModelCase): boolean => of.published && !freeText(of);

/** CON-2: the new decision stands alone; under a refusal the case forgets (CON-5); who waited for a decision reads now (CON-8). */
export function decide(of: ModelCase, id: string, kind: string): void {
  of.decision = { id, kind };
  if (kind === 'consent' || kind === 'refusal') of.words.push({ id, kind, of: of.id });
  for (const unit of of.units.values()) unit.content = true;
  if (kind === 'refusal') forget(of);
}

/** CON-5 */
function forget(of: ModelCase): void {
  of.reason = undefined;
  of.dayReason = undefined;
  of.carePlan = false;
  if (of.sharing !== undefined) of.sharing = 'minimum';
}

/** CON-6: nobody ever decided so; where the last word that is left is no, the case shares what a refusal leaves. */
export function mistaken(of: ModelCase, id: string): void {
  const said = of.words.findIndex((word) => word.id === id);
  if (said >= 0) of.words.splice(said, 1);
  if (of.decision?.id === id) of.decision = undefined;
  const kind = of.decision?.kind;
  if (of.words.findLast((word) => word.of === of.id)?.kind !== 'refusal') return;
  if (kind !== undefined && kind !== 'harm-assessment') return;
  of.decision = undefined;
  forget(of);
}

/** VIEW-11: of the case nothing is left but a notice to those who saw it, with the person, and to who does not know her. */
export function annulled(of: ModelCase, by: Actor): void {
  for (const unit of of.units.keys()) {
    if (reads(of, unit)) of.person.add(unit);
    else if (knows(of, unit) && !of.person.has(unit)) of.told.add(unit);
  }
  of.person.add(by.unit);
  of.phase = 'annulled';
}

/** The number of its organisation, which an HSA-id of the fictional region begins with. */
export const organisationOf = (unit: string): string => unit.slice(0, 12);

/** Whose the case is when its ward leaves it: one of its own organisation before others (SVU-42). */
export function nextWard(of: ModelCase, leaving: string): string | undefined {
  const others = unitsOf(of, 'hospital')
    .filter((unit) => unit !== leaving)
    .toSorted();
  return others.find((unit) => organisationOf(unit) === organisationOf(leaving)) ?? others[0];
}

/** ACC-7, SVU-8: a unit leaves, with the contacts it named. What it saw it knows. */
export function leave(of: ModelCase, unit: string): void {
  if (reads(of, unit)) of.person.add(unit);
  of.units.delete(unit);
  if (unit === of.ward) of.ward = nextWard(of, unit) ?? unit;
  for (const [contact, named] of of.contacts) if (named.unit === unit) of.contacts.delete(contact);
}
