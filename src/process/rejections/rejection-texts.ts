import { table } from './rejection-text.js';
import { svuRejectionTexts } from './rejection-texts-svu.js';

/**
 * Every refusal of the process and of the doors in front of it: code, rule, words. No text ever carries
 * anything about the person; the placeholders hold units, ids of cases, dates and words of the process.
 */
const otherRejectionTexts = table({
  // Person and identity
  'person-unknown': {
    rule: 'PAT-1',
    sv: 'Personnumret finns inte i folkbokföringen. Personen kan inte registreras.',
    en: 'The number is not in the population register. The person cannot be registered.',
  },
  'personal-number-length': {
    rule: 'PAT-3',
    sv: 'Ange personnumret eller samordningsnumret med tolv siffror.',
    en: 'Give the personal or coordination number in full, twelve digits.',
  },
  'personal-number-date': {
    rule: 'PAT-3',
    sv: 'Numrets första åtta siffror är inte ett datum.',
    en: 'The first eight digits of the number are not a date.',
  },
  'personal-number-check-digit': {
    rule: 'PAT-3',
    sv: 'Numrets kontrollsiffra stämmer inte.',
    en: 'The check digit of the number is wrong.',
  },
  'reserve-number': {
    rule: 'PAT-4',
    sv: 'Reservnummer registreras inte. Planera per telefon.',
    en: 'Reserve numbers are not registered. Plan by telephone.',
  },
  'person-protected': {
    rule: 'PAT-5',
    sv: 'Personen kan inte hanteras här. Följ den manuella rutinen och planera per telefon.',
    en: 'The person cannot be handled here. Follow the manual routine and plan by telephone.',
  },
  'case-frozen': {
    rule: 'PAT-6',
    sv: 'Ärendet är stängt för nya uppgifter. Fortsätt per telefon.',
    en: 'The case takes no new data. Go on by telephone.',
  },
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
  // Units and roles
  'no-role-at-unit': {
    rule: 'ORG-1',
    sv: 'Användaren har ingen roll på enheten.',
    en: 'The user has no role at unit {unit}.',
  },
  'role-lacks-responsibility': {
    rule: 'ORG-2',
    sv: 'Rollen saknar den behörighet som steget kräver: {responsibility}.',
    en: 'The role lacks the responsibility that the step requires: {responsibility}.',
  },
  'user-required': {
    rule: 'ORG-2',
    sv: 'Steget kräver en inloggad användare med en roll på enheten.',
    en: 'The step requires a signed-in user with a role at the unit.',
  },
  'outside-own-organisation': {
    rule: 'ORG-3',
    sv: 'Användaren kan bara arbeta inom sin egen organisation.',
    en: 'A user acts within the own organisation only.',
  },
  'todo-of-another-unit': {
    rule: 'ORG-5',
    sv: 'Uppgiften tillhör en annan enhet. Varje enhet gör sitt eget.',
    en: 'The to-do belongs to another unit. Every unit acts for itself.',
  },
  'no-policy': {
    rule: 'ORG-11',
    sv: 'Enhetens organisation har inget regelverk i tjänstens inställningar.',
    en: "The unit's organisation has no policy in the configuration.",
  },
  'receiver-cannot-reject': {
    rule: 'ORG-12',
    sv: 'Mottagaren kan kvittera men inte avvisa. Lägg till rätt enhet och ta bort den egna i stället.',
    en: 'A receiver can acknowledge but not reject. Add the right unit and remove your own instead.',
  },
  'todo-change-not-allowed': {
    rule: 'ORG-12',
    sv: 'Detta i uppgiften kan inte ändras. Det som kan ändras är hur långt ni har kommit, varför, svaren och era anteckningar.',
    en: 'The {element} of the to-do cannot be changed.',
  },
  'todo-status-not-allowed': {
    rule: 'ORG-12',
    sv: 'Uppgiften är {from}. Nästa steg kan vara: {allowed}.',
    en: 'The to-do is {from}. From there is taken: {allowed}.',
  },
  'todo-output-not-asked': {
    rule: 'ORG-12',
    sv: 'Uppgiften har ingen fråga som svaret hör till.',
    en: 'The to-do does not ask for {output}.',
  },
  'todo-output-type': {
    rule: 'ORG-12',
    sv: 'Svaret ska vara {expected}.',
    en: 'The answer {output} must be of type {expected}.',
  },
  'todo-notes-full': {
    rule: 'ORG-12',
    sv: 'Uppgiften kan ha högst {most} anteckningar. Skriv det som är viktigt i journalen.',
    en: 'A to-do has at most {most} notes. Write what matters in the record.',
  },
  'todo-carries-no-content': {
    rule: 'PAT-6',
    sv: 'Här får inget skrivas om personen. Ange bara hur långt ni har kommit.',
    en: 'The to-do carries nothing about the person. Only its status can be changed.',
  },
  'todo-ends-by-its-step': {
    rule: 'ORG-12',
    sv: 'Uppgiften blir klar när steget är gjort. Den kan inte kvitteras.',
    en: 'The to-do ends when its step is done, not by acknowledging it.',
  },
  'todo-ended': {
    rule: 'ORG-12',
    sv: 'Uppgiften gäller inte längre.',
    en: 'The to-do no longer stands.',
  },
  // Access
  'not-participating': {
    rule: 'ACC-1',
    sv: 'Enheten deltar inte i ärendet.',
    en: 'The unit does not take part in the case.',
  },
  'fact-from-a-user': {
    rule: 'ACC-1',
    sv: 'Uppgiften kommer från ett anslutet system och kan inte lämnas av en användare.',
    en: 'This is told by a connected system, not by a user.',
  },
  'no-such-case': {
    rule: 'ACC-1',
    sv: 'Ärendet finns inte eller är inte tillgängligt för enheten.',
    en: 'There is no such case, or the unit cannot reach it.',
  },
  'no-such-todo': {
    rule: 'ACC-1',
    sv: 'Uppgiften finns inte eller är inte tillgänglig för enheten.',
    en: 'There is no such to-do, or the unit cannot reach it.',
  },
  'draft-of-another-side': {
    rule: 'ACC-2',
    sv: 'Ett utkast är synligt enbart för {side}.',
    en: 'A draft is seen by {side} only.',
  },
  // Information and decision
  'information-not-both-ways': {
    rule: 'CON-1',
    sv: 'Ja betyder att patienten har fått både muntlig och skriftlig information. Ange annars nej och en orsak.',
    en: 'Yes means that the patient was informed both orally and in writing. Otherwise say no, with a reason.',
  },
  'information-reason-required': {
    rule: 'CON-1',
    sv: 'Ange orsaken till att patienten inte har informerats muntligt och skriftligt.',
    en: 'State why the patient was not informed orally and in writing.',
  },
  'only-hospital-records-information': {
    rule: 'CON-1',
    sv: 'Information till patienten registreras av slutenvården.',
    en: 'The information to the patient is recorded by the hospital.',
  },
  'only-hospital-registers-decision': {
    rule: 'CON-2',
    sv: 'I en SVU registreras samtycke, nekat samtycke och menprövning av slutenvården.',
    en: 'The decision in an SVU is registered by the hospital.',
  },
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
  'hospital-unit-hidden': {
    rule: 'CON-5',
    sv: 'Patienten har nekat samtycke. Bara slutenvården kan lägga till eller ta bort slutenvårdens enheter.',
    en: 'The patient has refused. Only the hospital adds or removes units of the hospital.',
  },
  'harm-assessment-over-refusal': {
    rule: 'CON-6',
    sv: 'Patienten har nekat samtycke. En menprövning kan inte häva det.',
    en: 'The patient has refused. A harm assessment cannot override that.',
  },
  'only-hospital-deregisters': {
    rule: 'CON-8',
    sv: 'I en SVU avregistreras samtycke, nekat samtycke och menprövning av slutenvården.',
    en: 'In an SVU the decision is deregistered by the hospital.',
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
    sv: 'Beslutet är redan registrerat med ett annat innehåll. Ett registrerat beslut ändras inte. Registrera ett nytt som ersätter det.',
    en: 'Another decision is already registered under this id. A registered decision is not changed, it is replaced.',
  },
  'reason-consent-unavailable-required': {
    rule: 'CON-13',
    sv: 'Ange varför samtycke inte kan inhämtas.',
    en: 'State why consent cannot be given.',
  },
  // Addressing and participants
  'no-receiver-of-side': {
    rule: 'ADR-13',
    sv: 'Ingen enhet i {side} deltar i ärendet, så ingen där får veta att vårdtillfället är slut. Lägg till enheten, eller kontakta den per telefon och bekräfta.',
    en: 'No unit of {side} takes part in the case, so nobody there learns that the stay has ended. Add the unit, or call it and confirm.',
  },
  'unit-unknown': {
    rule: 'ADR-10',
    sv: 'Enheten finns inte i katalogen eller är stängd.',
    en: 'Unit {unit} is not in the catalogue or is not active.',
  },
  'removal-not-confirmed': {
    rule: 'ADR-10',
    sv: 'Bekräfta att {unit} ska tas bort ur ärendet.',
    en: 'Confirm that {unit} is to be removed from the case.',
  },
  'last-unit-of-side': {
    rule: 'ADR-11',
    sv: '{unit} är den sista enheten på sin sida i ärendet. Bekräfta och ange en orsak.',
    en: '{unit} is the last unit of its side. Confirm, and give a reason.',
  },
  'last-hospital-unit': {
    rule: 'ADR-11',
    sv: '{unit} är slutenvårdens sista enhet i ärendet. Lägg till den nya avdelningen först.',
    en: '{unit} is the last hospital unit of the case. Add the new ward first.',
  },
});

/** All of them, by code. */
export const rejectionTexts = { ...otherRejectionTexts, ...svuRejectionTexts } as const;

/** The codes of every refusal, kebab-case. */
export type RejectionCode = keyof typeof rejectionTexts;
