import { variables, type Values, type VariableName } from './variables/index.js';
import { processNames } from './variables/general.js';
import { checkPaths, isPlainHttp } from './check-paths.js';
import { isLoopback } from '../wire/loopback.js';
import { neededKeys } from './keys.js';
import { checkSecrets } from './check-secrets.js';
import type { ConfigurationFault } from './read-variables.js';

export type ProcessName = (typeof processNames)[number];

/** In production these run only when they are named: what is fictional, and what not every region has. */
const onlyWhenNamed: ReadonlySet<string> = new Set(['stand-ins', 'cosmic']);

/** What a process runs when nobody says: everything, but nothing fictional in production. */
export function processesOf({ PROCESSES, HEMGANG_ENVIRONMENT }: Partial<Values>): readonly ProcessName[] {
  return (
    PROCESSES ??
    processNames.filter((name) => HEMGANG_ENVIRONMENT !== 'production' || !onlyWhenNamed.has(name))
  );
}

/** What names the system outside that each connector connects, or the process that does. */
const namedBy: Readonly<Partial<Record<ProcessName, readonly VariableName[]>>> = {
  melior: ['MELIOR_MAPPING_FILE'],
  cosmic: ['COSMIC_URL'],
  'population-register': ['POPULATION_REGISTER_URL', 'POPULATION_REGISTER_LOOKUP_URL'],
  listing: ['LISTING_URL', 'LISTING_LOOKUP_URL'],
  hsa: ['HSA_UNIT_URL'],
};

/**
 * The connectors that somebody means to run: named in PROCESSES, or their system in the environment, also where another process
 * runs them. The defaults of a development machine mean nothing.
 */
export function connectorsMeant(
  { PROCESSES = [] }: Partial<Values>,
  given: ReadonlySet<VariableName>,
): readonly ProcessName[] {
  return processNames.filter((name) => {
    const system = namedBy[name];
    return (
      system !== undefined && (PROCESSES.includes(name) || system.some((variable) => given.has(variable)))
    );
  });
}

/** Each contract of the catalogue has an address of its own; they are set together. */
const hsaUrls = ['HSA_UNIT_URL', 'HSA_HEALTH_CARE_UNIT_URL', 'HSA_CREDENTIALS_URL'] as const;

/** What is wrong between variables that each are right by themselves. `given`: the variables the environment sets. */
export function checkCombination(
  values: Partial<Values>,
  given: ReadonlySet<VariableName>,
): readonly ConfigurationFault[] {
  const faults: ConfigurationFault[] = [];
  const fault = (variable: VariableName, problem: string) => faults.push({ variable, problem });
  const runs = (...names: ProcessName[]) => names.some((name) => processesOf(values).includes(name));
  const { STAFF_QUESTIONS_AT_ONCE: atOnce = 1, STAFF_QUESTIONS_AT_ONCE_OF_ONE_UNIT: ofOne = 1 } = values;
  if (ofOne > Math.max(atOnce - 1, 1))
    fault(
      'STAFF_QUESTIONS_AT_ONCE_OF_ONE_UNIT',
      'leaves no place of STAFF_QUESTIONS_AT_ONCE for another unit',
    );
  /** Refuses when the variable is not set. One that is set but faulty has its own fault already. */
  const need = (variable: VariableName, why: string) => {
    if (!given.has(variable)) fault(variable, why);
  };
  const together = (...names: VariableName[]) => {
    if (!names.some((name) => given.has(name))) return;
    for (const name of names)
      need(name, `is needed together with ${names.filter((one) => one !== name).join(', ')}`);
  };

  together('KAFKA_TLS_CERTIFICATE_FILE', 'KAFKA_TLS_KEY_FILE');
  together('KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD');
  together(...hsaUrls);
  together('REGISTER_CLIENT_CERTIFICATE_FILE', 'REGISTER_CLIENT_KEY_FILE');
  together('COSMIC_TLS_CERTIFICATE_FILE', 'COSMIC_TLS_KEY_FILE');
  together('COSMIC_URL', 'COSMIC_TOKEN_URL', 'COSMIC_CLIENT_ID');
  if (given.has('COSMIC_URL') && given.has('COSMIC_CLIENT_SECRET') === given.has('COSMIC_CLIENT_KEY_FILE'))
    fault('COSMIC_CLIENT_SECRET', 'or COSMIC_CLIENT_KEY_FILE is needed with COSMIC_URL, and not both');

  const { HTTP_HEADER_SECONDS: header, HTTP_REQUEST_SECONDS: request } = values;
  if (header !== undefined && request !== undefined && header > request)
    fault('HTTP_HEADER_SECONDS', 'is more than HTTP_REQUEST_SECONDS');

  together('MLLP_TLS_CERTIFICATE_FILE', 'MLLP_TLS_KEY_FILE');
  if (given.has('MLLP_TLS_CLIENT_CA_FILE'))
    need('MLLP_TLS_CERTIFICATE_FILE', 'is needed together with MLLP_TLS_CLIENT_CA_FILE');

  if (values.TRANSPORT === 'kafka') need('KAFKA_BROKERS', 'is needed when TRANSPORT is kafka');
  const { KAFKA_MIN_IN_SYNC_REPLICAS: inSync, KAFKA_REPLICATION_FACTOR: copies } = values;
  if (inSync !== undefined && copies !== undefined && inSync > copies)
    fault('KAFKA_MIN_IN_SYNC_REPLICAS', 'is more than KAFKA_REPLICATION_FACTOR');
  const { INBOX_RETRY_FIRST_MILLISECONDS: first, INBOX_RETRY_LONGEST_SECONDS: longest } = values;
  if (first !== undefined && longest !== undefined && first > longest * 1000)
    fault('INBOX_RETRY_FIRST_MILLISECONDS', 'is more than INBOX_RETRY_LONGEST_SECONDS');
  if (
    values.PAGE_SIZE !== undefined &&
    values.PAGE_SIZE_LIMIT !== undefined &&
    values.PAGE_SIZE > values.PAGE_SIZE_LIMIT
  )
    fault('PAGE_SIZE', 'is more than PAGE_SIZE_LIMIT');

  const { HSA_REREAD_MINUTES: reread, HSA_COPY_HOURS: copy } = values;
  if (reread !== undefined && copy !== undefined && reread > copy * 15)
    fault(
      'HSA_REREAD_MINUTES',
      'is more than a quarter of HSA_COPY_HOURS: copies would grow too old between rounds',
    );

  if (runs('hub', 'worker')) {
    if (!runs('population-register'))
      need('POPULATION_REGISTER_LOOKUP_URL', 'is needed when population-register runs in another process');
    if (!runs('listing')) need('LISTING_LOOKUP_URL', 'is needed when listing runs in another process');
  }
  if (!runs('stand-ins')) {
    const why = 'is needed when the stand-ins do not run in this process';
    if (runs('population-register')) need('POPULATION_REGISTER_URL', why);
    if (runs('listing')) need('LISTING_URL', why);
    if (runs('hsa')) need('HSA_UNIT_URL', why);
    if (runs('cosmic')) need('COSMIC_URL', why);
  }
  if (values.LOOKUP_SECRET !== undefined && values.LOOKUP_SECRET.length < 32)
    fault('LOOKUP_SECRET', 'must have at least 32 characters');
  if (
    ['LOOKUP_PORT', 'POPULATION_REGISTER_LOOKUP_URL', 'LISTING_LOOKUP_URL', 'HSA_LOOKUP_URL'].some((name) =>
      given.has(name as VariableName),
    )
  )
    need('LOOKUP_SECRET', 'is needed when lookups are asked between processes');

  if (values.HEMGANG_ENVIRONMENT === 'production') checkProduction(values, { runs, need, fault });
  else checkDevelopment(values, { runs, fault });
  return faults;
}

type Runs = (...names: ProcessName[]) => boolean;
type Tell = (variable: VariableName, problem: string) => void;

/** Nothing fictional, nothing made up, nothing that risks an acknowledged fact (design, sections 5 and 8). */
function checkProduction(
  values: Partial<Values>,
  { runs, need, fault }: { runs: Runs; need: Tell; fault: Tell },
) {
  if (values.DEMO_ISSUER) fault('DEMO_ISSUER', 'production takes no tokens of the demo issuer');
  if (runs('stand-ins')) fault('PROCESSES', 'production runs no stand-ins');
  need('DATABASE_URL', 'production has no embedded database');
  if (values.TRANSPORT === undefined)
    need(
      'KAFKA_BROKERS',
      'production needs the brokers, or TRANSPORT=embedded where the topics are to be in the database',
    );
  if (values.TRANSPORT === 'kafka' || (values.TRANSPORT === undefined && values.KAFKA_BROKERS)) {
    need('RECOVERY_PUBLIC_KEY', 'production needs one of its own (npm run recovery-key)');
    if ((values.KAFKA_REPLICATION_FACTOR ?? 3) < 3)
      fault('KAFKA_REPLICATION_FACTOR', 'production needs at least 3 copies');
    if ((values.KAFKA_MIN_IN_SYNC_REPLICAS ?? 2) < 2)
      fault('KAFKA_MIN_IN_SYNC_REPLICAS', 'production needs at least 2 copies in sync');
  }
  for (const name of [
    'POPULATION_REGISTER_URL',
    'LISTING_URL',
    'COSMIC_URL',
    'COSMIC_TOKEN_URL',
    ...hsaUrls,
    'BASE_URL',
  ] as const)
    if (values[name] !== undefined && isPlainHttp(values[name]))
      fault(name, 'production carries personal numbers over https alone');
  checkPaths(values, { runs, fault });
  checkSecrets(values, fault);
  const own = (variable: VariableName) =>
    need(
      variable,
      `production needs one of its own${'default' in variables[variable] ? ', not the default' : ''}`,
    );
  for (const variable of neededKeys(values)) own(variable);
  if (runs('hub', 'worker', 'relay', 'hsa')) own('ORGANISATION_FILE');
  if (runs('hub')) {
    for (const name of ['BASE_URL', 'TOKEN_ISSUERS_FILE', 'AUDIT_HEADS_FILE'] as const) own(name);
  }
  if (runs('melior')) own('MELIOR_MAPPING_FILE');
  if (runs('cosmic')) own('COSMIC_CONFIGURATION_FILE');
  if (runs('listing')) own('LISTING_LOGICAL_ADDRESS');
}

/** The demo issuer and the stand-ins answer loopback alone. */
function checkDevelopment(values: Partial<Values>, { runs, fault }: { runs: Runs; fault: Tell }) {
  const fictional = (values.DEMO_ISSUER ?? true) || runs('stand-ins');
  if (fictional && runs('hub') && values.HTTP_HOST !== undefined && !isLoopback(values.HTTP_HOST))
    fault('HTTP_HOST', 'must be a loopback address while the demo issuer or the stand-ins run');
  if (runs('stand-ins') && runs('melior') && values.MLLP_HOST !== undefined && !isLoopback(values.MLLP_HOST))
    fault('MLLP_HOST', 'must be a loopback address while the stand-ins run');
}
