import type { RuleId } from './rules.js';

/** What a refusal says: the rule it stands for, and its words in Swedish and English. `{name}` is filled from the rejection's values. */
export type RejectionText = { readonly rule: RuleId; readonly sv: string; readonly en: string };

/** Ties the table to its keys, so that `RejectionCode` is exact and every rule named is one that exists. */
function table<Code extends string>(
  texts: Record<Code, RejectionText>,
): Readonly<Record<Code, RejectionText>> {
  return texts;
}

/**
 * Every refusal of the process and of the doors in front of it, in one place: code, rule, words. No text ever carries
 * anything about the person; the placeholders hold units, ids of cases, dates and words of the process.
 */
export const rejectionTexts = table({
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
    sv: 'Användaren har ingen roll på enheten {unit}.',
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
    sv: 'Användaren kan bara verka inom sin egen organisation.',
    en: 'A user acts within the own organisation only.',
  },
  'todo-of-another-unit': {
    rule: 'ORG-5',
    sv: 'Uppgiften tillhör en annan enhet. Varje enhet gör sitt eget.',
    en: 'The to-do belongs to another unit. Every unit acts for itself.',
  },
  'policy-unknown': {
    rule: 'ORG-11',
    sv: 'Regelverket {policy} finns inte i konfigurationen.',
    en: 'The policy {policy} is not in the configuration.',
  },
  'no-policy': {
    rule: 'ORG-11',
    sv: 'Enhetens organisation har inget regelverk i konfigurationen.',
    en: "The unit's organisation has no policy in the configuration.",
  },
  'receiver-cannot-reject': {
    rule: 'ORG-12',
    sv: 'Mottagaren kan kvittera men inte avvisa. Lägg till rätt enhet och ta bort den egna i stället.',
    en: 'A receiver can acknowledge but not reject. Add the right unit and remove your own instead.',
  },
  'todo-change-not-allowed': {
    rule: 'ORG-12',
    sv: 'Uppgiftens {element} kan inte ändras.',
    en: 'The {element} of the to-do cannot be changed.',
  },
  'todo-status-not-allowed': {
    rule: 'ORG-12',
    sv: 'Uppgiften är {from}. Härifrån tas emot: {allowed}.',
    en: 'The to-do is {from}. From there is taken: {allowed}.',
  },
  'todo-output-not-asked': {
    rule: 'ORG-12',
    sv: 'Uppgiften frågar inte efter {output}.',
    en: 'The to-do does not ask for {output}.',
  },
  'todo-output-type': {
    rule: 'ORG-12',
    sv: 'Svaret {output} ska vara {expected}.',
    en: 'The answer {output} must be of type {expected}.',
  },
  'todo-carries-no-content': {
    rule: 'PAT-6',
    sv: 'Uppgiften bär inga uppgifter om personen. Bara dess status kan ändras.',
    en: 'The to-do carries nothing about the person. Only its status can be changed.',
  },
  'todo-ends-by-its-step': {
    rule: 'ORG-12',
    sv: 'Uppgiften avslutas av att steget görs, inte genom att kvitteras.',
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
    sv: 'Detta meddelas av ett anslutet system, inte av en användare.',
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
  'draft-seen-by-hospital-only': {
    rule: 'ACC-2',
    sv: 'Ett utkast är synligt enbart för slutenvården.',
    en: 'A draft is seen by the hospital side only.',
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
    sv: 'Den sekretessbrytande bestämmelsen används inte i denna region.',
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
    sv: 'Svaren tillåter inte att uppgifterna lämnas. Ärendet får inget beslut av denna menprövning.',
    en: 'The answers do not allow the information to be shared. This harm assessment gives the case no decision.',
  },
  'refusal-shares-minimum': {
    rule: 'CON-5',
    sv: 'Patienten har nekat samtycke. Bara ett minimum av uppgifter får lämnas, och detta ingår inte. Lämna fältet tomt.',
    en: 'The patient has refused. Only a minimum is shared, and this is not part of it. Leave it out.',
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
  'decision-not-current': {
    rule: 'CON-8',
    sv: 'Beslutet är inte det gällande.',
    en: 'The decision is not the current one.',
  },
  'decision-id-taken': {
    rule: 'CON-12',
    sv: 'Ett annat beslut har redan registrerats med samma id. Ett registrerat beslut ändras inte, det ersätts.',
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
    sv: 'Enheten {unit} finns inte i katalogen eller är inte aktiv.',
    en: 'Unit {unit} is not in the catalogue or is not active.',
  },
  'removal-not-confirmed': {
    rule: 'ADR-10',
    sv: 'Bekräfta att enheten {unit} ska tas bort ur ärendet.',
    en: 'Confirm that unit {unit} is to be removed from the case.',
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
  // Coordination at discharge
  'not-a-hospital-unit': {
    rule: 'SVU-1',
    sv: 'Enbart slutenvården kan skapa en SVU.',
    en: 'Only a hospital unit creates an SVU.',
  },
  'svu-already-open': {
    rule: 'SVU-2',
    sv: 'Personen har redan en öppen SVU: {case}.',
    en: 'The person already has an open SVU: {case}.',
  },
  'svu-open-elsewhere': {
    rule: 'SVU-2',
    sv: 'Personen har redan en öppen SVU, där er enhet inte deltar.',
    en: 'The person already has an open SVU, in which your unit does not take part.',
  },
  'case-already-opened': {
    rule: 'SVU-2',
    sv: 'Ärendet är redan öppnat.',
    en: 'The case has already been opened.',
  },
  'time-not-understood': {
    rule: 'SVU-3',
    sv: 'Tiden eller datumet går inte att tolka.',
    en: 'The time or date cannot be understood.',
  },
  'admission-in-the-future': {
    rule: 'SVU-3',
    sv: 'Inskrivningen kan inte ligga i framtiden.',
    en: 'The admission cannot lie in the future.',
  },
  'discharge-before-admission': {
    rule: 'SVU-3',
    sv: 'Beräknad utskrivning kan inte ligga före inskrivningsdagen.',
    en: 'The expected discharge cannot come before the day of admission.',
  },
  'reason-required': {
    rule: 'SVU-3',
    sv: 'Inskrivningsmeddelandet kräver en inskrivningsorsak.',
    en: 'The admission notice requires a reason for admission.',
  },
  'already-published': {
    rule: 'SVU-3',
    sv: 'Inskrivningsmeddelandet är redan publicerat.',
    en: 'The admission notice has already been published.',
  },
  'not-published': {
    rule: 'SVU-3',
    sv: 'Inskrivningsmeddelandet är inte publicerat än.',
    en: 'The admission notice has not been published yet.',
  },
  'only-hospital-publishes': {
    rule: 'SVU-3',
    sv: 'Inskrivningsmeddelandet publiceras av slutenvården.',
    en: 'The admission notice is published by the hospital.',
  },
  'information-missing': {
    rule: 'SVU-4',
    sv: 'Registrera först information till patienten.',
    en: 'Record the information to the patient first.',
  },
  'decision-missing': {
    rule: 'SVU-4',
    sv: 'Registrera först samtycke, nekat samtycke eller menprövning.',
    en: 'Register consent, refusal or harm assessment first.',
  },
  'assessment-of-needs-in-the-future': {
    rule: 'SVU-5',
    sv: 'Tiden för läkarens bedömning kan inte ligga i framtiden.',
    en: "The time of the doctor's assessment cannot lie in the future.",
  },
  'only-hospital-annuls': {
    rule: 'SVU-6',
    sv: 'Ärendet makuleras av slutenvården.',
    en: 'The case is annulled by the hospital.',
  },
  'annulment-reason-required': {
    rule: 'SVU-6',
    sv: 'Ange varför ärendet makuleras.',
    en: 'State why the case is annulled.',
  },
  'case-annulled': {
    rule: 'SVU-6',
    sv: 'Ärendet är makulerat.',
    en: 'The case has been annulled.',
  },
  'only-outpatient-names-contact': {
    rule: 'SVU-8',
    sv: 'Fast vårdkontakt utses av öppenvården.',
    en: 'The contact is named by outpatient care.',
  },
  'contact-not-identified': {
    rule: 'SVU-8',
    sv: 'Ange den fasta vårdkontakten ur katalogen, med namn och HSA-id.',
    en: 'Name the contact from the catalogue, with HSA-id and name.',
  },
  'contact-needs-responsibility': {
    rule: 'SVU-8',
    sv: 'En fast vårdkontakt som inte är kallelseansvarig ska ha ett angivet ansvar.',
    en: 'A contact who does not call to the SIP needs a stated responsibility.',
  },
  'contact-not-named': {
    rule: 'SVU-8',
    sv: 'Personen är inte utsedd till fast vårdkontakt i ärendet.',
    en: 'The person is not a contact of the case.',
  },
  'only-hospital-changes-planned-discharge': {
    rule: 'SVU-9',
    sv: 'Beräknad utskrivning ändras av slutenvården.',
    en: 'The expected discharge is changed by the hospital.',
  },
  'change-reason-required': {
    rule: 'SVU-9',
    sv: 'Ange orsaken till att beräknad utskrivning ändras.',
    en: 'State why the expected discharge changes.',
  },
  'expected-discharge-passed': {
    rule: 'SVU-9',
    sv: 'Beräknad utskrivning kan inte ändras till en dag som har varit.',
    en: 'The expected discharge cannot be moved to a day that has passed.',
  },
  'only-hospital-reports-ready': {
    rule: 'SVU-10',
    sv: 'Utskrivningsklar meddelas av slutenvården.',
    en: 'Ready is reported by the hospital.',
  },
  'ready-date-not-today': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar ska vara dagens datum ({today}).',
    en: "The ready date must be today's ({today}).",
  },
  'ready-date-too-late': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar kan ligga högst till och med {last}. Sätt beräknad utskrivning om dagen är längre bort.',
    en: 'The ready date can be {last} at the latest. Change the expected discharge where the day is further away.',
  },
  'ready-date-too-early': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar kan tidigast vara {first}.',
    en: 'The ready date can be {first} at the earliest.',
  },
  'not-a-hospital-doctor': {
    rule: 'SVU-43',
    sv: 'Ansvarig läkare ska vara en läkare i slutenvården. Personen är inte det enligt katalogen.',
    en: 'The responsible doctor is a doctor of the hospital. By the catalogue this person is not.',
  },
  'ready-before-admission': {
    rule: 'SVU-10',
    sv: 'Datum för utskrivningsklar kan inte ligga före inskrivningsdagen.',
    en: 'The ready date cannot come before the day of admission.',
  },
  'doctor-required': {
    rule: 'SVU-10',
    sv: 'Ange ansvarig läkare.',
    en: 'Name the responsible doctor.',
  },
  'only-hospital-withdraws-ready': {
    rule: 'SVU-12',
    sv: 'Utskrivningsklar återtas av slutenvården.',
    en: 'Ready is withdrawn by the hospital.',
  },
  'not-ready': {
    rule: 'SVU-12',
    sv: 'Patienten är inte meddelad utskrivningsklar.',
    en: 'The patient has not been reported ready.',
  },
  'publish-in-full-first': {
    rule: 'CON-5',
    sv: 'Ärendet visar bara det minimum som gällde vid nekat samtycke. Publicera inskrivningsmeddelandet på nytt först.',
    en: 'The case shows only the minimum of the refusal before. Publish the admission notice anew first.',
  },
  'ready-stands': {
    rule: 'SVU-12',
    sv: 'Patienten är meddelad utskrivningsklar. Återta det, så sätts ett nytt beräknat datum.',
    en: 'The patient has been reported ready. Withdraw that, which sets a new expected date.',
  },
  'only-hospital-discharges': {
    rule: 'SVU-21',
    sv: 'Utskrivningen publiceras av slutenvården.',
    en: 'The discharge is published by the hospital.',
  },
  'discharge-in-the-future': {
    rule: 'SVU-21',
    sv: 'Utskrivningen kan inte ligga i framtiden.',
    en: 'The discharge cannot lie in the future.',
  },
  'discharged-before-admission': {
    rule: 'SVU-21',
    sv: 'Utskrivningen kan inte ligga före inskrivningen.',
    en: 'The discharge cannot come before the admission.',
  },
  'discharged-to-required': {
    rule: 'SVU-21',
    sv: 'Ange vart patienten skrivs ut.',
    en: 'State where the patient is discharged to.',
  },
  'no-contact-calls-to-sip': {
    rule: 'SVU-21',
    sv: 'Ingen fast vårdkontakt med kallelseansvar är utsedd. Bekräfta för att skriva ut ändå.',
    en: 'No contact who calls to the SIP has been named. Confirm to discharge all the same.',
  },
  'case-locked': {
    rule: 'SVU-23',
    sv: 'Patienten är utskriven. Ärendet är låst.',
    en: 'The patient has been discharged. The case is locked.',
  },
  'only-hospital-undoes-discharge': {
    rule: 'SVU-24',
    sv: 'Utskrivningen ångras av slutenvården.',
    en: 'The discharge is undone by the hospital.',
  },
  'not-discharged': {
    rule: 'SVU-24',
    sv: 'Patienten är inte utskriven i ärendet.',
    en: 'The case has no discharge to undo.',
  },
  'undo-too-late': {
    rule: 'SVU-24',
    sv: 'Utskrivningen kan ångras så länge ärendet finns i listan, {hours} timmar.',
    en: 'The discharge can be undone while the case is on the list, {hours} hours.',
  },
  'step-unknown': {
    rule: 'SVU-32',
    sv: 'Steget finns inte i ärendets process.',
    en: 'The process of the case has no such step.',
  },
  'ready-under-refusal': {
    rule: 'SVU-33',
    sv: 'Patienten har nekat samtycke. Utskrivningsklar publiceras inte.',
    en: 'The patient has refused. Ready is not published.',
  },
});

/** The codes of every refusal, kebab-case. */
export type RejectionCode = keyof typeof rejectionTexts;
