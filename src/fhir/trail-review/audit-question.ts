import { isUuid } from '../../access/choke-point.js';
import type { AuditQuestion } from '../../access/audit/audit-query.js';
import { isHsaId } from '../../directory/hsa-id.js';
import { identifierSystems } from '../../projection/codes.js';
import type { FacadeSettings } from '../dependencies.js';
import { refusal } from '../outcome.js';
import { parseDateCriterion } from '../search/date-range.js';
import { repeatable, unknownParameter } from '../search/parameter-name.js';
import { readTotal } from '../search/result-parameters.js';
import { splitAtBar } from '../search/search-input.js';
import type { Criterion } from '../search/search-input.js';

/**
 * `patient` (reference), `agent:identifier` (HSA-id of the user) and `date` (two at most, a span) of AuditEvent.
 * @throws {FhirError} 400 for anything else, and where neither patient nor agent is given
 */
export function readQuestion(
  criteria: readonly Criterion[],
  settings: Pick<FacadeSettings, 'defaultPageSize' | 'maximumPageSize'>,
): AuditQuestion {
  const { count } = readTotal(criteria, settings);
  let question: AuditQuestion = { limit: Math.max(count, 1) };
  for (const criterion of criteria) {
    if (criterion.name === '_count' || criterion.name === '_format') continue;
    question = { ...question, ...part(criterion, question) };
  }
  if (question.personId === undefined && question.actor === undefined) throw refusal('review-too-wide');
  return question;
}

function part({ name, modifier, values }: Criterion, sofar: AuditQuestion): Partial<AuditQuestion> {
  const [value, ...more] = values;
  const bad = refusal('bad-parameter', { values: { parameter: repeatable(name) } });
  const key = modifier === undefined ? name : `${name}:${modifier}`;
  switch (key) {
    case 'patient': {
      const personId = value?.replace(/^Patient\//, '');
      if (personId === undefined || more.length > 0 || !isUuid(personId) || sofar.personId !== undefined)
        throw bad;
      return { personId };
    }
    case 'agent:identifier': {
      const [system, actor] = splitAtBar(value ?? '') ?? [undefined, ''];
      if (more.length > 0 || system !== identifierSystems.hsa || !isHsaId(actor) || sofar.actor !== undefined)
        throw bad;
      return { actor };
    }
    case 'date': {
      const range = more.length > 0 ? undefined : parseDateCriterion(value ?? '');
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
