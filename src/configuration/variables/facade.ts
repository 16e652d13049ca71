import {
  addressOrNetwork,
  file,
  httpBase,
  list,
  numberBetween,
  optional,
  port,
  text,
  variable,
  yesOrNo,
} from './variable.js';

export const facade = {
  HTTP_HOST: variable(text, {
    meaning:
      'Address the FHIR facade listens on. In development only loopback, because of the demo issuer and the stand-ins.',
    default: '127.0.0.1',
    example: '0.0.0.0',
  }),
  HTTP_PORT: variable(port, { meaning: 'Port of the FHIR facade.', default: '8080', example: '8443' }),
  BASE_URL: optional(httpBase, {
    meaning:
      'The FHIR base as clients see it; it stands in links and in the CapabilityStatement. Absent: `http://HTTP_HOST:HTTP_PORT/fhir`. Production requires it.',
    example: 'https://hemgang.example/fhir',
  }),
  HTTP_BODY_LIMIT_BYTES: variable(numberBetween(1_024, 67_108_864), {
    meaning: 'Largest body of a request.',
    default: '1048576',
    example: '4194304',
  }),
  HTTP_BODY_ELEMENT_LIMIT: variable(numberBetween(100, 100_000), {
    meaning: 'Most values in a body (objects, lists, texts, numbers together); more is refused unread.',
    default: '5000',
    example: '20000',
  }),
  HTTP_BODY_LIST_LIMIT: variable(numberBetween(20, 100_000), {
    meaning: 'Most values in one list or object of a body, and parameters in a form.',
    default: '500',
    example: '2000',
  }),
  HTTP_BODY_DEPTH_LIMIT: variable(numberBetween(20, 200), {
    meaning: 'Most levels of objects and lists in a body.',
    default: '60',
    example: '100',
  }),
  HTTP_BODY_TEXT_LIMIT: variable(numberBetween(1_000, 1_048_576), {
    meaning:
      'Most characters in one text of a body (a reason, a description, a note), save the narrative, which is not kept; a longer one is refused by its path. FHIR itself stops at 1 MB; what is kept of a case is read and written at each step.',
    default: '4000',
    example: '10000',
  }),
  HTTP_REQUESTS_PER_SECOND_PER_CLIENT: variable(numberBetween(1, 1_000_000), {
    meaning:
      'Most requests a second of one client of a token, in each process; more is 429 with `Retry-After`. The default is about what one process can do.',
    default: '5000',
    example: '200',
  }),
  HTTP_REQUESTS_PER_SECOND_PER_ADDRESS: variable(numberBetween(1, 1_000_000), {
    meaning:
      'Most requests a second from one address (of IPv6 one /64), with a token or without, in each process; more is 429 with `Retry-After`.',
    default: '5000',
    example: '500',
  }),
  HTTP_CONNECTION_LIMIT: variable(numberBetween(1, 100_000), {
    meaning: 'Most connections at the same time, in each process; one more gets 429 and is closed.',
    default: '2000',
    example: '500',
  }),
  HTTP_CONNECTION_LIMIT_PER_ADDRESS: variable(numberBetween(1, 100_000), {
    meaning:
      'Most of them from one address, so that no client takes the places of all others. Those of `HTTP_TRUSTED_PROXIES` count to `HTTP_CONNECTION_LIMIT` alone.',
    default: '500',
    example: '50',
  }),
  HTTP_HEADER_SECONDS: variable(numberBetween(1, 600), {
    meaning: 'How long address and headers of a request may take, also on a connection that says nothing.',
    default: '10',
    example: '5',
  }),
  HTTP_REQUEST_SECONDS: variable(numberBetween(1, 600), {
    meaning: 'How long a request may take to arrive with its body.',
    default: '30',
    example: '60',
  }),
  HTTP_IDLE_SECONDS: variable(numberBetween(5, 3_600), {
    meaning:
      'A connection on which nothing is sent either way for so long is closed. Longer than a proxy keeps a connection it may use again, and longer than registers may take to answer.',
    default: '75',
    example: '120',
  }),
  HTTP_TRUSTED_PROXIES: optional(list(addressOrNetwork), {
    meaning:
      'Proxies in front of the facade, by address or network: the address they name in `X-Forwarded-For` is counted instead of theirs. A network must hold no clients: what they write there would be counted. Absent: no header is believed.',
    example: '10.0.0.4,10.1.0.0/16',
  }),
  PAGE_SIZE: variable(numberBetween(1, 1_000), {
    meaning: 'Resources on a page of a search when the client does not say.',
    default: '50',
    example: '20',
  }),
  PAGE_SIZE_LIMIT: variable(numberBetween(1, 1_000), {
    meaning: 'Most resources on a page, whatever the client says.',
    default: '200',
    example: '100',
  }),
  METRICS_HOST: variable(text, {
    meaning: 'Address that `/metrics` and `/health` listen on. Keep it inside.',
    default: '127.0.0.1',
    example: '0.0.0.0',
  }),
  METRICS_PORT: variable(port, {
    meaning: 'Port of `/metrics` and `/health`, in every process. 0: a free one.',
    default: '9464',
    example: '9465',
  }),
  ORGANISATION_FILE: variable(file, {
    meaning:
      'Units, roles, people and receiving units (JSON, `src/directory/organisation.ts`). Production requires one of its own.',
    default: 'src/demo/fictional-region/organisation.json',
    example: '/etc/hemgang/organisation.json',
  }),
  POLICIES_DIRECTORY: variable(file, {
    meaning:
      'Folder of the policies that organisations name, a file each (`docs/new-policy.md`). A region keeps one of its own, with every version that cases were opened under.',
    default: 'policies',
    example: '/etc/hemgang/policies',
  }),
  QUESTIONNAIRES_DIRECTORY: variable(file, {
    meaning:
      'Folder of the questions that forms ask, a file for each kind of form (`docs/fhir-forms.md`). A region keeps one of its own, with every version that forms were opened with.',
    default: 'questionnaires',
    example: '/etc/hemgang/questionnaires',
  }),
  TOKEN_ISSUERS_FILE: optional(file, {
    meaning:
      'Issuers of tokens, their audience and how their claims are read (JSON, `src/access/issuers.ts`). Production requires it.',
    example: '/etc/hemgang/issuers.json',
  }),
  TOKEN_AUDIENCE: variable(text, {
    meaning: 'Audience of the demo issuer’s tokens. Other issuers name theirs in `TOKEN_ISSUERS_FILE`.',
    default: 'hemgang',
    example: 'https://hemgang.example/fhir',
  }),
  DEMO_ISSUER: optional(yesOrNo, {
    meaning:
      'Whether tokens of the demo issuer are taken; its key is made at first start, in the data directory. Absent: yes in development, no in production. Production refuses `true`.',
    example: 'false',
  }),
} as const;
