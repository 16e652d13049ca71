import { table } from '../rejections/rejection-text.js';

/** Which stays cannot be those of a person. */
export const stayRejections = table({
  'stay-of-another-person': {
    rule: 'PAT-13',
    sv: 'Vårdtillfället är redan knutet till en annan person. Rätta i journalsystemet.',
    en: 'The stay already belongs to another person. Correct it in the journal system.',
  },
  'stay-unknown': {
    rule: 'PAT-13',
    sv: 'Vårdtillfället finns inte eller hör inte till personen.',
    en: 'There is no such stay of this person.',
  },
});
