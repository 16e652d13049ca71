import type { Coding, Consent, OperationOutcomeIssue, QuestionnaireResponse } from 'fhir/r4.js';
import type { Directory } from '../../directory/organisation.js';
import type { DecisionData } from '../../process/svu/events.js';
import type { Uuid } from '../../process/vocabulary.js';
import { codeSystems, extensions, harmAssessmentQuestionnaire } from '../../projection/codes.js';
import { harmAssessmentQuestions } from '../../projection/svu/harm-assessment.js';
import { FhirError } from '../fhir-error.js';
import { idIn } from '../write/catalogue-references.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { writeIssue } from '../write/refusals.js';
import { displayName } from '../../projection/directory/directory-view.js';

/** A decision on a case, as a client posts it. */
export type ConsentInput = {
  readonly caseId: Uuid;
  /** The person the client thinks it is about; compared with the case's. */
  readonly personId?: Uuid;
  readonly data: DecisionData;
};

/**
 * Elements that are read or that the hub sets itself (`dateTime`, `organization`, `policyRule`: the time is that of the
 * hub's receipt, the unit the token's, the policy the case's); another is refused rather than silently dropped.
 */
const taken: ReadonlySet<string> = new Set([
  'resourceType',
  'id',
  'meta',
  'text',
  'language',
  'status',
  'scope',
  'category',
  'patient',
  'dateTime',
  'performer',
  'organization',
  'policyRule',
  'provision',
  'extension',
  'contained',
  'sourceReference',
]);

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

type Fault = (...of: Parameters<typeof writeIssue>) => undefined;
type Catalogue = { readonly references: CatalogueReferences; readonly directory: Directory };

/**
 * Reads the Consent that registers a decision (CON-2, CON-12): `category` says which, `provision.data` (related) the case.
 * A harm assessment names who made it in `performer` and brings its answers as a contained QuestionnaireResponse in
 * `sourceReference` (CON-3, CON-4, CON-13); read back, the answers are a QuestionnaireResponse of their own.
 *
 * @throws {FhirError} 422 with every fault against the profile at once
 */
export async function readConsent(consent: Consent, catalogue: Catalogue): Promise<ConsentInput> {
  const issues: OperationOutcomeIssue[] = [];
  const fault: Fault = (...of) => {
    issues.push(writeIssue(...of));
  };
  for (const element of Object.keys(consent)) {
    if (!taken.has(element)) fault('element-not-taken', { expression: `Consent.${element}` });
  }
  if (consent.status !== 'active') {
    fault('value-not-taken', { expression: 'Consent.status', values: { expected: 'active' } });
  }
  const caseId = readCase(consent, fault);
  const data = await readDecision(consent, catalogue, fault);
  const type = data?.kind === 'refusal' ? 'deny' : 'permit';
  if (data !== undefined && consent.provision?.type !== type) {
    fault('value-not-taken', { expression: 'Consent.provision.type', values: { expected: type } });
  }
  const personId = idIn(consent.patient, 'Patient');
  if (consent.patient !== undefined && personId === undefined) {
    fault('value-not-taken', { expression: 'Consent.patient', values: { expected: 'Patient/[id]' } });
  }
  if (issues.length > 0 || caseId === undefined || data === undefined) throw new FhirError(422, issues);
  return { caseId, data, ...(personId === undefined ? {} : { personId }) };
}

function readCase(consent: Consent, fault: Fault): Uuid | undefined {
  const data = consent.provision?.data ?? [];
  const id =
    data.length === 1 && data[0]?.meaning === 'related' ? idIn(data[0].reference, 'CarePlan') : undefined;
  return (
    id ??
    fault('value-not-taken', {
      expression: 'Consent.provision.data',
      values: { expected: 'related CarePlan/[id]' },
    })
  );
}

async function readDecision(
  consent: Consent,
  catalogue: Catalogue,
  fault: Fault,
): Promise<DecisionData | undefined> {
  const kind = codeIn(
    consent.category.flatMap(({ coding }) => coding ?? []),
    codeSystems.decision,
  );
  switch (kind) {
    case 'consent':
    case 'refusal': {
      const form = readExtension(consent, extensions.decisionForm, codeSystems.decisionForm, fault);
      const givenBy = readExtension(consent, extensions.decisionGivenBy, codeSystems.decisionGivenBy, fault);
      return form === undefined || givenBy === undefined ? undefined : { kind, form, givenBy };
    }
    case 'harm-assessment':
      return readHarmAssessment(consent, catalogue, fault);
    case 'secrecy-breaking-rule': {
      const law = codeIn(consent.policyRule?.coding ?? [], codeSystems.secrecyLaw);
      return law === undefined
        ? fault('value-not-taken', { expression: 'Consent.policyRule', values: { expected: 'LPT, LRV' } })
        : { kind, law };
    }
    default:
      return fault('value-not-taken', {
        expression: 'Consent.category',
        values: { expected: codesOf(codeSystems.decision) },
      });
  }
}

async function readHarmAssessment(
  consent: Consent,
  catalogue: Catalogue,
  fault: Fault,
): Promise<DecisionData | undefined> {
  const performer = consent.performer?.[0];
  if (performer === undefined || consent.performer?.length !== 1) {
    return fault('required', { expression: 'Consent.performer' });
  }
  const assessor = await catalogue.references.person(performer);
  const person = assessor === undefined ? undefined : catalogue.directory.person(assessor);
  if (assessor === undefined || person === undefined) {
    return fault('reference-unknown', { expression: 'Consent.performer[0]' });
  }
  const roles = Object.values(catalogue.directory.organisation.roles);
  const own = roles.filter((role) => role.titles.some((title) => person.titles.includes(title)));
  const licensed = own.find((role) => role.licensed);
  const answers = readAnswers(consent, fault);
  return (
    answers && {
      kind: 'harm-assessment',
      assessor,
      assessorName: displayName(person),
      assessorTitle: (licensed ?? own[0])?.name ?? '',
      // ORG-9: the role is a licensed one, and the catalogue, where it told, knows a licence of this person.
      assessorLicensed: licensed !== undefined && person.licences?.length !== 0,
      ...answers,
    }
  );
}

type Answers = { reasonConsentUnavailable: string; mayHarm?: boolean; necessary?: boolean };

function readAnswers(consent: Consent, fault: Fault): Answers | undefined {
  const contained = consent.contained?.[0] as QuestionnaireResponse | null | undefined;
  if (contained === undefined || contained === null)
    return fault('required', { expression: 'Consent.contained' });
  if (contained.id === undefined || consent.sourceReference?.reference !== `#${contained.id}`) {
    return fault('value-not-taken', { expression: 'Consent.sourceReference', values: { expected: '#[id]' } });
  }
  if (contained.questionnaire !== harmAssessmentQuestionnaire) {
    return fault('value-not-taken', {
      expression: 'Consent.contained[0].questionnaire',
      values: { expected: harmAssessmentQuestionnaire },
    });
  }
  const { reasonConsentUnavailable, mayHarm, necessary } = harmAssessmentQuestions;
  const answers: { -readonly [Name in keyof Answers]: Answers[Name] } = { reasonConsentUnavailable: '' };
  for (const [index, item] of (contained.item ?? []).entries()) {
    const expression = `Consent.contained[0].item[${index}]`;
    const answer = item.answer?.[0];
    if (item.linkId === reasonConsentUnavailable.linkId && answer?.valueString !== undefined) {
      answers.reasonConsentUnavailable = answer.valueString.trim();
    } else if (item.linkId === mayHarm.linkId && answer?.valueBoolean !== undefined) {
      answers.mayHarm = answer.valueBoolean;
    } else if (item.linkId === necessary.linkId && answer?.valueBoolean !== undefined) {
      answers.necessary = answer.valueBoolean;
    } else fault('element-not-taken', { expression });
  }
  return answers;
}

type System<Code extends string> = {
  readonly system: string;
  readonly concepts: Readonly<Record<Code, unknown>>;
};

function codeIn<Code extends string>(codings: readonly Coding[], of: System<Code>): Code | undefined {
  const code = codings.find(({ system }) => system === of.system)?.code;
  return code !== undefined && Object.hasOwn(of.concepts, code) ? (code as Code) : undefined;
}

function codesOf(of: System<string>): string {
  return Object.keys(of.concepts).join(', ');
}

function readExtension<Code extends string>(
  consent: Consent,
  url: string,
  of: System<Code>,
  fault: Fault,
): Code | undefined {
  const coding = consent.extension?.find((each) => each.url === url)?.valueCoding;
  const code = coding === undefined ? undefined : codeIn([coding], of);
  return (
    code ??
    fault('value-not-taken', { expression: `Consent.extension('${url}')`, values: { expected: codesOf(of) } })
  );
}
