import type { Extension, QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4.js';
import type { Answer, FormState } from '../../process/form/form.js';
import { canonicalOf } from '../../process/form/questionnaire.js';
import type { Question } from '../../process/form/questionnaire.js';
import { trackOf } from '../../process/form/track-colour.js';
import type { Actor, Uuid } from '../../process/vocabulary.js';
import { extensions, formProfile } from '../codes/codes.js';
import type { Projection } from '../projection.js';
import {
  hubReference,
  organizationReference,
  patientReference,
  referenceTo,
  staffReference,
} from '../references.js';
import { canonicalTokens, codeToken, referenceTokens } from '../search-tokens.js';
import { trackExtension } from './track.js';

/**
 * A form as QuestionnaireResponse: every heading and question of the version that it was opened with, each answer with who wrote it and when
 * (SVU-14, PLB-2). Seen in full or not at all: a refusal leaves nothing of it (CON-5).
 */
export function projectForm(id: Uuid, state: FormState): Projection {
  const { caseId, personId, questionnaire, openedAt, openedBy, answers } = state;
  const about = referenceTo('CarePlan', caseId);
  const subject = patientReference(personId);
  const last = lastOf(state);
  const extension = extensionsOf(state);
  const content: QuestionnaireResponse & { id: string } = {
    resourceType: 'QuestionnaireResponse',
    id,
    meta: { profile: [formProfile] },
    ...(extension.length === 0 ? {} : { extension: [...extension] }),
    basedOn: [about],
    questionnaire: canonicalOf(questionnaire),
    status: 'in-progress',
    subject,
    authored: last?.at ?? openedAt,
    author: actorReference(last?.by ?? openedBy),
    item: questionnaire.sections.map(({ linkId, text, questions }) => ({
      linkId,
      text,
      item: questions.map((question) => item(question, answers[question.linkId])),
    })),
  };
  return {
    resources: [
      {
        content,
        scope: caseId,
        needs: 'full',
        draft: false,
        personId,
        periodStart: content.authored ?? openedAt,
        periodEnd: content.authored ?? openedAt,
        tokens: [
          codeToken('status', content.status),
          ...canonicalTokens('questionnaire', questionnaire.url, String(questionnaire.version)),
          ...referenceTokens('based-on', about),
          ...referenceTokens('patient', subject),
          ...referenceTokens('subject', subject),
        ],
      },
    ],
    grants: [],
  };
}

/** PLB-3: the track that the answers give. SVU-26: whose form it is, where each unit has its own. */
function extensionsOf({ questionnaire, answers, openedBy }: FormState): readonly Extension[] {
  const track = trackOf(questionnaire.trackColours, answers);
  return [
    ...(track === undefined ? [] : [trackExtension(track)]),
    ...(questionnaire.perUnit === undefined || openedBy.kind !== 'user'
      ? []
      : [
          {
            url: extensions.formOfUnit,
            valueReference: organizationReference(openedBy.unit, openedBy.unitName),
          },
        ]),
  ];
}

/** What was written last, of all fields. */
function lastOf({ answers }: FormState): Answer | undefined {
  return Object.values(answers).toSorted((one, other) => other.version - one.version)[0];
}

function item({ linkId, text }: Question, answer: Answer | undefined): QuestionnaireResponseItem {
  return {
    ...(answer === undefined
      ? {}
      : { extension: [{ url: extensions.written, extension: writtenParts(answer) }] }),
    linkId,
    text,
    ...valueOf(answer),
  };
}

/** The answer in an item, as FHIR has it; nothing where there is none. */
const valueOf = (answer: Pick<Answer, 'value'> | undefined): Pick<QuestionnaireResponseItem, 'answer'> =>
  answer?.value === undefined
    ? {}
    : {
        answer: [
          typeof answer.value === 'string' ? { valueString: answer.value } : { valueBoolean: answer.value },
        ],
      };

/** Who wrote what a field says, when, and from which version of the form it says so. */
const writtenParts = ({ at, by, version }: Answer): Extension[] => [
  { url: 'at', valueDateTime: at },
  { url: 'by', valueReference: actorReference(by) },
  { url: 'version', valuePositiveInt: version },
];

/** Somebody of a unit, with name, title and unit as they were then. */
export const actorReference = (actor: Actor) =>
  actor.kind === 'user' ? staffReference(actor) : hubReference(actor);

/** What a field says now, for an issue that tells whoever wrote of an earlier one. */
export const standingExtension = (linkId: string, answer: Answer): Extension => ({
  url: extensions.saysNow,
  extension: [
    { url: 'linkId', valueString: linkId },
    ...(answer.value === undefined
      ? []
      : [
          typeof answer.value === 'string'
            ? { url: 'value', valueString: answer.value }
            : { url: 'value', valueBoolean: answer.value },
        ]),
    ...writtenParts(answer),
  ],
});
