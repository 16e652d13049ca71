import type { CatalogueAssignment, PractitionerFact } from '../../src/messaging/contracts/facts.js';
import { SoapFailure } from '../frame/soap/fault.js';
import { childrenOf, type XmlElement } from '../frame/soap/xml.js';
import { contracts, credentialsNamespace as ns, hsaIdPattern, sameHsaId } from './contract.js';
import { earliest, flagOf, isMarked, requiredText, textOf, textsOf, timeOf } from './read-element.js';

/** What the catalogue says of a person; undefined: it does not know the HSA-id. */
export type ReadCredentials = Omit<PractitionerFact, 'practitioner' | 'found' | 'readAt'>;

/**
 * Reads the answer about one person. The fields of the contract that hold a personal number (`personalIdentity`) are never
 * read. Failing closed: of a person whose protection is stated or is not stated clearly no name is passed on, and an assignment
 * that cannot be read, has ended or names no unit gives nothing.
 * @param development test persons and assignments (`feigned…`) count only there
 * @throws SoapFailure `not-soap` when it is another kind of answer, `two-answers`, `wrong-person` when it is about somebody
 *   else, `unreadable` when something mandatory is missing
 */
export function readCredentials(
  content: XmlElement,
  asked: string,
  development: boolean,
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
      .filter((code) => code.length <= 50)
      .toSorted()
      .slice(0, 50),
    licences: textsOf(person, ns, 'healthCareProfessionalLicence').toSorted().slice(0, 50),
    assignments: childrenOf(person, ns, 'commission')
      .flatMap((commission) => readCommission(commission, development))
      .toSorted((one, other) => (one.hsaId < other.hsaId ? -1 : 1))
      .slice(0, 200),
  };
}

function readCommission(commission: XmlElement, development: boolean): readonly CatalogueAssignment[] {
  const over = ['archivedHealthCareUnit', 'archivedHealthCareProvider'];
  const feigned = ['feignedCommission', 'feignedHealthCareUnit', 'feignedHealthCareProvider'];
  if ([...over, ...(development ? [] : feigned)].some((mark) => isMarked(commission, ns, mark))) return [];
  const hsaId = textOf(commission, ns, 'commissionHsaId');
  const unit = textOf(commission, ns, 'healthCareUnitHsaId');
  const purpose = textOf(commission, ns, 'commissionPurpose');
  if (hsaId === undefined || unit === undefined || purpose === undefined) return [];
  if (!hsaIdPattern.test(hsaId) || !hsaIdPattern.test(unit)) return [];
  const endsAt = earliest(
    timeOf(commission, ns, 'healthCareUnitEndDate'),
    timeOf(commission, ns, 'healthCareProviderEndDate'),
  );
  return [{ hsaId, unit, purpose, ...(endsAt !== undefined && { endsAt }) }];
}
