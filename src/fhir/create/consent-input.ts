import type { Consent } from 'fhir/r4.js';
import type { DecisionData } from '../../process/case/decision-data.js';
import type { Uuid } from '../../process/vocabulary.js';
import { codeSystems, consentScope, extensions } from '../../projection/codes/codes.js';
import { codesOf, readCoding, readConcept } from '../submitted/read-concept.js';
import type { TakenSystem } from '../submitted/read-concept.js';
import { extensionOf } from '../submitted/read-extension.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { idIn } from '../write/catalogue-references.js';
import { isNow } from '../write/times.js';
import type { ConsentContext } from './consent-context.js';
import { readHarmAssessment } from './harm-assessment-input.js';
import { readPerson } from './named-person.js';
import type { NamedPerson } from './named-person.js';

/** A decision on a case, as a client posts it. */
export type ConsentInput = {
  readonly caseId: Uuid;
  /** Whose the case is. */
  readonly personId: Uuid;
  readonly persons: readonly NamedPerson[];
  readonly data: DecisionData;
};

/** Where in the Consent a field of the decision stands, for rejections. */
export const consentExpressions: Readonly<Record<string, string>> = {
  kind: 'Consent.category',
  form: `Consent.extension('${extensions.decisionForm}')`,
  givenBy: `Consent.extension('${extensions.decisionGivenBy}')`,
  assessor: 'Consent.performer',
  assessorLicensed: 'Consent.performer',
  assessorName: 'Consent.performer',
  reasonConsentUnavailable: 'Consent.contained[0].item',
  mayHarm: 'Consent.contained[0].item',
  necessary: 'Consent.contained[0].item',
  law: 'Consent.policyRule',
};

/**
 * Reads the Consent that registers a decision (CON-2, CON-12): `category` says which, `provision.data` (related) the case. Time, unit and
 * policy are the hub's to write; where a client says them, they must be what the hub writes.
 */
export async function readConsent(
  consent: Submitted<Consent>,
  context: ConsentContext,
): Promise<ConsentInput | undefined> {
  const caseId = readCase(consent);
  const personId = caseId === undefined ? undefined : await context.requireCase(caseId);
  if (consent.value('status') !== 'active')
    consent.fault('value-not-taken', '.status', { expected: 'active' });
  if (readConcept(consent.child('scope'), consentScope) === undefined)
    consent.fault('value-not-taken', '.scope', { expected: codesOf(consentScope) });
  const registered = consent.value('dateTime');
  if (registered !== undefined && !isNow(registered, context.now))
    consent.fault('not-the-time-of-registration', '.dateTime');
  for (const organization of consent.children('organization'))
    if (context.references.unit(readReference(organization, 'Organization') ?? {}) !== context.by.unit)
      organization.fault('value-not-taken', '', { expected: context.by.unit });
  const persons = [readPerson(consent.child('patient'))];
  const data = await readDecision(consent, context, caseId, persons);
  if (data?.kind !== 'secrecy-breaking-rule') readLaw(consent);
  const type = data?.kind === 'refusal' ? 'deny' : 'permit';
  if (consent.child('provision')?.value('type') !== type && data !== undefined)
    consent.fault('value-not-taken', '.provision.type', { expected: type });
  if (caseId === undefined || personId === undefined || data === undefined) return undefined;
  return { caseId, personId, data, persons: persons.filter((person) => person !== undefined) };
}

function readCase(consent: Submitted<Consent>): Uuid | undefined {
  const [data, ...more] = consent.child('provision')?.children('data') ?? [];
  const carePlan = readReference(data?.child('reference'), 'CarePlan');
  const id =
    data?.value('meaning') === 'related' && more.length === 0 ? idIn(carePlan, 'CarePlan') : undefined;
  return id ?? consent.fault('value-not-taken', '.provision.data', { expected: 'related CarePlan/[id]' });
}

async function readDecision(
  consent: Submitted<Consent>,
  context: ConsentContext,
  caseId: Uuid | undefined,
  persons: (NamedPerson | undefined)[],
): Promise<DecisionData | undefined> {
  const categories = consent.children('category').map((each) => readConcept(each, codeSystems.decision));
  const kind = categories.length === 1 ? categories[0] : undefined;
  switch (kind) {
    case 'consent':
    case 'refusal': {
      const form = readCode(consent, extensions.decisionForm, codeSystems.decisionForm);
      const givenBy = readCode(consent, extensions.decisionGivenBy, codeSystems.decisionGivenBy);
      // Who else than the patient decided is said by the extension alone; a name would not be kept.
      if (givenBy === 'patient') persons.push(...consent.children('performer').map(readPerson));
      return form === undefined || givenBy === undefined ? undefined : { kind, form, givenBy };
    }
    case 'harm-assessment':
      return readHarmAssessment(consent, context, caseId, persons);
    case 'secrecy-breaking-rule': {
      const law = readConcept(consent.child('policyRule'), codeSystems.secrecyLaw);
      return law === undefined
        ? consent.fault('value-not-taken', '.policyRule', { expected: codesOf(codeSystems.secrecyLaw) })
        : { kind, law };
    }
    default:
      // What these may say hangs on the kind, so nothing can be told of them.
      consent.takeWhole('extension', 'performer', 'contained', 'sourceReference');
      return consent.fault('value-not-taken', '.category', { expected: codesOf(codeSystems.decision) });
  }
}

/** FHIR demands a rule (ppc-1); the hub's is the law of the case, and another would say something that is not kept. */
const law = 'Lag (2017:612)';

function readLaw(consent: Submitted<Consent>): void {
  const rule = consent.child('policyRule');
  if (rule === undefined) consent.fault('required', '.policyRule');
  else if (rule.value('text') !== law) rule.fault('value-not-taken', '.text', { expected: law });
}

function readCode<Code extends string>(
  consent: Submitted<Consent>,
  url: string,
  of: TakenSystem<Code>,
): Code | undefined {
  return (
    readCoding(extensionOf(consent, url)?.child('valueCoding'), of) ??
    consent.fault('value-not-taken', `.extension('${url}')`, { expected: codesOf(of) })
  );
}
