import type { CarePlanFact, PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { longest, most } from '../../../src/messaging/contracts/limits.js';
import { cut } from '../../common/cut.js';
import type { CarePlanSettings, CosmicSettings } from '../configuration-file.js';
import { relativeReference, type CarePlan } from '../fhir/resources.js';
import { Untranslatable } from '../kind.js';
import { present } from '../present.js';
import type { Surroundings } from '../stays/translate.js';
import { dayOrInstant, readInstant } from '../times.js';
import type { Organisation, Organisations } from './organisations.js';

/** What describes a plan. */
export type Description = Pick<
  CarePlanFact,
  'status' | 'title' | 'categories' | 'period' | 'createdAt' | 'author' | 'receivers'
>;

/** A CarePlan at one moment. */
export type ObservedPlan = {
  readonly status: 'open' | 'ended' | 'none';
  /** Absent where there is no plan, or where it leads to nobody (`fault`). */
  readonly person?: PersonIdentifier;
  readonly patient?: string;
  readonly description?: Description;
  /** Why it leads to nobody. */
  readonly fault?: string;
  /** `meta.lastUpdated` as an instant. */
  readonly updatedAt?: string;
};

const statuses = ['draft', 'active', 'on-hold', 'revoked', 'completed', 'unknown'] as const;

export type PlanContext = {
  readonly settings: CosmicSettings;
  readonly plans: CarePlanSettings;
  readonly surroundings: Surroundings;
  readonly organisations: Pick<Organisations, 'named'>;
};

/**
 * From CarePlan to what is told of it. Undefined: its status says nothing.
 * @throws Untranslatable; FhirFailure when what it leads to could not be read now.
 */
export async function translatePlan(plan: CarePlan, context: PlanContext): Promise<ObservedPlan | undefined> {
  const updatedAt = plan.meta?.lastUpdated === undefined ? undefined : readInstant(plan.meta.lastUpdated);
  const since = present({ updatedAt });
  if (plan.status === 'entered-in-error') return { status: 'none', ...since };
  const status = statuses.find((each) => each === plan.status);
  const meaning = status && context.plans.status[status];
  if (meaning === undefined) throw new Untranslatable('status-unknown');
  if (meaning === 'nothing') return undefined;
  if (meaning === 'none') return { status: 'none', ...since };
  const whose = await personOf(plan, context);
  if (whose.fault !== undefined) return { status: meaning, ...whose, ...since };
  return { status: meaning, ...whose, description: await describe(plan, status, context), ...since };
}

type Whose = Pick<ObservedPlan, 'person' | 'patient' | 'fault'>;

/** One that leads to nobody may still lead away from who it was of. */
async function personOf(plan: CarePlan, { surroundings }: PlanContext): Promise<Whose> {
  try {
    return await surroundings.person(plan);
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    const reference = relativeReference(plan.subject?.reference ?? '');
    return { fault: error.code, ...present({ patient: reference?.id }) };
  }
}

async function describe(
  plan: CarePlan,
  status: Description['status'],
  { plans, organisations }: PlanContext,
): Promise<Description> {
  const [author] = await organisations.named(plan, plans.author);
  const receivers = (await organisations.named(plan, plans.receivers)).slice(0, most.receivers);
  const title = plans.title ? shortened(plan.title) : undefined;
  const categories = categoriesOf(plan);
  const start = plan.period?.start === undefined ? undefined : dayOrInstant(plan.period.start);
  const end = plan.period?.end === undefined ? undefined : dayOrInstant(plan.period.end);
  const createdAt = plan.created === undefined ? undefined : dayOrInstant(plan.created);
  return present({
    status,
    title,
    categories: someOf(categories),
    period: start === undefined && end === undefined ? undefined : present({ start, end }),
    createdAt,
    author,
    receivers: someOf<Organisation>(receivers),
  });
}

/** Codings alone: the text of a category may be anything. */
function categoriesOf({ category }: CarePlan): NonNullable<Description['categories']> {
  return (category ?? [])
    .flatMap(({ coding }) => coding ?? [])
    .map(({ system, code, display }) =>
      present({
        system: shortened(system),
        code: shortened(code, longest.codeOfCoding),
        display: shortened(display),
      }),
    )
    .filter((coding) => Object.keys(coding).length > 0)
    .slice(0, most.categories);
}

function someOf<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function shortened(text: string | undefined, length: number = longest.text): string | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined || trimmed === '') return undefined;
  return trimmed.length > length ? `${cut(trimmed, length - 1)}…` : trimmed;
}
