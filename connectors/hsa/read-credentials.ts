import type { CatalogueAssignment, PractitionerFact } from '../../src/messaging/contracts/facts.js';
import { longest, most } from '../../src/messaging/contracts/limits.js';
import { SoapFailure } from '../common/soap/fault.js';
import { flagOf, timeOf } from '../common/soap/xml-values.js';
import { childrenOf, type XmlElement } from '../common/soap/xml.js';
import { contracts, credentialsNamespace as ns, hsaIdPattern, sameHsaId } from './contract.js';
import { earliest, isMarked, requiredText, textOf, textsOf } from './read-element.js';

/** What the catalogue says of a person; undefined: it does not know the HSA-id. */
export type ReadCredentials = Omit<PractitionerFact, 'practitioner' | 'found' | 'readAt'>;

/**
 * Reads the answer about one person. The fields of the contract that hold a personal number (`personalIdentity`) are never
 * read. Failing closed: of a person whose protection is stated or is not stated clearly no name is passed on, and an assignment
 * that cannot be read, has ended or names no unit gives nothing: the others and the person are told all the same.
 * @param development test persons and assignments (`feigned…`) count only there
 * @param onUnreadable told of each assignment that cannot be read
 * @throws SoapFailure `not-soap` when it is another kind of answer, `two-answers`, `wrong-person` when it is about somebody
 *   else, `unreadable` when something mandatory is missing
 */
export function readCredentials(
  content: XmlElement,
  asked: string,
  development: boolean,
  onUnreadable: () => void = () => undefined,
): ReadCredentials | undefined {
  const { namespace } = contracts.credentials;
  if (
    content.name !== 'GetCredentialsForPersonIncludingProtectedPersonResponse' ||
    content.namespace !== namespace
  )
    throw new SoapFailure('not-soap', 'theirs');
  const [person, second] = childrenOf(content, namespace, 'credentialInformation');
  if (second !== undefined) throw new SoapFailure('two-answers', 'theirs');
  if (person === undefined) return undefined;
  if (!sameHsaId(textOf(person, ns, 'personHsaId'), asked)) throw new SoapFailure('wrong-person', 'theirs');
  if (!development && isMarked(person, ns, 'feignedPerson')) return undefined;
  const surname = requiredText(person, ns, 'middleAndSurName');
  const given = textOf(person, ns, 'givenName');
  const protectedPerson = flagOf(person, ns, 'protectedPerson');
  return {
    ...(protectedPerson !== undefined && { protectedPerson }),
    ...(protectedPerson === false && { name: { surname, ...(given !== undefined && { given }) } }),
    // Sorted, so that the same in another order is no news.
    titles: textsOf(person, ns, 'paTitleCode')
      .filter((code) => code.length <= longest.code)
      .toSorted()
      .slice(0, most.titles),
    licences: textsOf(person, ns, 'healthCareProfessionalLicence').toSorted().slice(0, most.licences),
    assignments: childrenOf(person, ns, 'commission')
      .flatMap((commission) => readCommission(commission, development) ?? onUnreadable() ?? [])
      .toSorted((one, other) => (one.hsaId < other.hsaId ? -1 : 1))
      .slice(0, most.assignments),
  };
}

/** No assignment or one; undefined when it cannot be read. */
function readCommission(
  commission: XmlElement,
  development: boolean,
): readonly CatalogueAssignment[] | undefined {
  const over = ['archivedHealthCareUnit', 'archivedHealthCareProvider'];
  const feigned = ['feignedCommission', 'feignedHealthCareUnit', 'feignedHealthCareProvider'];
  if ([...over, ...(development ? [] : feigned)].some((mark) => isMarked(commission, ns, mark))) return [];
  try {
    // Not every assignment is at a care unit.
    const unit = textOf(commission, ns, 'healthCareUnitHsaId');
    if (unit === undefined) return [];
    const hsaId = requiredText(commission, ns, 'commissionHsaId');
    const purpose = requiredText(commission, ns, 'commissionPurpose');
    if (!hsaIdPattern.test(hsaId) || !hsaIdPattern.test(unit)) return undefined;
    const endsAt = earliest(
      timeOf(commission, ns, 'healthCareUnitEndDate'),
      timeOf(commission, ns, 'healthCareProviderEndDate'),
    );
    return [{ hsaId, unit, purpose, ...(endsAt !== undefined && { endsAt }) }];
  } catch (error) {
    if (error instanceof SoapFailure) return undefined;
    throw error;
  }
}
