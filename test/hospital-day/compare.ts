import type { Encounter } from 'fhir/r4.js';
import { stayIdOf, wardNoticeIdOf } from '../../src/cases/deterministic-id.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { SqlConnection } from '../../src/persistence/database.js';
import type { StayState } from '../../src/process/stay/stay.js';
import { foreignCanonicals } from '../../src/projection/codes/codes.js';
import { locationReference, organizationReference } from '../../src/projection/references.js';
import { senders, wardIds } from './hospital.js';
import { isKept, type Person } from './persons.js';
import type { PlannedStay } from './plan.js';

type FoundStay = { readonly id: string; readonly state: StayState; readonly content: string | null };

/** What the database holds when the day is over. */
export async function readResult(sql: SqlConnection): Promise<{
  readonly stays: readonly FoundStay[];
  /** The ids of what wards were told without naming anybody. */
  readonly notices: ReadonlySet<string>;
  /** How many resources of each type. */
  readonly resources: Readonly<Record<string, number>>;
}> {
  const { rows: stays } = await sql.query<FoundStay>(
    `select s.id, s.state, r.content from stream s left join resource r on r.type = 'Encounter' and r.id = s.id
      where s.type = 'stay'`,
  );
  const { rows: types } = await sql.query<{ type: string; count: number }>(
    'select type, count(*)::int as count from resource where not deleted group by type',
  );
  const { rows: notices } = await sql.query<{ id: string }>(
    `select id from stream where type = 'ward-notice'`,
  );
  return {
    stays,
    notices: new Set(notices.map(({ id }) => id)),
    resources: Object.fromEntries(types.map(({ type, count }) => [type, count])),
  };
}

/** What became of the journal's word that two numbers are one person's, and how often. */
export async function outcomesOfMerges(sql: SqlConnection): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.query<{ outcome: string; count: number }>(
    'select outcome, count(*)::int as count from inbox where topic = $1 group by outcome',
    [factTopics.identity],
  );
  return new Map(rows.map(({ outcome, count }) => [outcome, count]));
}

/** Where one of these numbers stands in what the hub keeps. */
export async function keptAnywhere(
  sql: SqlConnection,
  numbers: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql.query<{ place: string }>(
    `select distinct place from (
       select 'event' as place, e::text as row from event e
       union all select 'stream', s::text from stream s
       union all select 'resource', r::text from resource r
       union all select 'resource_version', v::text from resource_version v
       union all select 'inbox', i::text from inbox i) as everything, unnest($1::text[]) as number
     where strpos(row, number) > 0`,
    [numbers],
  );
  return rows.map(({ place }) => place);
}

/** The stays of persons whom the hub may know. */
export const keptOf = (plan: readonly PlannedStay[], persons: readonly Person[]): readonly PlannedStay[] =>
  plan.filter(({ person }) => isKept(persons[person] ?? { kind: 'unknown', number: '' }));

/** What the wards are told of the other stays: each ward once for a stay; of an admission that is cancelled there is nothing to plan. */
export function noticesOf(plan: readonly PlannedStay[], persons: readonly Person[]): ReadonlySet<string> {
  const kept = new Set(keptOf(plan, persons));
  return new Set(
    plan
      .filter((stay) => !kept.has(stay))
      .flatMap(({ source, visit, steps }) =>
        steps
          .filter(({ kind }) => kind !== 'cancel-admission')
          .map(({ ward }) => wardNoticeIdOf(senders[source], visit, wardOf(ward))),
      ),
  );
}

/** The first stays that are not as planned: state and Encounter, and that each person is one and no other. */
export function differences(plan: readonly PlannedStay[], found: readonly FoundStay[]): readonly unknown[] {
  const byId = new Map(found.map((row) => [row.id, row]));
  const ids = new Map<number, string>();
  const persons = new Map<string, number>();
  return plan
    .flatMap((stay): readonly unknown[] => {
      const row = byId.get(stayIdOf(senders[stay.source], stay.visit));
      if (row === undefined) return [{ visit: stay.visit, steps: stepsOf(stay), is: 'nothing' }];
      const { personId } = row.state;
      if (!ids.has(stay.person)) ids.set(stay.person, personId);
      if (!persons.has(personId)) persons.set(personId, stay.person);
      const is = {
        person: [ids.get(stay.person) === personId, persons.get(personId)],
        state: partsOf(row.state),
        shown: row.content === null ? null : partsOfEncounter(JSON.parse(row.content) as Encounter),
      };
      const should = {
        person: [true, stay.person],
        state: plannedState(stay),
        shown: plannedEncounter(stay, personId),
      };
      return JSON.stringify(is) === JSON.stringify(should)
        ? []
        : [{ visit: stay.visit, steps: stepsOf(stay), is, should }];
    })
    .slice(0, 3);
}

const instant = (time: number): string => new Date(time).toISOString();
const wardOf = (ward: number): string => wardIds[ward] ?? '';
const stepsOf = ({ steps }: PlannedStay) =>
  steps.map(({ kind, at, toldAt, ward }) => `${kind} ${instant(at)} told ${instant(toldAt)} ward ${ward}`);

function partsOf(state: StayState) {
  const { status, ward, wards, admittedAt, dischargedAt, expectedDischarge } = state;
  return {
    status,
    ward,
    wards: wards.map((each) => [each.ward, each.from]),
    admittedAt,
    dischargedAt,
    expectedDischarge,
  };
}

function plannedState(stay: PlannedStay): ReturnType<typeof partsOf> {
  const { status, ward, wards, admittedAt, dischargedAt, expectedDischarge } = stay;
  return {
    status,
    ward: wardOf(ward),
    wards: wards.map((each) => [wardOf(each.ward), instant(each.from)]),
    admittedAt: instant(admittedAt),
    dischargedAt: dischargedAt === undefined ? undefined : instant(dischargedAt),
    expectedDischarge,
  };
}

function partsOfEncounter({ status, subject, period, serviceProvider, location, extension }: Encounter) {
  return {
    status,
    subject: subject?.reference,
    start: period?.start,
    end: period?.end,
    unit: serviceProvider?.reference,
    location: location?.map((each) => [
      each.location.reference,
      each.status,
      each.period?.start,
      each.period?.end,
    ]),
    expected: extension?.map(({ url, valueDateTime }) => [url, valueDateTime]),
  };
}

/** The Encounter of this stay, written down from the plan: every ward ends where the next begins, the last with the stay. */
function plannedEncounter(stay: PlannedStay, personId: string): ReturnType<typeof partsOfEncounter> {
  const { status, ward, wards, admittedAt, dischargedAt, expectedDischarge } = stay;
  const end = dischargedAt === undefined ? undefined : instant(dischargedAt);
  return {
    status,
    subject: `Patient/${personId}`,
    start: instant(admittedAt),
    end,
    unit: organizationReference(wardOf(ward)).reference,
    location: wards.map((each, place) => {
      const next = wards[place + 1];
      const here = next === undefined && status === 'in-progress';
      return [
        locationReference(wardOf(each.ward)).reference,
        here ? 'active' : 'completed',
        instant(each.from),
        next === undefined ? end : instant(next.from),
      ];
    }),
    expected:
      expectedDischarge === undefined ? undefined : [[foreignCanonicals.plannedEndDate, expectedDischarge]],
  };
}
