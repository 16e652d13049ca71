import { isUuid } from '../../access/choke-point.js';
import type { Directory } from '../../directory/organisation.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import { directoryId } from '../../projection/identity.js';
import { searchParameter } from '../../projection/search-parameters.js';
import type { SearchedSystem, SearchParameter } from '../../projection/search-parameters.js';
import { referenceIdentifierToken } from '../../projection/search-tokens.js';
import type { FacadeSettings } from '../dependencies.js';
import { fault } from '../outcome.js';
import { parseDateCriterion } from './date-range.js';
import { repeatable, unknownParameter } from './parameter-name.js';
import { readIncludes, readSort, readTotal } from './result-parameters.js';
import type { Criterion } from './search-input.js';
import type { DateColumn, SearchPlan } from './search-plan.js';
import { staffRestriction } from './staff-search.js';
import { codeToken } from '../../projection/search-tokens.js';
import { isId, referenceTokensAsked, stringTokensAsked, tokensAsked } from './value-tokens.js';

export type PlanContext = {
  readonly type: string;
  /** By POST `_search`: only there may a parameter name a person by number. */
  readonly post: boolean;
  readonly settings: Pick<FacadeSettings, 'baseUrl' | 'defaultPageSize' | 'maximumPageSize'>;
  readonly directory: Directory;
  /** The code systems of the hub with the codes of its kinds of case. */
  readonly published: readonly SearchedSystem[];
  /** Organisation numbers of the caller: a search among staff is kept to them unless it says otherwise. */
  readonly organisations: readonly string[];
  /** Persons that identifiers (`system|number`) name; those unknown are left out. */
  readonly personsOf: (identifiers: readonly string[], parameter: string) => Promise<readonly string[]>;
};

/** Parameters that shape the answer, not the search. They have no modifier: with one they are others, which nobody knows. */
const shaping = new Set(['_count', '_sort', '_summary', '_total', '_include', '_format', '_pretty']);

/**
 * Understands the parameters of a search, strictly: one that is not known is refused, because a filter that is silently
 * dropped would show more than was asked for.
 * @see https://hl7.org/fhir/R4/search.html#errors
 * @throws {FhirError} 400
 */
export async function readPlan(criteria: readonly Criterion[], context: PlanContext): Promise<SearchPlan> {
  const tokens: (readonly string[])[] = [];
  const dates: SearchPlan['dates'][number][] = [];
  const asked = criteria.filter((criterion) => isAsked(criterion, context));
  let ids: ReadonlySet<string> | undefined;
  const restrictIds = (some: readonly string[]) => {
    ids = new Set(some.filter((id) => isUuid(id) && (ids === undefined || ids.has(id))));
  };
  for (const criterion of asked) {
    const { values } = criterion;
    if (criterion.name === '_id' && criterion.modifier === undefined) {
      if (!values.every(isId)) throw badValue(criterion);
      restrictIds(values);
    } else if (criterion.name === '_lastUpdated' && criterion.modifier === undefined)
      dates.push(date(criterion, 'last-updated'));
    else {
      const by = parameterOf(criterion, context);
      if (by.by === 'person') {
        const persons = await context.personsOf(values, criterion.name);
        if (context.type === 'Patient') restrictIds(persons);
        else tokens.push(persons.map((id) => `${by.index}|Patient/${id}`));
        continue;
      }
      const { parameter } = by;
      if (parameter.kind === 'date') dates.push(date(criterion, parameter.how));
      else tokens.push(values.flatMap((value) => askedTokens(parameter, criterion, value, context)));
    }
  }
  tokens.unshift(...staffRestriction(context.type, asked, context.organisations));
  return {
    type: context.type,
    ...workList(context, tokens),
    ...(ids === undefined ? {} : { ids: [...ids] }),
    dates,
    sort: readSort(criteria, context.type),
    ...readTotal(criteria, context.settings),
    includes: readIncludes(criteria, context.type),
  };
}

/** Whether a criterion asks anything: without a value it is no error and does not, but its name is one that is known. */
function isAsked(criterion: Criterion, context: PlanContext): boolean {
  const { name, modifier, values } = criterion;
  if (shaping.has(name) && modifier === undefined) return false;
  const everywhere = modifier === undefined && (name === '_id' || name === '_lastUpdated');
  if (values.length === 0 && !everywhere) parameterOf(criterion, { ...context, post: true });
  return values.length > 0;
}

type Asked =
  | { readonly by: 'index'; readonly parameter: SearchParameter }
  | { readonly by: 'person'; readonly index: string };

/** Finds the parameter in the table, with the ways of asking for a person by number. */
function parameterOf({ name, modifier, values }: Criterion, { type, post }: PlanContext): Asked {
  const chained = /^(patient|subject)\.identifier$/.exec(name)?.[1];
  const parameter = searchParameter(type, chained ?? name);
  if (parameter === undefined) throw unknownParameter(name, type);
  const ofPatient =
    parameter.kind === 'reference' &&
    parameter.how === 'tokens' &&
    parameter.targets.length === 1 &&
    parameter.targets[0] === 'Patient';
  const byIdentity =
    parameter.kind === 'token' && parameter.how === 'person-identity' && modifier === undefined;
  if (
    byIdentity ||
    (ofPatient && (modifier === 'identifier' || (chained !== undefined && modifier === undefined)))
  ) {
    if (!post)
      throw fault('number-needs-post', {
        values: { parameter: byIdentity ? name : `${chained ?? name}:identifier` },
      });
    return { by: 'person', index: chained ?? name };
  }
  const allowed =
    parameter.kind === 'reference' && parameter.how === 'tokens'
      ? 'identifier'
      : parameter.kind === 'string'
        ? 'exact'
        : undefined;
  if (
    chained !== undefined ||
    (modifier !== undefined && modifier !== allowed && !isTarget(parameter, modifier, values))
  )
    throw unknownParameter(name, type);
  return { by: 'index', parameter };
}

/** `subject:Patient=<id>`: the modifier names the type of the reference. */
function isTarget(parameter: SearchParameter, modifier: string, values: readonly string[]): boolean {
  return (
    parameter.kind === 'reference' &&
    parameter.how === 'tokens' &&
    parameter.targets.includes(modifier) &&
    values.every(isId)
  );
}

function askedTokens(
  parameter: Exclude<SearchParameter, { kind: 'date' }>,
  { name, modifier }: Criterion,
  value: string,
  { settings, published }: PlanContext,
): readonly string[] {
  const asked =
    parameter.kind === 'reference'
      ? parameter.how === 'canonical'
        ? [codeToken(name, unescape(value))]
        : referenceTokensAsked(name, modifier, value, parameter.targets, settings.baseUrl)
      : parameter.kind === 'string'
        ? stringTokensAsked(name, modifier, value)
        : tokensAsked(name, ofThisHub(parameter, published), value);
  if (asked === undefined && parameter.kind === 'token' && parameter.how === 'code')
    throw fault('bad-code', {
      values: { parameter: name, expected: Object.keys(parameter.codes).join(', ') },
    });
  if (asked === undefined) throw fault('bad-parameter', { values: { parameter: name } });
  return asked;
}

/** A parameter whose codes the kinds of case add to, with those that there are here: of another code nothing would be found, silently. */
function ofThisHub(
  parameter: Extract<SearchParameter, { kind: 'token' }>,
  published: readonly SearchedSystem[],
): typeof parameter {
  if (parameter.how !== 'tokens' || parameter.codings === undefined) return parameter;
  const codings = parameter.codings.map((each) =>
    each.ofKinds === true ? (published.find(({ system }) => system === each.system) ?? each) : each,
  );
  return { ...parameter, codings };
}

function date(criterion: Criterion, column: DateColumn): SearchPlan['dates'][number] {
  const [value, ...more] = criterion.values;
  const range =
    value === undefined || more.length > 0 || criterion.modifier !== undefined
      ? undefined
      : parseDateCriterion(value);
  if (range === undefined) throw badValue(criterion);
  return { ...range, column };
}

function badValue({ name }: Criterion) {
  return fault('bad-parameter', { values: { parameter: repeatable(name) } });
}

/**
 * A unit's work list reads its own index: the first group that asks for owners, and the one that asks for states, leave
 * the general search index for the columns `owner` and `status`. Only where each owner is a unit of the directory: one that is no
 * longer in it still has its old to-dos, which the general index finds.
 */
function workList(
  { type, directory }: PlanContext,
  tokens: readonly (readonly string[])[],
): Pick<SearchPlan, 'tokens' | 'owners' | 'statuses'> {
  if (type !== 'Task') return { tokens };
  const units = new Map<string, string>();
  for (const { hsaId } of directory.organisation.units) {
    units.set(referenceIdentifierToken('owner', identifierSystems.hsa, hsaId), hsaId);
    units.set(`owner|Organization/${directoryId(hsaId)}`, hsaId);
  }
  // An id without a type asks for each type that an owner may be; that of a unit is no other's.
  const isUnit = (token: string) =>
    units.has(token.replace(/^owner\|Practitioner(?:Role)?\//, 'owner|Organization/'));
  const owned = tokens.find((group) => group.some((token) => units.has(token)) && group.every(isUnit));
  if (owned === undefined) return { tokens };
  const states = tokens.find((group) => group.every((token) => /^status\|[a-z-]+$/.test(token)));
  return {
    tokens: tokens.filter((group) => group !== owned && group !== states),
    owners: [...new Set(owned.flatMap((token) => units.get(token) ?? []))],
    ...(states === undefined
      ? {}
      : { statuses: [...new Set(states.map((token) => token.slice('status|'.length)))] }),
  };
}
