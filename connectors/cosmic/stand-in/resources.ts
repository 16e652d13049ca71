import type { StandInFile, StandInResource } from './file.js';

/** A resource as the server holds it: with its version, or as the trace of one that was deleted. */
export type Held = {
  readonly resource: StandInResource;
  readonly version: number;
  readonly lastUpdated: string;
  readonly deleted: boolean;
  /** As it was before its last change, without what was before that. */
  readonly before?: Held;
};

/** The resources of a FHIR server, each with a version that grows with every change. */
export class HeldResources {
  private readonly held = new Map<string, Held>();
  private fromFile: StandInFile | undefined;

  /** `now`: the clock that stamps resources. */
  constructor(private readonly now: () => Date) {}

  /** What the file says now: what differs is a new version, what it no longer holds is deleted. */
  follow(file: StandInFile): void {
    if (file === this.fromFile) return;
    const names = new Set(file.resources.map(nameOf));
    for (const earlier of this.fromFile?.resources ?? [])
      if (!names.has(nameOf(earlier))) this.remove(earlier.resourceType, earlier.id);
    const before = new Map(this.fromFile?.resources.map((each) => [nameOf(each), JSON.stringify(each)]));
    for (const resource of file.resources)
      if (before.get(nameOf(resource)) !== JSON.stringify(resource)) this.put(resource);
    this.fromFile = file;
  }

  put(resource: StandInResource): Held {
    const known = this.held.get(nameOf(resource));
    const version = (known?.version ?? 0) + 1;
    const lastUpdated = this.now().toISOString();
    const meta = { ...Object(resource['meta']), versionId: String(version), lastUpdated };
    const { before: _, ...earlier } = known ?? {};
    const before = known && !known.deleted ? { before: earlier as Held } : {};
    const held = { resource: { ...resource, meta }, version, lastUpdated, deleted: false, ...before };
    this.held.set(nameOf(resource), held);
    return held;
  }

  remove(resourceType: string, id: string): Held | undefined {
    const known = this.held.get(`${resourceType}/${id}`);
    if (!known || known.deleted) return undefined;
    const held = {
      ...known,
      version: known.version + 1,
      lastUpdated: this.now().toISOString(),
      deleted: true,
    };
    this.held.set(`${resourceType}/${id}`, held);
    return held;
  }

  get(resourceType: string, id: string): Held | undefined {
    return this.held.get(`${resourceType}/${id}`);
  }

  /**
   * What a search finds, the longest unchanged first: a change in the middle of reading pages moves what comes after it.
   * Undefined: a parameter that is not known.
   */
  search(resourceType: string, parameters: URLSearchParams): readonly Held[] | undefined {
    let found = [...this.held.values()].filter(
      (each) => !each.deleted && each.resource.resourceType === resourceType,
    );
    for (const [name, value] of parameters) {
      if (name.startsWith('_') && name !== '_id' && name !== '_lastUpdated') {
        if (!['_count', '_offset', '_include', '_profile', '_format'].includes(name)) return undefined;
        continue;
      }
      const matches = Object.hasOwn(filters, name) ? filters[name]?.(value) : undefined;
      if (!matches) return undefined;
      found = found.filter(matches);
    }
    return found.toSorted(
      (one, other) =>
        Date.parse(one.lastUpdated) - Date.parse(other.lastUpdated) ||
        (one.resource.id < other.resource.id ? -1 : 1),
    );
  }
}

type Filter = (value: string) => ((held: Held) => boolean) | undefined;

const filters: Readonly<Record<string, Filter>> = {
  _id: (value) => (held) => value.split(',').includes(held.resource.id),
  _lastUpdated: (value) => {
    const match = /^(ge|gt|le|lt)?(\d{4}-.*)$/.exec(value);
    const at = Date.parse(match?.[2] ?? '');
    if (!match || Number.isNaN(at)) return undefined;
    const compare = comparisons[match[1] ?? 'eq'];
    return compare && ((held) => compare(Date.parse(held.lastUpdated), at));
  },
  status: (value) => (held) => value.split(',').includes(String(held.resource['status'])),
  class: (value) => (held) =>
    value
      .split(',')
      .map((each) => each.split('|').at(-1))
      .includes(String((Object(held.resource['class']) as { code?: unknown }).code)),
};

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  ge: (one, other) => one >= other,
  gt: (one, other) => one > other,
  le: (one, other) => one <= other,
  lt: (one, other) => one < other,
  eq: (one, other) => one === other,
};

function nameOf({ resourceType, id }: StandInResource): string {
  return `${resourceType}/${id}`;
}
