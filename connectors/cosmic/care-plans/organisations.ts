import type { CarePlanFact } from '../../../src/messaging/contracts/facts.js';
import { longest } from '../../../src/messaging/contracts/limits.js';
import { cut } from '../../common/cut.js';
import type { CosmicSettings } from '../configuration-file.js';
import { relativeReference, type CarePlan, type Party } from '../fhir/resources.js';
import { hsaIdOf, keysOf, lookUp, type NotReadable, type Places } from '../places.js';
import { present } from '../present.js';

export type Organisation = NonNullable<CarePlanFact['author']>;

/** The organisations behind what a plan refers to; never anybody of the staff, of whom no name is looked at. */
export class Organisations {
  constructor(
    private readonly places: Places,
    private readonly settings: CosmicSettings,
  ) {}

  /**
   * Those that a plan names in these places, each once.
   * @param from `author`, `contributor`, or the URL of an extension whose value is a reference
   * @throws FhirFailure when one could not be read now
   */
  async named(plan: CarePlan, from: readonly string[]): Promise<readonly Organisation[]> {
    const parties = from.flatMap((place) => partiesIn(plan, place));
    const found = await Promise.all(parties.map((party) => this.of(party, plan)));
    const byText = new Map(found.flatMap((each) => (each ? [[JSON.stringify(each), each] as const] : [])));
    return [...byText.values()];
  }

  private async of(party: Party, plan: CarePlan): Promise<Organisation | undefined> {
    const { type, id, contained } = pointsTo(party, plan);
    if (type === 'PractitionerRole') {
      const held = contained?.resourceType === 'PractitionerRole' ? contained : undefined;
      const role = held ?? (id === undefined ? undefined : readable(await this.places.role(id)));
      return role?.organization && this.of({ type: 'Organization', ...role.organization }, plan);
    }
    if (type !== 'Organization') return undefined;
    const held = contained?.resourceType === 'Organization' ? contained : undefined;
    const { hsaSystems, table, read } = this.settings.ward;
    const place =
      held ?? (id === undefined || !read ? undefined : readable(await this.places.place(type, id)));
    const identifiers = [...(party.identifier ? [party.identifier] : []), ...(place?.identifier ?? [])];
    const hsaId =
      lookUp(table, [id === undefined ? undefined : `Organization/${id}`, ...keysOf(identifiers)]) ??
      hsaIdOf(identifiers, hsaSystems);
    const name = cut((place?.name ?? party.display)?.trim() ?? '', longest.text);
    if (hsaId === undefined && name === '') return undefined;
    return present({ hsaId, name: name === '' ? undefined : name });
  }
}

/** A plan is told without what we may not read of whom it names. */
function readable<Resource>(found: Resource | NotReadable | undefined): Resource | undefined {
  return found === 'not-readable' ? undefined : found;
}

function partiesIn({ author, contributor, extension }: CarePlan, place: string): readonly Party[] {
  if (place === 'author') return author ? [author] : [];
  if (place === 'contributor') return contributor ?? [];
  return (extension ?? []).flatMap(({ url, valueReference }) =>
    url === place && valueReference ? [valueReference] : [],
  );
}

type Target = {
  /** Undefined where a reference says nothing of what it refers to: it may be anybody. */
  readonly type: string | undefined;
  readonly id?: string;
  readonly contained?: NonNullable<CarePlan['contained']>[number] | undefined;
};

function pointsTo({ reference, type }: Party, { contained }: CarePlan): Target {
  if (reference?.startsWith('#')) {
    const held = contained?.find(({ id }) => id === reference.slice(1));
    return { type: held?.resourceType, contained: held };
  }
  const relative = relativeReference(reference ?? '');
  return relative ? { type: relative.type, id: relative.id } : { type };
}
