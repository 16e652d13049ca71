import type { Consent, QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4.js';
import type { DecisionData } from '../../process/case/decision-data.js';
import type { Directory, Person } from '../../directory/organisation.js';
import type { HsaId, UserActor, Uuid } from '../../process/vocabulary.js';
import { harmAssessmentQuestionnaire } from '../../projection/codes/codes.js';
import { displayName } from '../../projection/directory/directory-view.js';
import { harmAssessmentQuestions } from '../../projection/case/harm-assessment.js';
import { readReference } from '../submitted/read-reference.js';
import { readBaseElements } from '../submitted/submitted-body.js';
import type { Submitted } from '../submitted/submitted.js';
import { idIn } from '../write/catalogue-references.js';
import { isNow } from '../write/times.js';
import type { ConsentContext } from './consent-context.js';
import { readPerson } from './named-person.js';
import type { NamedPerson } from './named-person.js';

type Persons = (NamedPerson | undefined)[];

/**
 * A harm assessment names who made it in `performer` and brings its answers as a contained QuestionnaireResponse in
 * `sourceReference` (CON-3, CON-4, CON-13); read back, the answers are a QuestionnaireResponse of their own.
 * @param persons takes whom the answers are about
 */
export async function readHarmAssessment(
  consent: Submitted<Consent>,
  context: ConsentContext,
  caseId: Uuid | undefined,
  persons: Persons,
): Promise<DecisionData | undefined> {
  const { directory, references } = context;
  const [performer, ...more] = consent.children('performer');
  if (performer === undefined || more.length > 0) consent.fault('required', '.performer');
  // Nobody is asked for where it is not said who of several made it.
  const named = performer && more.length === 0 ? readReference(performer, ...staffTypes) : undefined;
  const assessor = named && (await references.person(named, context.by.unit));
  const person = assessor === undefined ? undefined : directory.person(assessor);
  if (performer !== undefined && more.length === 0 && person === undefined)
    performer.fault('reference-unknown');
  if (performer !== undefined && person !== undefined && !worksAt(directory, person, context.by))
    performer.fault('assessor-of-another-organisation');
  const answers = await readContained(consent, { ...context, caseId, assessor, persons });
  if (assessor === undefined || person === undefined || answers === undefined) return undefined;
  const roles = Object.values(directory.organisation.roles);
  const own = roles.filter((role) => role.titles.some((title) => person.titles.includes(title)));
  const licensed = own.find((role) => role.licensed);
  return {
    kind: 'harm-assessment',
    assessor,
    assessorName: displayName(person),
    assessorTitle: (licensed ?? own[0])?.name ?? '',
    // ORG-9: the role is a licensed one, and the catalogue, where it told, knows a licence of this person.
    assessorLicensed: licensed !== undefined && person.licences?.length !== 0,
    ...answers,
  };
}

const staffTypes = ['Practitioner', 'PractitionerRole'] as const;

/** CON-3, ORG-3: what may be told is judged by staff of the organisation that tells it, as far as it is known where somebody works. */
function worksAt(
  directory: Directory,
  { assignments }: Pick<Person, 'assignments'>,
  { organisation }: UserActor,
): boolean {
  const known = assignments.flatMap(({ unit }) => directory.unit(unit)?.organisationNumber ?? []);
  return known.length === 0 || known.includes(organisation);
}

type Answers = { reasonConsentUnavailable: string; mayHarm?: boolean; necessary?: boolean };
type Assessment = ConsentContext & {
  readonly caseId: Uuid | undefined;
  readonly assessor: HsaId | undefined;
  readonly persons: Persons;
};

async function readContained(
  consent: Submitted<Consent>,
  assessment: Assessment,
): Promise<Answers | undefined> {
  const all = consent.children('contained') as unknown as readonly Submitted<QuestionnaireResponse>[];
  const contained = all.find((each) => each.is('resourceType', 'QuestionnaireResponse'));
  for (const other of all.filter((each) => each !== contained)) {
    other.fault('element-not-taken');
    other.takeAll();
  }
  if (contained === undefined) return consent.fault('required', '.contained');
  readBaseElements(contained, 'contained');
  const source = consent.child('sourceReference');
  const id = contained.value('id');
  if (id === undefined || readReference(source, 'QuestionnaireResponse')?.reference !== `#${id}`)
    consent.fault('value-not-taken', '.sourceReference', { expected: '#[id]' });
  if (contained.value('questionnaire') !== harmAssessmentQuestionnaire)
    contained.fault('value-not-taken', '.questionnaire', { expected: harmAssessmentQuestionnaire });
  if (contained.value('status') !== 'completed')
    contained.fault('value-not-taken', '.status', { expected: 'completed' });
  await readAbout(contained, assessment);
  return readAnswers(contained);
}

/** Whom, which case, by whom and when: left out, or the same as the decision says. */
async function readAbout(
  response: Submitted<QuestionnaireResponse>,
  { caseId, assessor, persons, references, now, by }: Assessment,
): Promise<void> {
  persons.push(readPerson(response.child('subject')));
  for (const basedOn of response.children('basedOn'))
    if (idIn(readReference(basedOn, 'CarePlan'), 'CarePlan') !== caseId)
      basedOn.fault('value-not-taken', '', { expected: 'Consent.provision.data' });
  const author = response.child('author');
  if (
    author !== undefined &&
    (await references.person(readReference(author, ...staffTypes) ?? {}, by.unit)) !== assessor
  )
    author.fault('value-not-taken', '', { expected: 'Consent.performer' });
  const authored = response.value('authored');
  if (authored !== undefined && !isNow(authored, now))
    response.fault('not-the-time-of-registration', '.authored');
}

/** Each question once, with one answer and in the questionnaire's words, if any. */
function readAnswers(response: Submitted<QuestionnaireResponse>): Answers {
  const answers: Answers = { reasonConsentUnavailable: '' };
  const answered = new Set<string>();
  for (const item of response.children('item')) {
    const linkId = item.value('linkId');
    const question = Object.entries(harmAssessmentQuestions).find(([, each]) => each.linkId === linkId);
    if (question === undefined || answered.has(linkId)) {
      item.fault('element-not-taken');
      item.takeAll();
      continue;
    }
    answered.add(linkId);
    const [field, { sv, en }] = question as [keyof Answers, { sv: string; en: string }];
    const text = item.value('text');
    if (text !== undefined && text !== sv && text !== en)
      item.fault('value-not-taken', '.text', { expected: sv });
    const value = readAnswer(item, field);
    if (typeof value === 'boolean' && field !== 'reasonConsentUnavailable') answers[field] = value;
    if (typeof value === 'string' && field === 'reasonConsentUnavailable') answers[field] = value.trim();
  }
  return answers;
}

function readAnswer(
  item: Submitted<QuestionnaireResponseItem>,
  field: keyof Answers,
): string | boolean | undefined {
  const name = field === 'reasonConsentUnavailable' ? 'valueString' : 'valueBoolean';
  const answers = item
    .children('answer')
    .map((answer) => ({ answer, value: name === 'valueString' ? answer.text(name) : answer.value(name) }));
  const [first, ...more] = answers;
  if (first === undefined || more.length > 0)
    return item.fault('value-not-taken', '.answer', { expected: '1' });
  return first.value ?? first.answer.fault('value-not-taken', '.value', { expected: name });
}
