import { readFileSync } from 'node:fs';
import { asQuestionnaire } from './questionnaire-file.js';
import { Questionnaires } from './questionnaires.js';

type File = Record<string, unknown> & { versions: Record<string, unknown>[] };
const question = { linkId: 'mobility-current', text: 'Förflyttning', answer: 'text' };
const section = { linkId: 'mobility', text: 'Rörlighet', questions: [question] };
const version = { version: 1, because: 'First.', title: 'Kartläggning', sections: [section] };
const file = (changes: object = {}): File => ({
  name: 'assessment',
  url: 'https://region.example/fhir/Questionnaire/assessment',
  sources: 'Riktlinje',
  versions: [version],
  ...changes,
});

/** The places and reasons of what is wrong. */
function faultsOf(content: unknown): readonly string[] {
  try {
    asQuestionnaire(content, 'assessment');
    return [];
  } catch (error) {
    const { issues } = error as { issues: { path: PropertyKey[]; message: string }[] };
    return issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  }
}
const withSections = (...sections: object[]) => file({ versions: [{ ...version, sections }] });

describe('The file of a questionnaire', () => {
  it('SVU-14: a region changes a heading by a version, and the newest is what new forms ask', () => {
    const changed = { ...version, version: 2, sections: [{ ...section, text: 'Förmåga att röra sig' }] };
    const written = asQuestionnaire(file({ versions: [version, changed] }), 'assessment');
    const all = new Questionnaires([written]);
    const url = 'https://region.example/fhir/Questionnaire/assessment';
    expect(all.newest(url)).toMatchObject({ version: 2, sections: [{ text: 'Förmåga att röra sig' }] });
    expect(all.all.map((each) => [each.version, each.sections[0]?.text])).toEqual([
      [1, 'Rörlighet'],
      [2, 'Förmåga att röra sig'],
    ]);
    expect(all.newest(`${url}|1`)).toBeUndefined();
  });

  it('the example of docs/fhir-forms.md is taken as it stands', () => {
    const page = readFileSync('docs/fhir-forms.md', 'utf8');
    const example = /^```json\n(.*?)^```$/msu.exec(page)?.[1] ?? '';
    expect(asQuestionnaire(JSON.parse(example), 'discharge-checklist').versions).toHaveLength(1);
  });

  it.each([
    ['another name than its file has', file({ name: 'other' }), 'name: must be what the file is called'],
    ['a URL with a version', file({ url: 'https://a.example/q|1' }), 'url: must be without | and #'],
    ['a URL that is none', file({ url: 'q' }), 'url: must be a URL'],
    ['no versions', file({ versions: [] }), 'versions: '],
    ['a version left out', file({ versions: [{ ...version, version: 2 }] }), 'versions.0.version: must be 1'],
    [
      'a linkId twice',
      withSections(section, { ...section, linkId: 'other' }),
      'versions.0.sections.1.questions.0.linkId: mobility-current stands twice',
    ],
    [
      'a linkId of a heading and of a question',
      withSections({ ...section, linkId: 'mobility-current' }),
      'versions.0.sections.0.questions.0.linkId: mobility-current stands twice',
    ],
    [
      'an answer of another type',
      withSections({ ...section, questions: [{ ...question, answer: 'number' }] }),
      'versions.0.sections.0.questions.0.answer: ',
    ],
    [
      'more questions than are taken',
      withSections({
        ...section,
        questions: Array.from({ length: 101 }, (_, place) => ({ ...question, linkId: `q${place}` })),
      }),
      'versions.0.sections: must have at most 100 questions',
    ],
    [
      'a part of one side alone',
      withSections({ ...section, part: 'hospital' }),
      'versions.0.sections: must have a part of each side: hospital, outpatient, municipality',
    ],
    [
      'an answer that depends on a text',
      withSections({
        ...section,
        questions: [question, { ...question, linkId: 'why', requiredWhenYes: 'mobility-current' }],
      }),
      'versions.0.sections.0.questions.1.requiredWhenYes: must name a question that is answered yes or no',
    ],
    [
      'options of what is answered yes or no',
      withSections({ ...section, questions: [{ ...question, answer: 'yes-or-no', options: ['Ja'] }] }),
      'versions.0.sections.0.questions.0.options: must be of a text',
    ],
    [
      'a side that agrees with itself',
      withSections({
        ...section,
        questions: [{ ...question, answer: 'yes-or-no', agreesWithHospital: true }],
      }),
      'versions.0.sections.0.questions.0.agreesWithHospital: must stand in the part of another side',
    ],
    ['a field that nobody knows', file({ colour: 'red' }), ': Unrecognized key'],
  ])('SVU-14: with %s is refused by its place', (_what, content, fault) => {
    expect(faultsOf(content)).toEqual([expect.stringContaining(fault)]);
  });
});
