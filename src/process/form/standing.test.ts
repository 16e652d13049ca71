import type { Answer } from './form.js';
import type { Question } from './questionnaire.js';
import { standingOf } from './standing.js';

const ofMunicipality: Question = {
  linkId: 'home',
  text: 'Hemma',
  answer: 'yes-or-no',
  required: true,
  writtenBy: ['municipality'],
};
const ofHospital: Question = { ...ofMunicipality, linkId: 'ward', writtenBy: ['hospital'] };
const ofAll: Question = { linkId: 'all', text: 'Alla', answer: 'yes-or-no', required: true };
const notes: Question = {
  linkId: 'notes',
  text: 'Vad',
  answer: 'text',
  writtenBy: ['hospital'],
  requiredWhenYes: 'all',
};
const standing = (questions: readonly Question[], answers: Readonly<Record<string, boolean | string>>) =>
  standingOf({
    questionnaire: {
      name: 'form',
      url: 'https://hemgang.example/fhir/Questionnaire/form',
      version: 1,
      title: 'Formulär',
      sections: [{ linkId: 'section', text: 'Avsnitt', questions }],
    },
    answers: Object.fromEntries(
      Object.entries(answers).map(([linkId, value]) => [linkId, { value } as Answer]),
    ),
  });

describe('How far a form has come', () => {
  const questions = [ofMunicipality, ofHospital, ofAll, notes];

  it('PLB-1: a side is done with what is required and its own to write, whatever the others have left', () => {
    expect(standing(questions, {})).toEqual({});
    expect(standing(questions, { ward: true })).toEqual({});
    expect(standing(questions, { ward: true, all: true })).toEqual({ completeFor: ['outpatient'] });
    const own = { ward: true, all: true, notes: 'Sår' };
    expect(standing(questions, own)).toEqual({ completeFor: ['hospital', 'outpatient'] });
    expect(standing(questions, { home: false, all: false })).toEqual({
      completeFor: ['outpatient', 'municipality'],
    });
    expect(standing(questions, { ...own, home: false })).toEqual({ complete: true });
  });

  it('PLB-1: a side of which nothing is asked has answered nothing', () => {
    expect(standing([ofMunicipality, ofHospital], { ward: false })).toEqual({ completeFor: ['hospital'] });
    expect(standing([], {})).toEqual({});
  });
});
