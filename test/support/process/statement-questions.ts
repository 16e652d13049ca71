import type { Questionnaire } from '../../../src/process/form/questionnaire.js';

/** A small statement: each kind of question that the one of the hub has. */
export const statementQuestions: Questionnaire = {
  name: 'statement',
  url: 'https://example.org/Questionnaire/statement',
  version: 1,
  title: 'Ställningstagande',
  sections: [
    {
      linkId: 'hospital',
      text: 'Slutenvård',
      part: 'hospital',
      questions: [
        { linkId: 'words', text: 'Patientens yttrande', answer: 'text', required: true },
        { linkId: 'self-care', text: 'Egenvård', answer: 'yes-or-no', required: true },
        {
          linkId: 'self-care-description',
          text: 'Beskrivning av egenvården',
          answer: 'text',
          requiredWhenYes: 'self-care',
        },
        {
          linkId: 'stance',
          text: 'Ställningstagande till SIP',
          answer: 'text',
          options: ['SIP behövs', 'SIP behövs inte'],
          required: true,
        },
      ],
    },
    {
      linkId: 'outpatient',
      text: 'Öppenvård',
      part: 'outpatient',
      questions: [
        { linkId: 'doctor', text: 'Ansvarig läkare', answer: 'text', required: true },
        { linkId: 'further', text: 'Ytterligare', answer: 'text' },
        {
          linkId: 'agrees',
          text: 'Godkänner',
          answer: 'yes-or-no',
          required: true,
          agreesWithHospital: true,
        },
      ],
    },
    {
      linkId: 'municipality',
      text: 'Kommun',
      part: 'municipality',
      questions: [{ linkId: 'measures', text: 'Planerade åtgärder', answer: 'text', required: true }],
    },
  ],
};
