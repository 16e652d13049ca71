import { file, httpUrl, numberBetween, optional, port, text, variable, yesOrNo } from './variable.js';

export const facade = {
  HTTP_HOST: variable(text, {
    meaning:
      'Address the FHIR facade listens on. In development only loopback, because of the demo issuer and the stand-ins.',
    default: '127.0.0.1',
    example: '0.0.0.0',
  }),
  HTTP_PORT: variable(port, { meaning: 'Port of the FHIR facade.', default: '8080', example: '8443' }),
  BASE_URL: optional(httpUrl, {
    meaning:
      'The FHIR base as clients see it; it stands in links and in the CapabilityStatement. Absent: `http://HTTP_HOST:HTTP_PORT/fhir`. Production requires it.',
    example: 'https://hemgang.example/fhir',
  }),
  HTTP_BODY_LIMIT_BYTES: variable(numberBetween(1_024, 67_108_864), {
    meaning: 'Largest body of a request.',
    default: '1048576',
    example: '4194304',
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
    default: 'src/start/fictional-region/organisation.json',
    example: '/etc/hemgang/organisation.json',
  }),
  TOKEN_ISSUERS_FILE: optional(file, {
    meaning: 'Issuers of tokens and how their claims are read (JSON). Production requires it.',
    example: '/etc/hemgang/issuers.json',
  }),
  TOKEN_AUDIENCE: variable(text, {
    meaning: 'What tokens must name as their audience. Production requires one of its own.',
    default: 'hemgang',
    example: 'https://hemgang.example/fhir',
  }),
  DEMO_ISSUER: optional(yesOrNo, {
    meaning:
      'Whether tokens of the demo issuer are taken; its key is made at first start, in the data directory. Absent: yes in development, no in production. Production refuses `true`.',
    example: 'false',
  }),
  AUDIT_GROUP_SIZE: variable(numberBetween(1, 1_000), {
    meaning: 'Most audit records that are written together; answers wait for their group.',
    default: '64',
    example: '128',
  }),
  AUDIT_GROUP_WAIT_MILLISECONDS: variable(numberBetween(0, 1_000), {
    meaning: 'How long a group of audit records waits for more. 0: until the write before it is done.',
    default: '0',
    example: '5',
  }),
} as const;
