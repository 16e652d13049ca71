import { file, httpBase, httpUrl, numberBetween, optional, text, variable } from './variable.js';

/** The connector to Cosmic (INT-2). */
export const cosmic = {
  COSMIC_URL: optional(httpBase, {
    meaning:
      'FHIR R4 base of Cosmic. Absent: the stand-in of this process. Production requires it where the connector runs.',
    example: 'https://cosmic.example/fhir',
  }),
  COSMIC_TOKEN_URL: optional(httpUrl, {
    meaning:
      'Token endpoint (OAuth 2.0 client credentials). Required with `COSMIC_URL`; it is not discovered.',
    example: 'https://cosmic.example/connect/token',
  }),
  COSMIC_CLIENT_ID: optional(text, {
    meaning: 'The hub as client at the token endpoint. Required with `COSMIC_URL`.',
    example: 'hemgang',
  }),
  COSMIC_CLIENT_SECRET: optional(text, {
    meaning: 'Secret of the client. Either this or `COSMIC_CLIENT_KEY_FILE` is required with `COSMIC_URL`.',
    example: '(a secret)',
    secret: true,
  }),
  COSMIC_CLIENT_KEY_FILE: optional(file, {
    meaning: 'Private key of the client for `private_key_jwt` (PEM; RSA, P-384 or P-256).',
    example: '/etc/hemgang/cosmic-client.key',
  }),
  COSMIC_CONFIGURATION_FILE: variable(file, {
    meaning:
      'Queries, intervals, wards, identifier systems, care plans (JSON, `connectors/cosmic/README.md`). Production requires one of its own.',
    default: 'src/demo/fictional-region/cosmic.json',
    example: '/etc/hemgang/cosmic.json',
  }),
  COSMIC_TIMEOUT_MILLISECONDS: variable(numberBetween(100, 300_000), {
    meaning: 'How long an answer of Cosmic may take.',
    default: '30000',
    example: '10000',
  }),
  COSMIC_TLS_CA_FILE: optional(file, {
    meaning: 'Authorities that vouch for Cosmic (PEM). Absent: those of the system.',
    example: '/etc/hemgang/cosmic-ca.pem',
  }),
  COSMIC_TLS_CERTIFICATE_FILE: optional(file, {
    meaning: 'Client certificate towards Cosmic (PEM), with `COSMIC_TLS_KEY_FILE`.',
    example: '/etc/hemgang/cosmic.pem',
  }),
  COSMIC_TLS_KEY_FILE: optional(file, {
    meaning: 'Private key of that certificate (PEM).',
    example: '/etc/hemgang/cosmic.key',
  }),
} as const;
