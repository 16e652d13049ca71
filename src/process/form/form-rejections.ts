import { table } from '../rejections/rejection-text.js';

/** Why a unit cannot write in a form. */
export const formRejections = table({
  'no-forms-here': {
    rule: 'SVU-32',
    sv: 'I ärenden av det här slaget finns inga formulär.',
    en: 'There are no forms in cases of this kind.',
  },
  'document-not-of-policy': {
    rule: 'SVU-32',
    sv: 'Arbetsdokumentet används inte i det här ärendet.',
    en: 'This working document is not used in this case: neither its policy nor its kind has it.',
  },
  'question-unknown': {
    rule: 'SVU-14',
    sv: 'Formuläret har ingen sådan fråga, eller så står den två gånger i det som skickades.',
    en: 'The form, in the version it was opened with, has no such question, or it stands twice in what was sent.',
  },
  'answer-of-another-type': {
    rule: 'SVU-14',
    sv: 'Svaret är av fel slag: frågan besvaras med text, eller med ja eller nej.',
    en: 'The answer is of another type than the question: a text, or yes or no.',
  },
  'answer-not-among-options': {
    rule: 'SVU-16',
    sv: 'Svaret finns inte bland alternativen i formuläret.',
    en: 'The answer is none of those that the form has for this question.',
  },
  'part-of-another-side': {
    rule: 'SVU-16',
    forbidden: true,
    sv: 'Den här delen av formuläret skrivs av {side}.',
    en: 'This part of the form is written by another side: {side}.',
  },
  'form-opened-by-side': {
    rule: 'PLB-1',
    forbidden: true,
    sv: 'Formuläret öppnas av {side}.',
    en: 'The form is opened by another side: {side}.',
  },
  'form-of-another-unit': {
    rule: 'SVU-26',
    forbidden: true,
    sv: 'Varje enhet skriver i sitt eget formulär, och det här är en annan enhets.',
    en: 'Each unit writes in a form of its own, and this is another unit’s.',
  },
  'answers-belong-together': {
    rule: 'SVU-39',
    sv: 'Fälten hör ihop och fylls i samtidigt. De är: {questions}.',
    en: 'These fields belong together and are saved together. They are: {questions}.',
  },
  'version-not-there': {
    rule: 'SVU-14',
    sv: 'Formuläret har ingen sådan version än.',
    en: 'The form has no such version yet: say the version in which the field was seen.',
  },
  'answer-changed': {
    rule: 'SVU-14',
    conflict: true,
    sv: 'Någon annan har ändrat fältet sedan ni såg det. Läs vad som står där nu, och skriv sedan.',
    en: 'Somebody else has changed the field since it was seen. What it says now is shown: read it, and write then.',
  },
  'answers-full': {
    rule: 'SVU-14',
    sv: 'Formuläret har ändrats så många gånger som det får ({most}), och er enhet har gjort sin del av ändringarna.',
    en: 'The form has been changed as many times as it may be ({most}), and the unit has made its share of the changes.',
  },
  'form-too-long': {
    rule: 'SVU-14',
    sv: 'Formuläret rymmer högst {most} tecken i alla fält tillsammans. Korta det som står där, och skriv sedan.',
    en: 'All fields of the form together take at most {most} characters. Shorten what they say, and write then.',
  },
});
