import { file, key, list, numberBetween, oneOf, optional, text, variable } from './variable.js';

/** What one process can run; `docs/architecture.md` says what each does. */
export const processNames = [
  'hub',
  'worker',
  'sequencer',
  'relay',
  'melior',
  'cosmic',
  'population-register',
  'listing',
  'hsa',
  'stand-ins',
] as const;

/** Ways between machines on which the hub would speak without TLS, and something else may guard it. */
export const guardedPaths = ['facade', 'mllp', 'lookups', 'kafka', 'database'] as const;

export const general = {
  HEMGANG_ENVIRONMENT: variable(oneOf('development', 'production'), {
    meaning:
      'In `production` nothing fictional runs, nothing secret is made up, and what would risk acknowledged facts is refused at start.',
    default: 'development',
    example: 'production',
  }),
  PROCESSES: optional(list(oneOf(...processNames)), {
    meaning: `What this process runs: ${processNames.map((name) => `\`${name}\``).join(', ')}. Absent: all of them; in production all but \`cosmic\` and \`stand-ins\`.`,
    example: 'hub,worker',
  }),
  GUARDED_PATHS: optional(list(oneOf(...guardedPaths)), {
    meaning: `Ways between machines that something else than the hub encrypts and guards (a service mesh, a proxy on the way): ${guardedPaths.map((name) => `\`${name}\``).join(', ')}. Production uses any other way to and from another machine over TLS alone.`,
    example: 'facade,lookups',
  }),
  CASE_TIMES_YEARS_BACK: variable(numberBetween(1, 130), {
    meaning:
      'How many years back a time of a case or a stay may lie (an admission, an assessment, a day). What lies further back is refused, by its field. The sources name no bound: long enough for the longest care under LRV.',
    default: '30',
    example: '50',
  }),
  CASE_TIMES_DAYS_AHEAD: variable(numberBetween(1, 36_500), {
    meaning:
      'How many days ahead a time of a case or a stay may lie (a planned discharge, ready, going home). What lies further ahead is refused, by its field. An expected discharge from a journal that lies further ahead is left out of the fact.',
    default: '1096',
    example: '400',
  }),
  CASE_NOTICE_LIMIT: variable(numberBetween(100, 100_000), {
    meaning:
      'How many notices a case may have sent. A person’s step that sends another is then refused (`case-full`) if the person’s unit has sent its share of them (even among the units that have sent any), but not one that ends the case, that adds or removes a unit, registers or ends a decision, withdraws the readiness or changes the planned day: each step reads and writes all that a case has said.',
    default: '1000',
    example: '300',
  }),
  CASE_MESSAGE_LIMIT: variable(numberBetween(10, 500), {
    meaning:
      'How many messages between units a case may have. Another is then refused (`messages-full`) to a unit that has sent its share of them (even among the units that have sent any), and at twice as many to every unit: when two persons turn out to be one, all of them are told in one transaction.',
    default: '300',
    example: '200',
  }),
  FORM_SAVE_LIMIT: variable(numberBetween(100, 100_000), {
    meaning:
      'How many times units may save answers in one form. Another is then refused (`answers-full`) to a unit that has saved its share of them (even among the units that have saved any), and at twice as many to every unit: each is a version of the whole form.',
    default: '2000',
    example: '1000',
  }),
  DATA_DIRECTORY: variable(file, {
    meaning:
      'Where the embedded PostgreSQL and, in development, made-up keys are kept between starts. From the project root unless absolute.',
    default: '.hemgang',
    example: '/var/lib/hemgang',
  }),
  LOG_LEVEL: variable(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), {
    meaning: 'The least severe line that is logged. No level logs personal data.',
    default: 'info',
    example: 'warn',
  }),
  HEALTH_LOG_LAG_SECONDS: variable(numberBetween(1, 86_400), {
    meaning:
      'After how many seconds health is `degraded`: an event waits for its number (`sequencer`), an event waits to be published (`relay`), a deadline has passed and nobody has been told, or nothing is taken from a partition that has messages (`worker`).',
    default: '15',
    example: '30',
  }),
  HEALTH_PUBLISHER_LAG_SECONDS: variable(numberBetween(1, 86_400), {
    meaning:
      'Health of a connector is `degraded` where something it took has waited so long to be brought to its topic.',
    default: '60',
    example: '300',
  }),
  HEALTH_POLL_LAG_INTERVALS: variable(numberBetween(1, 1_000), {
    meaning:
      'Health of a connector that asks (a poll, a round of reading again) is `degraded` where so many of its intervals have gone by since the last time that all was read.',
    default: '2',
    example: '4',
  }),
  PERSON_KEY: optional(key, {
    meaning:
      'Secret of the keyed hash that orders facts by person; at least 32 bytes in hexadecimal or base64, the same in every process. Absent in development: made at first start, in the data directory.',
    example: '(64 hexadecimal digits)',
    secret: true,
  }),
  PERSON_KEY_ID: variable(text, {
    meaning: 'The name that `PERSON_KEY` goes by in the envelope of facts. Change it with the key.',
    default: 'a',
    example: '2026a',
  }),
  IDENTITY_KEY: optional(key, {
    meaning:
      'Secret of the keyed hash by which the hub finds a person in its database; at least 32 bytes in hexadecimal or base64, the same in every process. Must never change: persons would no longer be found. Absent in development: made at first start.',
    example: '(64 hexadecimal digits)',
    secret: true,
  }),
  CURSOR_KEY: optional(key, {
    meaning:
      'Secret that seals the cursors in links between pages, so that no search value stands in a URL; at least 32 bytes in hexadecimal or base64, the same in every hub process. Absent in development: made at first start.',
    example: '(64 hexadecimal digits)',
    secret: true,
  }),
} as const;
