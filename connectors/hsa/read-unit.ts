import type { UnitFact } from '../../src/messaging/contracts/facts.js';
import { SoapFailure } from '../common/soap/fault.js';
import { timeOf } from '../common/soap/xml-values.js';
import { childrenOf, type XmlElement } from '../common/soap/xml.js';
import { contracts, hsaIdPattern, sameHsaId } from './contract.js';
import { isMarked, requiredText, textOf } from './read-element.js';

/** What GetUnit says of a unit; undefined: the catalogue does not know it. */
export type ReadUnit = Pick<UnitFact, 'name' | 'startsAt' | 'endsAt'>;

/** What GetHealthCareUnit says: care unit and care provider; undefined: the unit belongs to none. */
export type ReadHealthCareUnit = Pick<
  UnitFact,
  'organisationNumber' | 'healthCareUnit' | 'healthCareProvider' | 'archived'
>;

/**
 * Reads the answer about one unit.
 * @param development test units (`feignedUnit`) count only there; elsewhere they are not known
 * @throws SoapFailure `not-soap` when it is another kind of answer, `two-answers`, `wrong-unit` when it is about another unit,
 *   `unreadable` when something mandatory is missing, is no date, or stands twice
 */
export function readUnit(content: XmlElement, asked: string, development: boolean): ReadUnit | undefined {
  const { namespace } = contracts.unit;
  const unit = onlyOne(content, namespace, 'GetUnitResponse', 'unit');
  if (unit === undefined) return undefined;
  if (!sameHsaId(textOf(unit, namespace, 'unitHsaId'), asked)) throw new SoapFailure('wrong-unit', 'theirs');
  if (!development && isMarked(unit, namespace, 'feignedUnit')) return undefined;
  const startsAt = timeOf(unit, namespace, 'unitStartDate');
  const endsAt = timeOf(unit, namespace, 'unitEndDate');
  return {
    name: requiredText(unit, namespace, 'unitName'),
    ...(startsAt !== undefined && { startsAt }),
    ...(endsAt !== undefined && { endsAt }),
  };
}

/**
 * Reads which care unit and care provider a unit belongs to: the pair every record of access names.
 * @throws SoapFailure as `readUnit`
 */
export function readHealthCareUnit(content: XmlElement, asked: string): ReadHealthCareUnit | undefined {
  const { namespace } = contracts.healthCareUnit;
  const unit = onlyOne(content, namespace, 'GetHealthCareUnitResponse', 'healthCareUnit');
  if (unit === undefined) return undefined;
  const healthCareUnit = hsaIdIn(unit, 'healthCareUnitHsaId');
  const member = textOf(unit, namespace, 'healthCareUnitMemberHsaId') ?? healthCareUnit;
  if (!sameHsaId(member, asked)) throw new SoapFailure('wrong-unit', 'theirs');
  const organisationNumber = requiredText(unit, namespace, 'healthCareProviderOrgNo').replace('-', '');
  const own = sameHsaId(healthCareUnit, asked) ? 'archivedHealthCareUnit' : 'archivedHealthCareUnitMember';
  return {
    healthCareUnit,
    healthCareProvider: hsaIdIn(unit, 'healthCareProviderHsaId'),
    ...(/^\d{10}$/.test(organisationNumber) && { organisationNumber }),
    ...(isMarked(unit, namespace, own) && { archived: true }),
  };
}

function hsaIdIn(unit: XmlElement, name: string): string {
  const text = requiredText(unit, contracts.healthCareUnit.namespace, name);
  if (!hsaIdPattern.test(text)) throw new SoapFailure('unreadable', 'theirs');
  return text;
}

function onlyOne(content: XmlElement, namespace: string, root: string, name: string): XmlElement | undefined {
  if (content.name !== root || content.namespace !== namespace) throw new SoapFailure('not-soap', 'theirs');
  const [found, second] = childrenOf(content, namespace, name);
  if (second !== undefined) throw new SoapFailure('two-answers', 'theirs');
  return found;
}
