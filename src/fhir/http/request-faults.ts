import type { FaultText } from '../fault-text.js';

/** Which requests are not taken: address, head, body and how many. */
export const requestFaults = {
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
} as const satisfies Readonly<Record<string, FaultText>>;
