import { table } from '../rejections/rejection-text.js';

/** What cannot be decided on sharing information, and what a decision keeps from being said. */
export const decisionRejections = table({
  'secrecy-breaking-rule-not-in-policy': {
    rule: 'CON-2',
    sv: 'Den sekretessbrytande bestämmelsen används inte i regionen.',
    en: 'The secrecy-breaking rule is not used in this region.',
  },
  'assessor-not-licensed': {
    rule: 'CON-3',
    sv: 'Menprövning görs enbart av legitimerad personal. Den ansvariga är inte legitimerad.',
    en: 'Only licensed staff make a harm assessment. The person responsible is not licensed.',
  },
  'registrar-not-licensed': {
    rule: 'CON-3',
    forbidden: true,
    sv: 'Menprövning registreras enbart av legitimerad personal.',
    en: 'Only licensed staff register a harm assessment.',
  },
  'assessor-not-named': {
    rule: 'CON-3',
    sv: 'Ange vem som ansvarar för menprövningen, med namn och titel ur katalogen.',
    en: 'Say who is responsible for the harm assessment, with name and title from the catalogue.',
  },
  'harm-questions-unanswered': {
    rule: 'CON-4',
    sv: 'Besvara menprövningens frågor.',
    en: 'Answer the questions of the harm assessment.',
  },
  'harm-assessment-not-passed': {
    rule: 'CON-4',
    sv: 'Svaren innebär att uppgifterna inte får lämnas ut. Menprövningen registreras därför inte.',
    en: 'The answers do not allow the information to be shared. This harm assessment gives the case no decision.',
  },
  'refusal-shares-minimum': {
    rule: 'CON-5',
    sv: 'Patienten har nekat samtycke. Bara ett minimum av uppgifter får lämnas, och detta ingår inte. Lämna fältet tomt.',
    en: 'The patient has refused. Only a minimum is shared, and this is not part of it. Leave it out.',
  },
  'harm-assessment-over-refusal': {
    rule: 'CON-6',
    sv: 'Patienten har nekat samtycke. En menprövning kan inte häva det, inte heller sedan det nekade samtycket har avregistrerats. Bara patienten, eller den som beslutar för patienten, kan samtycka. Avregistrera det nekade samtycket som felregistrerat om det registrerades av misstag.',
    en: 'The patient has refused. A harm assessment cannot override that, not even after the refusal was deregistered. Only the patient, or who decides for the patient, can consent. Deregister the refusal as entered in error if it was registered by mistake.',
  },
  'no-current-decision': {
    rule: 'CON-8',
    sv: 'Ärendet har inget gällande beslut. Inget nytt publiceras förrän samtycke, nekat samtycke eller menprövning är registrerat.',
    en: 'The case has no current decision. Nothing new is published until consent, refusal or harm assessment is registered.',
  },
  'no-text-without-decision': {
    rule: 'CON-8',
    sv: 'Ärendet har inget gällande beslut, så ingen orsak eller kommentar lämnas till andra. Lämna fältet tomt.',
    en: 'The case has no current decision, so no reason and no comment is shared. Leave it out.',
  },
  'decision-not-current': {
    rule: 'CON-8',
    sv: 'Beslutet gäller inte längre. Ett annat beslut gäller.',
    en: 'The decision is not the current one.',
  },
  'decision-id-taken': {
    rule: 'CON-12',
    conflict: true,
    sv: 'Beslutet är redan registrerat med ett annat innehåll. Ett registrerat beslut ändras inte. Registrera ett nytt som ersätter det.',
    en: 'Another decision is already registered under this id. A registered decision is not changed, it is replaced.',
  },
  'reason-consent-unavailable-required': {
    rule: 'CON-13',
    sv: 'Ange varför samtycke inte kan inhämtas.',
    en: 'State why consent cannot be given.',
  },
  'decision-missing': {
    rule: 'SVU-4',
    sv: 'Registrera först samtycke, nekat samtycke eller menprövning.',
    en: 'Register consent, refusal or harm assessment first.',
  },
});
