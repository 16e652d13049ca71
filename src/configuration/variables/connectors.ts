import {
  file,
  httpBase,
  httpUrl,
  key,
  numberBetween,
  oneOf,
  optional,
  port,
  text,
  variable,
} from './variable.js';

/** The connector to Melior (INT-1). */
export const melior = {
  MLLP_HOST: variable(text, {
    meaning: 'Address that HL7 v2 messages are taken on.',
    default: '127.0.0.1',
    example: '0.0.0.0',
  }),
  MLLP_PORT: variable(port, { meaning: 'Port for HL7 v2 over MLLP.', default: '2575', example: '2575' }),
  MLLP_MESSAGE_LIMIT_BYTES: variable(numberBetween(1_024, 16_777_216), {
    meaning: 'Largest message that is taken, or batch with all its messages.',
    default: '1048576',
    example: '262144',
  }),
  MLLP_BATCH_LIMIT: variable(numberBetween(1, 100_000), {
    meaning: 'Most messages in one batch.',
    default: '500',
    example: '5000',
  }),
  MLLP_CONNECTION_LIMIT: variable(numberBetween(1, 10_000), {
    meaning: 'Most connections at the same time.',
    default: '200',
    example: '20',
  }),
  MLLP_CONNECTION_LIMIT_PER_ADDRESS: variable(numberBetween(1, 10_000), {
    meaning:
      'Most of them from one address, so that no sender takes the places of all others. Where all come through one gateway: as many as `MLLP_CONNECTION_LIMIT`.',
    default: '100',
    example: '200',
  }),
  MLLP_IDLE_SECONDS: variable(numberBetween(1, 86_400), {
    meaning: 'A connection that has been silent for so long is closed.',
    default: '600',
    example: '3600',
  }),
  MLLP_MESSAGE_SECONDS: variable(numberBetween(1, 3_600), {
    meaning: 'How long a message may take from its first byte to its last.',
    default: '60',
    example: '10',
  }),
  MLLP_TLS_CERTIFICATE_FILE: optional(file, {
    meaning:
      'Certificate of the listener with what leads to its authority (PEM), with `MLLP_TLS_KEY_FILE`: HL7 v2 is then taken over TLS 1.2 or later alone. Absent: plain TCP. Read again when it changes.',
    example: '/etc/hemgang/mllp.pem',
  }),
  MLLP_TLS_KEY_FILE: optional(file, {
    meaning: 'Private key of that certificate (PEM).',
    example: '/etc/hemgang/mllp.key',
  }),
  MLLP_TLS_CLIENT_CA_FILE: optional(file, {
    meaning:
      'Authorities that vouch for the certificates senders show (PEM). Absent: they are not asked for one.',
    example: '/etc/hemgang/siths-ca.pem',
  }),
  MLLP_TLS_CLIENT_CERTIFICATE: variable(oneOf('required', 'optional'), {
    meaning:
      'Whether a sender that shows no certificate is let in where `MLLP_TLS_CLIENT_CA_FILE` is set. One that nobody vouches for never is.',
    default: 'required',
    example: 'optional',
  }),
  MELIOR_MAPPING_FILE: variable(file, {
    meaning:
      'Which field of a message holds what, senders and their not-now answer, ward codes (JSON). Production requires one of its own.',
    default: 'src/demo/fictional-region/melior-mapping.json',
    example: '/etc/hemgang/melior-mapping.json',
  }),
  MELIOR_RECEIPT_HOURS: variable(numberBetween(1, 8_760), {
    meaning:
      'How long a control id counts as a repeat and gets the same answer; senders reset their counters in time.',
    default: '24',
    example: '72',
  }),
} as const;

/** The registers that are asked, and the lookups that ask them (INT-3, INT-4). */
export const recording = {
  RECORDING_HOURS: optional(numberBetween(0, 8760), {
    meaning:
      'How long what came in is kept as it came, sealed, so that a case can be replayed from it (`npm run recordings`); it holds personal data. 0: nothing is recorded. Absent: 24 in development, 0 in production.',
    example: '72',
  }),
  RECORDING_KEY: optional(key, {
    meaning:
      'Secret that seals the recordings; at least 32 bytes in hexadecimal or base64, the same in every process. Required in production with `RECORDING_HOURS`. Absent in development: made at first start.',
    example: '(64 hexadecimal digits)',
    secret: true,
  }),
  RECORDING_KEY_ID: variable(text, {
    meaning: 'The name that `RECORDING_KEY` goes by beside what it sealed. Change it with the key.',
    default: 'a',
    example: '2026a',
  }),
} as const;

export const registers = {
  POPULATION_REGISTER_URL: optional(httpUrl, {
    meaning:
      'Endpoint of GetPersonsForProfile 5. Absent: the stand-in of this process. Production requires it where the connector runs.',
    example: 'https://tp.example/vp/persons',
  }),
  POPULATION_REGISTER_LOGICAL_ADDRESS: variable(text, {
    meaning: 'Logical address of the register (RIV-TA).',
    default: '5565594230',
    example: '5565594230',
  }),
  POPULATION_REGISTER_PROFILE: variable(oneOf('P1', 'P2', 'P3', 'P4', 'P5'), {
    meaning: 'Which profile of the register’s answer is asked for. P2 has what the rules need.',
    default: 'P2',
    example: 'P2',
  }),
  POPULATION_REGISTER_REQUESTS_PER_SECOND: variable(numberBetween(1, 1_000), {
    meaning: 'Most questions a second; the contract promises to answer ten.',
    default: '10',
    example: '5',
  }),
  POPULATION_REGISTER_LOOKUP_URL: optional(httpBase, {
    meaning:
      'Where the lookup of the population register answers when its connector runs in another process. Absent: in this one.',
    example: 'https://registers.internal',
  }),
  LISTING_URL: optional(httpUrl, {
    meaning:
      'Endpoint of getListing 1. Absent: the stand-in of this process. Production requires it where the connector runs.',
    example: 'https://tp.example/vp/listing',
  }),
  LISTING_LOGICAL_ADDRESS: variable(text, {
    meaning: 'Logical address of the listing service (RIV-TA).',
    default: 'SE4999000013-0001',
    example: 'SE0000000000-LISTING',
  }),
  LISTING_LOOKUP_URL: optional(httpBase, {
    meaning: 'Where the lookup of the listing service answers when its connector runs in another process.',
    example: 'https://registers.internal',
  }),
  REGISTER_TIMEOUT_MILLISECONDS: variable(numberBetween(100, 120_000), {
    meaning: 'How long an answer of a register may take.',
    default: '10000',
    example: '5000',
  }),
  REGISTER_CLIENT_CERTIFICATE_FILE: optional(file, {
    meaning: 'SITHS function certificate towards the registers (PEM), with `REGISTER_CLIENT_KEY_FILE`.',
    example: '/etc/hemgang/siths-function.pem',
  }),
  REGISTER_CLIENT_KEY_FILE: optional(file, {
    meaning: 'Private key of that certificate (PEM).',
    example: '/etc/hemgang/siths-function.key',
  }),
  REGISTER_CA_FILE: optional(file, {
    meaning: 'Authorities that vouch for the registers (PEM). Absent: those of the system.',
    example: '/etc/hemgang/siths-ca.pem',
  }),
  REGISTER_REREAD_MINUTES: variable(numberBetween(1, 1_440), {
    meaning: 'How often every person whom somebody may read is read again (PAT-6, PAT-7).',
    default: '15',
    example: '60',
  }),
  LOOKUP_HOST: variable(text, {
    meaning: 'Address the lookups answer other processes on. Keep it inside.',
    default: '127.0.0.1',
    example: '0.0.0.0',
  }),
  LOOKUP_PORT: optional(port, {
    meaning: 'Port the lookups answer other processes on. Absent: they answer this process alone.',
    example: '8090',
  }),
  LOOKUP_SECRET: optional(text, {
    meaning:
      'What a process shows to a lookup in another process; at least 32 characters, the same in all. Required with `LOOKUP_PORT` and the lookup URLs.',
    example: '(a secret)',
    secret: true,
  }),
  LOOKUP_CACHE_SECONDS: variable(numberBetween(0, 3_600), {
    meaning: 'How old an answer of a register may be when it is used again. 0: always asked.',
    default: '60',
    example: '10',
  }),
} as const;

/** The HSA catalogue of units and staff (ORG-1). */
export const catalogue = {
  HSA_UNIT_URL: optional(httpUrl, {
    meaning:
      'Endpoint of GetUnit 5. Absent: the stand-in of this process. Production requires it where the connector runs.',
    example: 'https://tp.example/vp/unit',
  }),
  HSA_HEALTH_CARE_UNIT_URL: optional(httpUrl, {
    meaning: 'Endpoint of GetHealthCareUnit 2, as `HSA_UNIT_URL`.',
    example: 'https://tp.example/vp/health-care-unit',
  }),
  HSA_CREDENTIALS_URL: optional(httpUrl, {
    meaning: 'Endpoint of GetCredentialsForPersonIncludingProtectedPerson 2, as `HSA_UNIT_URL`.',
    example: 'https://tp.example/vp/credentials',
  }),
  HSA_LOOKUP_URL: optional(httpBase, {
    meaning:
      'Where the lookup of staff answers the facade when the connector runs in another process. Absent there: staff whom the organisation file does not name are not known.',
    example: 'http://registers.internal:8090',
  }),
  HSA_LOGICAL_ADDRESS: variable(text, {
    meaning: 'Logical address of the catalogue (RIV-TA).',
    default: '5565594230',
    example: '5565594230',
  }),
  HSA_REQUESTS_PER_SECOND: variable(numberBetween(1, 1_000), {
    meaning: 'Most questions a second to the three contracts together. A unit takes two, a person one.',
    default: '50',
    example: '10',
  }),
  HSA_REREAD_MINUTES: variable(numberBetween(1, 1_440), {
    meaning:
      'How often every unit and person of the organisation file is read again: so long may pass until what the catalogue took from somebody is taken here (ACC-7).',
    default: '15',
    example: '60',
  }),
  HSA_COPY_HOURS: variable(numberBetween(1, 720), {
    meaning:
      'How old what the catalogue said of a person may be. While it does not answer, the last it said holds so long; then the person has no access.',
    default: '24',
    example: '8',
  }),
  STAFF_SOURCE: variable(oneOf('file', 'merged', 'catalogue'), {
    meaning:
      'Where staff get titles, licences and assignments from. `file`: the organisation file alone. `merged`: the catalogue, and the file for who was never read there. `catalogue`: nobody has access whom it has not confirmed.',
    default: 'merged',
    example: 'catalogue',
  }),
  STAFF_QUESTIONS_AT_ONCE: variable(numberBetween(1, 200), {
    meaning:
      'Most questions about staff who are looked for that are under way at the catalogue at the same time, in each process that serves or works. They count towards `HSA_REQUESTS_PER_SECOND`, which re-reading shares.',
    default: '8',
    example: '20',
  }),
  STAFF_QUESTIONS_AT_ONCE_OF_ONE_UNIT: variable(numberBetween(1, 200), {
    meaning:
      'Most of them of one unit (or of a client that has none yet); fewer than `STAFF_QUESTIONS_AT_ONCE` where that is above 1, so that a place is left for another.',
    default: '4',
    example: '10',
  }),
  STAFF_QUESTIONS_WAITING_OF_ONE_UNIT: variable(numberBetween(1, 10_000), {
    meaning:
      'Most questions of one unit that wait for their turn; what comes above it is 503. A search names 200 at most.',
    default: '400',
    example: '200',
  }),
  STAFF_QUESTIONS_WAITING: variable(numberBetween(1, 100_000), {
    meaning: 'Most questions of all units that wait.',
    default: '4000',
    example: '2000',
  }),
  STAFF_QUESTIONS_WAIT_SECONDS: variable(numberBetween(1, 300), {
    meaning:
      'How long a question waits for its turn before it is 503. What waits takes as many seconds as there are questions before it by `HSA_REQUESTS_PER_SECOND`.',
    default: '30',
    example: '60',
  }),
} as const;

/** The stand-ins of outside systems; loopback only. */
export const standIns = {
  STAND_IN_PERSONS_FILE: variable(file, {
    meaning: 'Persons of the stand-in of the population register (JSON), read again when it changes.',
    default: 'src/demo/fictional-region/persons.json',
    example: '/tmp/persons.json',
  }),
  STAND_IN_LISTINGS_FILE: variable(file, {
    meaning: 'Listings of the stand-in of the listing service (JSON), read again when it changes.',
    default: 'src/demo/fictional-region/listings.json',
    example: '/tmp/listings.json',
  }),
  STAND_IN_HSA_FILE: variable(file, {
    meaning: 'Units and staff of the stand-in of the catalogue (JSON), read again when it changes.',
    default: 'src/demo/fictional-region/hsa.json',
    example: '/tmp/hsa.json',
  }),
  STAND_IN_COSMIC_FILE: variable(file, {
    meaning: 'Clients and resources of the stand-in of Cosmic (JSON), read again when it changes.',
    default: 'src/demo/fictional-region/cosmic-resources.json',
    example: '/tmp/cosmic-resources.json',
  }),
  STAND_IN_POPULATION_REGISTER_PORT: variable(port, {
    meaning: 'Port of the stand-in of the population register on 127.0.0.1. 0: a free one.',
    default: '8181',
    example: '0',
  }),
  STAND_IN_LISTING_PORT: variable(port, {
    meaning: 'Port of the stand-in of the listing service on 127.0.0.1. 0: a free one.',
    default: '8182',
    example: '0',
  }),
  STAND_IN_HSA_PORT: variable(port, {
    meaning: 'Port of the stand-in of the catalogue on 127.0.0.1. 0: a free one.',
    default: '8183',
    example: '0',
  }),
  STAND_IN_COSMIC_PORT: variable(port, {
    meaning: 'Port of the stand-in of Cosmic on 127.0.0.1. 0: a free one.',
    default: '8184',
    example: '0',
  }),
} as const;
