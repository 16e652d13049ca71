import { isHsaId } from '../../directory/hsa-id.js';
import { CatalogueUnavailable, type SeekStaff } from '../../directory/seek.js';
import { factTopics } from '../../messaging/contracts/facts.js';
import type { PractitionerFact } from '../../messaging/contracts/facts.js';
import { withoutNumbers } from '../../messaging/contracts/payloads/free-texts.js';
import { LookupUnavailable, type CatalogueLookup } from '../../messaging/contracts/lookups.js';
import type { HsaId } from '../../process/vocabulary.js';
import type { CasesDependencies } from '../dependencies.js';
import { keepCopy } from './copies.js';
import { FairTurns, NoTurn, type TurnLimits } from './fair-turns.js';

/** The part of the catalogue that answers about staff. */
type StaffLookup = Pick<CatalogueLookup, 'practitioner'>;

export type SeekStaffOptions = {
  readonly cases: Pick<CasesDependencies, 'log' | 'now'>;
  readonly lookup: StaffLookup;
  /** Puts what was kept in force in this process, and shows it. */
  readonly look: () => Promise<void>;
  /** How many questions may be under way and wait, of all and of one unit. */
  readonly turns: TurnLimits;
  /** How long a question may take once it has its turn. */
  readonly longestWaitMilliseconds: number;
  /** Whether this process knows the person by now. */
  readonly isKnown: (person: HsaId) => boolean;
  /** How long an HSA-id that the catalogue does not know is not asked about again. Default a minute. */
  readonly unknownMilliseconds?: number;
};

const mostUnknown = 10_000;

/**
 * Asks the catalogue about staff whom the organisation file does not name, when somebody names them (SVU-8, SVU-10) or comes with
 * a token (ORG-1). Who is found is kept as a copy and from then on followed as those of the file; who is not found is
 * remembered here for a moment alone, so that HSA-ids that somebody makes up fill no table. Who asks for many waits behind himself:
 * some questions of each unit are under way at a time, in turn.
 */
export function seekStaff(options: SeekStaffOptions): SeekStaff {
  const { cases, lookup, look, longestWaitMilliseconds } = options;
  const underWay = new Map<HsaId, Promise<void>>();
  const unknown = new Map<HsaId, number>();

  const seek = async (person: HsaId): Promise<void> => {
    const fact = await inTime(lookup.practitioner(person), longestWaitMilliseconds);
    if (!fact.found) {
      unknown.delete(person);
      unknown.set(person, cases.now().getTime() + (options.unknownMilliseconds ?? 60_000));
      const [oldest] = unknown.keys();
      if (unknown.size > mostUnknown && oldest !== undefined) unknown.delete(oldest);
      return;
    }
    await keep(cases, withoutNumbers(factTopics.practitioner, fact));
    await look();
  };

  const isUnknown = (person: HsaId): boolean => (unknown.get(person) ?? 0) > cases.now().getTime();
  const turns = new FairTurns(options.turns);

  return async (person, asker) => {
    // HSA-ids mean the same in capital and small letters; one spelling is kept, so that nobody is two.
    if (!isHsaId(person) || person !== person.toUpperCase() || isUnknown(person)) return;
    try {
      await turns.take(asker, async () => {
        // While this waited, another may have had the answer.
        if (isUnknown(person) || options.isKnown(person)) return;
        const asked = underWay.get(person) ?? seek(person).finally(() => underWay.delete(person));
        underWay.set(person, asked);
        await asked;
      });
    } catch (error) {
      if (error instanceof NoTurn) throw new CatalogueUnavailable(error.fault, 1, { cause: error });
      // What waits behind it would wait for the same silence.
      if (error instanceof CatalogueUnavailable) turns.refuse(asker, error);
      throw error;
    }
  };
}

async function keep({ log, now }: SeekStaffOptions['cases'], fact: PractitionerFact): Promise<void> {
  await log.transact(
    {
      locks: [`catalogue:practitioner:${fact.practitioner}`],
      cause: { kind: 'hub', id: `staff:${fact.practitioner}` },
      recordedAt: now().toISOString(),
    },
    async ({ sql }) => {
      await keepCopy(sql, 'practitioner', fact);
    },
  );
}

/** @throws {CatalogueUnavailable} when there is no answer, or none in time */
async function inTime(answer: Promise<PractitionerFact>, milliseconds: number): Promise<PractitionerFact> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new CatalogueUnavailable('timeout', 10)), milliseconds);
  });
  try {
    return await Promise.race([answer, tooLong]);
  } catch (error) {
    if (!(error instanceof LookupUnavailable)) throw error;
    // A fault of our own (e.g. not authorised) is mended by people, not by the next second.
    throw new CatalogueUnavailable(error.code, error.retryable ? 10 : 300, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** HSA-ids of the staff who are followed though the organisation file does not name them: those once sought and found. */
export async function staffToFollow({ sql }: Pick<CasesDependencies, 'sql'>): Promise<readonly HsaId[]> {
  const { rows } = await sql.query<{ hsa_id: HsaId }>(
    `select hsa_id from (
       select distinct on (hsa_id) hsa_id, fact from catalogue_copy where kind = 'practitioner' order by hsa_id, version desc
     ) as last where fact ->> 'found' = 'true' order by hsa_id`,
  );
  return rows.map(({ hsa_id }) => hsa_id);
}
