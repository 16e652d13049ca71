import { z } from 'zod';
import { answerTypes, partsOfForm } from '../process/form/questionnaire.js';
import type { Questionnaire } from '../process/form/questionnaire.js';
import { trackColours, trackSteps } from '../process/form/track-colour.js';
import { checkParts } from './parts-of-file.js';
import type { Fault } from './parts-of-file.js';
import { faultsInTable } from './track-colours-of-file.js';
import type { WrittenQuestionnaire } from './questionnaires.js';

/** So many questions a form has at most: every answer that is saved writes all of it anew. */
const mostQuestions = 100;

const words = z.string().max(300).regex(/\S/, 'must say something');
/** A name as FHIR's `id` and `code` have it. */
const name = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'must be small letters a-z, digits and single hyphens');

const sides = z
  .array(z.enum(['hospital', 'outpatient', 'municipality', 'other']))
  .min(1)
  .exactOptional();
const question = z.strictObject({
  linkId: name,
  text: words,
  answer: z.enum(answerTypes),
  writtenBy: sides,
  options: z.array(words).min(1).max(50).exactOptional(),
  required: z.literal(true).exactOptional(),
  requiredWhenYes: name.exactOptional(),
  agreesWithHospital: z.literal(true).exactOptional(),
});
const section = z.strictObject({
  linkId: name,
  text: words,
  part: z.enum(partsOfForm).exactOptional(),
  together: z.literal(true).exactOptional(),
  questions: z.array(question).min(1),
});
const version = z.strictObject({
  version: z.int(),
  /** Why there is this version: what is new in it. */
  because: words,
  title: words,
  trackColours: z
    .array(
      z.strictObject({
        colour: z.enum(trackColours),
        when: z.record(name, z.boolean()),
        because: words,
        follows: z.array(z.enum(trackSteps)),
      }),
    )
    .min(1)
    .max(50)
    .exactOptional(),
  sections: z.array(section).min(1),
});
const file = z.strictObject({
  name,
  /** Its canonical URL. */
  url: z
    .url({ protocol: /^https?$/, error: 'must be a URL that begins with https:// or http://' })
    .regex(/^[^|#]*$/, 'must be without | and #'),
  document: name.exactOptional(),
  policies: z.array(name).min(1).exactOptional(),
  openers: sides,
  perUnit: z.literal(true).exactOptional(),
  /** Where the questions come from. */
  sources: words,
  versions: z.array(version).min(1),
});

/**
 * Reads the content of a questionnaire's file.
 * @param called what the file is called, without `.json`
 * @throws {z.ZodError} with every fault by its place
 */
export function asQuestionnaire(content: unknown, called: string): WrittenQuestionnaire {
  const read = file
    .superRefine((of, context) => {
      const fault: Fault = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
      if (of.name !== called) fault(['name'], `must be what the file is called: ${called}`);
      of.versions.forEach((each, index) => {
        const place = ['versions', index];
        if (each.version !== index + 1)
          fault([...place, 'version'], `must be ${index + 1}: each once, oldest first`);
        checkLinkIds(each, place, fault);
        checkParts(each, place, fault);
        for (const [at, message] of faultsInTable(each)) fault([...place, 'trackColours', ...at], message);
      });
    })
    .parse(content);
  const { sources: _sources, versions: written, ...of } = read;
  const versions = written.map(({ because: _why, ...each }) => ({ ...of, ...each }));
  return { name: read.name, versions: versions as unknown as WrittenQuestionnaire['versions'] };
}

/** A `linkId` names one thing in a version, and there are not too many. */
function checkLinkIds(
  { sections }: Pick<Questionnaire, 'sections'>,
  place: readonly PropertyKey[],
  fault: Fault,
): void {
  const seen = new Set<string>();
  const once = (linkId: string, at: readonly PropertyKey[]): void => {
    if (seen.has(linkId)) fault([...at, 'linkId'], `${linkId} stands twice`);
    seen.add(linkId);
  };
  sections.forEach((each, index) => {
    const at = [...place, 'sections', index];
    once(each.linkId, at);
    each.questions.forEach(({ linkId }, number) => once(linkId, [...at, 'questions', number]));
  });
  const count = sections.reduce((sum, { questions }) => sum + questions.length, 0);
  if (count > mostQuestions) fault([...place, 'sections'], `must have at most ${mostQuestions} questions`);
}
