import { isUuid } from '../../access/choke-point.js';
import type { AuditQuestion } from '../../access/audit/audit-query.js';
import { isHsaId } from '../../directory/hsa-id.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import type { FacadeSettings } from '../dependencies.js';
import { formParameters } from '../http/query.js';
import { fault } from '../outcome.js';
import { parseDateCriterion } from '../search/date-range.js';
import { repeatable, unknownParameter } from '../search/parameter-name.js';
import { readTotal } from '../search/result-parameters.js';
import { splitAtBar, unescape } from '../search/search-input.js';
import { isId } from '../search/value-tokens.js';
import type { Criterion } from '../search/search-input.js';

/** No person has it, and the trail nothing of it. */
export const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * `patient` (reference), `agent:identifier` (HSA-id of the user) and `date` (two at most, a span) of AuditEvent.
 * @returns the question, and whether the client wants to know how many records there are
 * @throws {FhirError} 400 for anything else, and where neither patient nor agent is given
 */
export function readQuestion(
  criteria: readonly Criterion[],
  settings: Pick<FacadeSettings, 'baseUrl' | 'defaultPageSize' | 'maximumPageSize'>,
): { readonly question: AuditQuestion; readonly total: boolean } {
  let question: Omit<AuditQuestion, 'limit'> = {};
  for (const criterion of criteria) {
    if (shaping.has(criterion.name) && criterion.modifier === undefined) continue;
    question = { ...question, ...part(criterion, question, settings.baseUrl) };
  }
  if (question.personId === undefined && question.actor === undefined) throw fault('review-too-wide');
  const { count, total } = readTotal(criteria, settings);
  return { question: { ...question, limit: count }, total };
}

/** Parameters that shape the answer. They have no modifier. */
const shaping: ReadonlySet<string> = new Set(['_count', '_summary', '_total', ...formParameters]);

function part(
  { name, modifier, values }: Criterion,
  sofar: Partial<AuditQuestion>,
  baseUrl: string,
): Partial<AuditQuestion> {
  const [value, ...more] = values;
  const bad = fault('bad-parameter', { values: { parameter: repeatable(name) } });
  const key = modifier === undefined ? name : `${name}:${modifier}`;
  switch (key) {
    case 'patient':
    case 'patient:Patient': {
      if (value === undefined) return {};
      const own = unescape(value).replace(`${baseUrl}/`, '');
      const personId = key === 'patient' ? own.replace(/^Patient\//, '') : own;
      if (more.length > 0 || !isId(personId) || sofar.personId !== undefined) throw bad;
      return { personId: isUuid(personId) ? personId : nobody };
    }
    case 'agent:identifier': {
      if (value === undefined) return {};
      const [system, actor] = splitAtBar(value) ?? [undefined, ''];
      if (more.length > 0 || system !== identifierSystems.hsa || !isHsaId(actor) || sofar.actor !== undefined)
        throw bad;
      return { actor };
    }
    case 'date': {
      if (value === undefined) return {};
      const range = more.length > 0 ? undefined : parseDateCriterion(value);
      if (range === undefined) throw bad;
      const { prefix, from, to } = range;
      const span = {
        eq: { from, before: to },
        ge: { from },
        gt: { from: to },
        le: { before: to },
        lt: { before: from },
      }[prefix];
      if (('from' in span && sofar.from !== undefined) || ('before' in span && sofar.before !== undefined))
        throw bad;
      return span;
    }
    default:
      throw unknownParameter(name, 'AuditEvent');
  }
}
