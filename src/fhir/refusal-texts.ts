import type { OperationOutcomeIssue } from 'fhir/r4.js';
import type { FhirError } from './fhir-error.js';

/**
 * What the facade itself refuses, before or beside the process (whose texts are in `src/process/rejections/rejection-texts.ts`).
 * One table from which the answers and the tests come. `{name}` is filled from the values of the refusal; values never
 * hold personal data, and nothing of a URL or body is repeated.
 */
export type RefusalText = {
  readonly status: FhirError['status'];
  readonly type: OperationOutcomeIssue['code'];
  readonly rule?: string;
  readonly sv: string;
  readonly en: string;
};

export const refusalTexts = {
  'not-authenticated': {
    status: 401,
    type: 'login',
    sv: 'Inloggningen gäller inte. Logga in på nytt.',
    en: 'A valid access token is needed.',
  },
  'not-assigned': {
    status: 403,
    type: 'forbidden',
    rule: 'ORG-1',
    sv: 'Användaren har ingen aktiv roll på enheten.',
    en: 'The user has no active role at the unit.',
  },
  'not-of-the-issuer': {
    status: 403,
    type: 'forbidden',
    rule: 'ORG-3',
    sv: 'Inloggningen får inte användas för enhetens organisation.',
    en: 'The issuer of the token, or its client, may not speak for the organisation of the unit.',
  },
  'not-for-system': {
    status: 403,
    type: 'forbidden',
    rule: 'ORG-2',
    sv: 'Steget kräver en inloggad användare med en roll på enheten.',
    en: 'The step needs a user with a role at the unit; a system reads, searches and subscribes.',
  },
  'keys-unavailable': {
    status: 503,
    type: 'transient',
    sv: 'Inloggningen kan inte kontrolleras just nu. Försök igen.',
    en: 'The keys of the token issuer cannot be had right now. Try again.',
  },
  'catalogue-unavailable': {
    status: 503,
    type: 'transient',
    rule: 'ORG-1',
    sv: 'HSA-katalogen svarar inte just nu, så personen kan inte slås upp där. Försök igen.',
    en: 'The HSA catalogue does not answer right now, so the person cannot be looked up there. Try again.',
  },
  'audit-unavailable': {
    status: 503,
    type: 'transient',
    rule: 'ACC-5',
    sv: 'Åtkomsten kan inte loggas just nu och ges därför inte. Försök igen.',
    en: 'The access cannot be logged right now and is therefore not given. Try again.',
  },
  unavailable: {
    status: 503,
    type: 'transient',
    sv: 'Tjänsten kan inte läsa eller spara just nu. Försök igen.',
    en: 'The service cannot reach its store right now. Try again.',
  },
  internal: {
    status: 500,
    type: 'exception',
    sv: 'Ett oväntat fel inträffade. Ange tidpunkten när du anmäler det.',
    en: 'An unexpected error occurred. Give X-Request-ID when you report it.',
  },
  'not-found': {
    status: 404,
    type: 'not-found',
    rule: 'ACC-1',
    sv: 'Det du söker finns inte, eller så deltar enheten inte i ärendet.',
    en: 'There is no such resource, or the unit takes no part in the case.',
  },
  'no-background': {
    status: 404,
    type: 'not-found',
    rule: 'CON-5',
    sv: 'Bakgrund visas bara för ett öppet ärende som delas i sin helhet, medan samtycke eller en annan grund gäller.',
    en: 'Background is shown only of an open case that is shared in full, while consent or another ground stands.',
  },
  deleted: {
    status: 410,
    type: 'deleted',
    sv: 'Det du söker finns inte längre.',
    en: 'The resource is no longer there.',
  },
  'unknown-path': {
    status: 404,
    type: 'not-found',
    sv: 'Adressen finns inte.',
    en: 'There is nothing at this address. What there is stands in /metadata.',
  },
  'unknown-type': {
    status: 404,
    type: 'not-supported',
    sv: 'Sådant finns inte i Hemgång.',
    en: 'The resource type is not supported. What is supported stands in /metadata.',
  },
  'unknown-interaction': {
    status: 405,
    type: 'not-supported',
    sv: 'Det går inte att göra här.',
    en: 'The interaction is not supported for the resource type. What is supported stands in /metadata.',
  },
  'number-in-url': {
    status: 400,
    type: 'security',
    sv: 'Adressen innehåller något som ser ut som ett personnummer. Ett personnummer får aldrig stå i en adress.',
    en: 'The URL carries something that looks like a personal number. Search with POST and _search; a personal number is never in a URL.',
  },
  'not-http': {
    status: 400,
    type: 'structure',
    sv: 'Det som skickades kan inte läsas.',
    en: 'The request is not HTTP.',
  },
  'request-too-slow': {
    status: 408,
    type: 'timeout',
    sv: 'Det som skickades kom inte fram i tid. Försök igen.',
    en: 'The request did not arrive in time.',
  },
  'too-many-requests': {
    status: 429,
    type: 'throttled',
    sv: 'För många anrop på kort tid. Vänta och försök igen.',
    en: 'Too many requests in a short time. Wait and try again.',
  },
  'too-many-connections': {
    status: 429,
    type: 'throttled',
    sv: 'För många förbindelser samtidigt. Stäng några och försök igen.',
    en: 'Too many connections at the same time. Close some and try again.',
  },
  'head-too-large': {
    status: 431,
    type: 'too-long',
    sv: 'Adressen är längre än vad tjänsten tar emot.',
    en: 'Address and headers are larger than the service takes. Search by POST _search.',
  },
  'bad-url': {
    status: 400,
    type: 'structure',
    sv: 'Adressen kan inte läsas.',
    en: 'The URL cannot be decoded.',
  },
  'bad-body': {
    status: 400,
    type: 'structure',
    sv: 'Det som skickades kan inte läsas.',
    en: 'The body is not valid JSON.',
  },
  'bad-form': {
    status: 400,
    type: 'structure',
    sv: 'Formuläret kan inte läsas.',
    en: 'The form cannot be decoded as UTF-8.',
  },
  'bad-request': {
    status: 400,
    type: 'invalid',
    sv: 'Det som skickades kan inte läsas.',
    en: 'The request cannot be understood.',
  },
  'bad-header': {
    status: 400,
    type: 'value',
    sv: 'En uppgift i anropet är ogiltig.',
    en: 'The header {header} has an invalid value.',
  },
  'header-not-taken': {
    status: 400,
    type: 'not-supported',
    sv: 'En uppgift i anropet tas inte emot.',
    en: 'The header {header} is not taken.',
  },
  'body-not-taken': {
    status: 400,
    type: 'not-supported',
    sv: 'Inget innehåll ska skickas med när man läser.',
    en: 'A read takes no body. Search with a body by POST _search.',
  },
  'duplicate-key': {
    status: 400,
    type: 'structure',
    sv: 'En uppgift är angiven mer än en gång.',
    en: 'The same name stands twice in one object.',
  },
  'not-acceptable': {
    status: 406,
    type: 'not-supported',
    sv: 'Svaret finns inte i den form som begärdes.',
    en: 'Answers are given as application/fhir+json only.',
  },
  'unsupported-media-type': {
    status: 415,
    type: 'not-supported',
    sv: 'Det som skickades har fel form.',
    en: 'The body must be application/fhir+json.',
  },
  'unsupported-encoding': {
    status: 415,
    type: 'not-supported',
    sv: 'Det som skickades får inte vara komprimerat.',
    en: 'The body is taken as it is, without Content-Encoding.',
  },
  'too-large': {
    status: 413,
    type: 'too-long',
    sv: 'Innehållet är större än vad tjänsten tar emot.',
    en: 'The body is larger than the service takes.',
  },
  'text-too-long': {
    status: 422,
    type: 'too-long',
    sv: 'En text är längre än vad tjänsten tar emot.',
    en: 'A text is too long: {longest} characters at most.',
  },
  'too-much-in-body': {
    status: 400,
    type: 'too-costly',
    sv: 'Innehållet är för omfattande: högst {elements} värden, varav {list} på ett ställe, och {depth} nivåer.',
    en: 'There is too much in the body: {elements} values at most, {list} of them in one place, and {depth} levels.',
  },
  'unknown-parameter': {
    status: 400,
    type: 'not-supported',
    sv: 'Det går inte att söka på det sättet.',
    en: 'The search parameter {parameter}, or its modifier, is not supported for {type}.',
  },
  'name-too-short': {
    status: 400,
    type: 'value',
    rule: 'SVU-8',
    sv: 'Personal söks på minst tre bokstäver av namnet, eller på HSA-id.',
    en: 'Staff are searched by at least three letters of the name, or by HSA-id ({parameter}).',
  },
  'staff-not-listed': {
    status: 400,
    type: 'value',
    rule: 'SVU-8',
    sv: 'Personal söks på namn, på HSA-id eller för en enhet.',
    en: 'Staff are looked for, not listed. A search says one of: {expected}.',
  },
  'bad-parameter': {
    status: 400,
    type: 'value',
    sv: 'Ett av sökvillkoren är ogiltigt.',
    en: 'The value of the search parameter {parameter} is invalid.',
  },
  'bad-system': {
    status: 400,
    type: 'value',
    sv: 'Ett av sökvillkoren är ogiltigt.',
    en: 'The search parameter {parameter} takes identifiers of these systems: {expected}.',
  },
  'bad-sort': {
    status: 400,
    type: 'value',
    sv: 'Svaret kan inte sorteras så.',
    en: 'The hub sorts by one key, not by a list: {expected}.',
  },
  'bad-code': {
    status: 400,
    type: 'code-invalid',
    sv: 'Ett av sökvillkoren är ogiltigt.',
    en: 'The search parameter {parameter} takes one of these codes, alone or after its system: {expected}.',
  },
  'too-many-values': {
    status: 400,
    type: 'too-long',
    sv: 'En sökning kan ha högst {criteria} villkor och {values} värden.',
    en: 'A search takes at most {criteria} parameters and {values} values.',
  },
  'number-needs-post': {
    status: 400,
    type: 'security',
    sv: 'Sökningen måste göras utan att uppgifterna står i adressen.',
    en: 'The parameter {parameter} is taken only in POST _search.',
  },
  'bad-person-number': {
    status: 400,
    type: 'value',
    rule: 'PAT-3',
    sv: 'Ange personnumret eller samordningsnumret med tolv siffror.',
    en: 'The parameter {parameter} takes a personnummer or samordningsnummer of twelve digits, alone or after the system of its kind.',
  },
  'form-expected': {
    status: 415,
    type: 'not-supported',
    sv: 'Sökningen har fel form.',
    en: 'A search by POST is sent as application/x-www-form-urlencoded, in UTF-8.',
  },
  'not-reviewer': {
    status: 403,
    type: 'forbidden',
    rule: 'ACC-5',
    sv: 'Loggen läses av den som är loggranskare, för sin egen organisation.',
    en: 'The trail is read by a log reviewer, for their own organisation.',
  },
  'review-too-wide': {
    status: 400,
    type: 'required',
    rule: 'ACC-5',
    sv: 'Loggen granskas per patient eller per användare. Ange vem.',
    en: 'The trail is reviewed per patient or per user: give patient or agent.',
  },
  'bad-cursor': {
    status: 400,
    type: 'value',
    sv: 'Det går inte att bläddra vidare. Börja om med sökningen.',
    en: 'The page cursor is invalid or belongs to another search. Start the search again.',
  },
} as const satisfies Record<string, RefusalText>;

export type RefusalCode = keyof typeof refusalTexts;
