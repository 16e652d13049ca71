import { searchParameter } from '../../projection/search-parameters.js';
import type { FacadeSettings } from '../dependencies.js';
import { fault } from '../outcome.js';
import type { Criterion } from './search-input.js';
import type { Include, SearchPlan, Sort } from './search-plan.js';

/** Parameters that shape the answer; one with a modifier was refused before. @see https://hl7.org/fhir/R4/search.html#return */

const sorts: ReadonlyMap<string, Sort> = new Map([
  ['_lastUpdated', 'last-updated'],
  ['-_lastUpdated', '-last-updated'],
]);
const taskSorts: ReadonlyMap<string, Sort> = new Map([
  ...sorts,
  ['deadline', 'deadline'],
  ['-deadline', '-deadline'],
]);

/** `_sort`: latest change first where the client does not say. */
export function readSort(criteria: readonly Criterion[], type: string): Sort {
  const given = criteria.filter(({ name, values }) => name === '_sort' && values.length > 0);
  if (given.length === 0) return '-last-updated';
  const taken = type === 'Task' ? taskSorts : sorts;
  const keys = given.flatMap(({ values }) => values);
  const sort = keys.length === 1 ? taken.get(keys[0] ?? '') : undefined;
  if (sort === undefined) throw fault('bad-sort', { values: { expected: [...taken.keys()].join(', ') } });
  return sort;
}

/** `_count`, `_summary` and `_total`. A page is never larger than the facade gives. */
export function readTotal(
  criteria: readonly Criterion[],
  settings: Pick<FacadeSettings, 'defaultPageSize' | 'maximumPageSize'>,
): Pick<SearchPlan, 'count' | 'total'> {
  const count = single(criteria, '_count');
  if (count !== undefined && !/^\d+$/.test(count)) throw bad('_count');
  const summary = oneOf(criteria, '_summary', ['count', 'false']);
  const total = oneOf(criteria, '_total', ['none', 'estimate', 'accurate']);
  const size =
    summary === 'count' ? 0 : Math.min(Number(count ?? settings.defaultPageSize), settings.maximumPageSize);
  return { count: size, total: size === 0 || total === 'accurate' || total === 'estimate' };
}

/** `_include=Type:parameter[:Target]`, for the references that the table of search parameters has. */
export function readIncludes(criteria: readonly Criterion[], type: string): readonly Include[] {
  return criteria
    .filter(({ name }) => name === '_include')
    .flatMap(({ values }) =>
      values.map((value) => {
        const [source, name = '', target, ...rest] = value.split(':');
        const parameter = searchParameter(type, name);
        if (
          source !== type ||
          rest.length > 0 ||
          parameter?.kind !== 'reference' ||
          parameter.how !== 'tokens'
        )
          throw bad('_include');
        if (target !== undefined && !parameter.targets.includes(target)) throw bad('_include');
        return { parameter: name, ...(target === undefined ? {} : { target }) };
      }),
    );
}

function oneOf(criteria: readonly Criterion[], name: string, values: readonly string[]): string | undefined {
  const value = single(criteria, name);
  if (value !== undefined && !values.includes(value)) throw bad(name);
  return value;
}

function single(criteria: readonly Criterion[], name: string): string | undefined {
  const [found, ...more] = criteria.filter((one) => one.name === name && one.values.length > 0);
  if (found === undefined) return undefined;
  if (more.length > 0 || found.values.length !== 1) throw bad(name);
  return found.values[0];
}

const bad = (parameter: string) => fault('bad-parameter', { values: { parameter } });
