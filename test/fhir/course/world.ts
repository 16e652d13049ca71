import type { CarePlan, CareTeam, Consent, FhirResource, OperationOutcome } from 'fhir/r4.js';
import { canonicalBase, extensions } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { cast, days, patients, type Actor, type Who } from './cast.js';
import { hidesHospital, type ModelCase } from './model.js';
import { rowsOf } from './sight.js';

export type Answered = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

export type Sent = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The hub under test beside the model of its cases. */
export class World {
  readonly cases: ModelCase[] = [];
  /** Steps that were taken. */
  steps = 0;
  readonly #counts = new Map<string, number>();
  /** Reasons that alone stood against something, which was refused for them. */
  readonly reasons = new Set<string>();

  constructor(
    readonly hub: TestHub,
    private readonly tokens: ReadonlyMap<Who, string>,
  ) {}

  static async begin(hub: TestHub): Promise<World> {
    const tokens = new Map<Who, string>();
    for (const [who, { user, unit }] of Object.entries(cast) as [Who, Actor][])
      tokens.set(who, await hub.user(user, unit));
    return new World(hub, tokens);
  }

  async send(who: Who, { method, path, body, headers }: Sent): Promise<Answered> {
    const form = path.endsWith('/_search');
    const answer = await this.hub.app.inject({
      method,
      url: `/fhir/${path}`,
      headers: {
        authorization: this.tokens.get(who) ?? '',
        ...(body === undefined
          ? {}
          : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/fhir+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: answer.body, headers: answer.headers };
  }

  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  /** How often something was done whose name ends so. */
  counted(ending: string): number {
    return [...this.#counts].reduce((sum, [what, times]) => sum + (what.endsWith(ending) ? times : 0), 0);
  }

  /** The case of a pick: of those that are under way more often than of those that are over. */
  caseOf(pick: number): ModelCase {
    const open = this.cases.filter(({ phase }) => phase === 'draft' || phase === 'published');
    const among = pick % 4 === 0 || open.length === 0 ? this.cases : open;
    const found = among[Math.floor(pick / 4) % among.length];
    if (found === undefined) throw new Error('no cases');
    return found;
  }

  openCaseOf(number: string): ModelCase | undefined {
    return this.cases.find((each) => each.number === number && ['draft', 'published'].includes(each.phase));
  }

  /** Everything stored of a case, its rights included, and how far the log goes: a refusal leaves it as it was. */
  async print(caseId: string | undefined): Promise<string> {
    const { rows } = await this.hub.store.database.query<{ print: string }>(
      `select concat_ws(' ',
         (select max(position) from event), (select count(*) from resource_version where stream_id = $1),
         (select md5(string_agg(concat(type, id, version, deleted, content), ',' order by type, id)) from resource where stream_id = $1),
         (select md5(string_agg(concat(scope, unit, hospital, content, full_content, since), ',' order by scope, unit)) from access_grant where stream_id = $1)
       ) as print`,
      [caseId ?? null],
    );
    return rows[0]?.print ?? '';
  }

  /** What is wrong with what is stored of a case, held against the model. */
  async differences(of: ModelCase): Promise<readonly string[]> {
    const rows = await rowsOf(this.hub.store.database, ['CarePlan', 'CareTeam', 'Consent'], of.id);
    const some = <Kind extends FhirResource>(type: Kind['resourceType']): Kind[] =>
      rows.filter((row) => row.type === type).map(({ content }) => content as Kind);
    const [plan] = some<CarePlan>('CarePlan');
    const [team] = some<CareTeam>('CareTeam');
    const active = some<Consent>('Consent').filter(({ status }) => status === 'active');
    const units = (team?.participant ?? [])
      .filter(({ role }) => role?.[0]?.coding?.[0]?.code === 'unit')
      .map(({ member }) => member?.identifier?.value ?? '');
    const statuses = { draft: 'draft', published: 'active', discharged: 'completed', annulled: 'revoked' };
    return [
      ...differs('status', plan?.status, statuses[of.phase]),
      ...differs('end', plan?.period?.end, of.expected),
      ...differs('discharged', dischargedAt(plan), of.discharge),
      ...differs('reason', plan?.description, of.reason),
      ...differs(
        'units',
        units.toSorted(),
        // CON-5: those of the hospital that may not be named are one.
        [
          ...new Set(
            [...of.units].map(([unit, { side }]) => (side === 'hospital' && hidesHospital(of) ? '' : unit)),
          ),
        ].toSorted(),
      ),
      ...differs(
        'decision',
        active.map(({ id }) => id),
        of.decision === undefined ? [] : [of.decision.id],
      ),
    ];
  }

  /** Notes a case that was opened: who takes part is what the registers of the region say. */
  opened(plan: CarePlan & { readonly id: string }, number: string, by: Actor): void {
    const of: ModelCase = {
      id: plan.id,
      number,
      patient: plan.subject.reference?.split('/')[1] ?? '',
      phase: 'draft',
      published: false,
      ward: by.unit,
      units: new Map([[by.unit, { side: by.side, content: true }]]),
      information: false,
      decision: undefined,
      words: this.cases.find((each) => each.number === number)?.words ?? [],
      stayOverIn: this.cases.find((each) => each.number === number)?.stayOverIn ?? new Set(),
      sharing: undefined,
      reason: plan.description,
      dayReason: undefined,
      expected: plan.period?.end ?? days.soon,
      assessedAt: undefined,
      ready: undefined,
      carePlan: false,
      discharge: undefined,
      contacts: new Map(),
      person: new Set(),
      told: new Set(),
    };
    for (const { unit, side } of patients[number] ?? [])
      of.units.set(unit, { side, content: true, preselected: true });
    this.cases.push(of);
  }
}

const differs = (what: string, stored: unknown, expected: unknown): readonly string[] =>
  JSON.stringify(stored) === JSON.stringify(expected)
    ? []
    : [`${what}: ${JSON.stringify(stored)} is stored, ${JSON.stringify(expected)} expected`];

/** The codes of a refusal. */
export function refusalsIn(body: string): readonly string[] {
  const outcome = JSON.parse(body) as OperationOutcome;
  return outcome.issue.flatMap(({ details }) =>
    (details?.coding ?? [])
      .filter(({ system }) => system === `${canonicalBase}/CodeSystem/refusal`)
      .map(({ code }) => code ?? ''),
  );
}

/** SVU-21: when the patient left, as the case says. */
const dischargedAt = (plan: CarePlan | undefined): string | undefined =>
  plan?.extension
    ?.find(({ url }) => url === extensions.discharge)
    ?.extension?.find(({ url }) => url === 'dischargedAt')?.valueDateTime;
