import { readStandInFile } from '../../../connectors/cosmic/stand-in/file.js';
import { readSettings } from '../../../connectors/cosmic/configuration-file.js';
import { readCatalogueFile } from '../../../connectors/hsa/stand-in-file.js';
import { readListingsFile } from '../../../connectors/listing/stand-in-file.js';
import { readMappingFor } from '../../../connectors/melior/mapping.js';
import { readPersonsFile } from '../../../connectors/population-register/stand-in-file.js';
import { processesOf, type ProcessName } from '../../configuration/check-combination.js';
import { FileUnusable, readJsonFile } from '../../configuration/json-file.js';
import { checkPair, readCertificates, readPrivateKey } from '../../configuration/pem-file.js';
import type { ConfigurationFault } from '../../configuration/read-variables.js';
import type { Values, VariableName } from '../../configuration/variables/index.js';
import type { Organisation } from '../../directory/organisation.js';
import { caseKinds } from '../../cases/kinds/every-kind.js';
import type { Policies } from '../../policies/policies.js';
import { readPolicies } from '../../policies/read-policies.js';
import { readQuestionnaires } from '../../questionnaires/read-questionnaires.js';
import { checkAppended } from './appended-file.js';
import { readIssuersFile, readOrganisationFile } from './configured-files.js';
import { refuseFictional } from './refuse-fictional.js';

/** Every file that is read, and the heads of the trail, which are written and read again. */
type FileVariable =
  Extract<VariableName, `${string}_FILE`> | 'POLICIES_DIRECTORY' | 'QUESTIONNAIRES_DIRECTORY';
/** What has been read before, for files that name what is in others; absent where that could not be used. */
type Before = { policies?: Policies; organisation?: Organisation };
type Runs = (...names: ProcessName[]) => boolean;

/** How one file is read. Absent from the table: a compile error, so that no file is read unchecked. */
type Check = {
  /** Whether the process reads it. */
  readonly isRead: (runs: Runs, values: Partial<Values>) => boolean;
  /** @throws {FileUnusable} */
  readonly read: (file: string, values: Partial<Values>, before: Before) => unknown;
};

const json =
  (check: (content: unknown) => unknown): Check['read'] =>
  (file) =>
    readJsonFile(file, check);
const always = (): boolean => true;
const asksRegisters = (runs: Runs): boolean => runs('hub', 'worker', 'population-register', 'listing', 'hsa');
const usesKafka = (_runs: Runs, { TRANSPORT, KAFKA_BROKERS, KAFKA_TLS }: Partial<Values>): boolean =>
  KAFKA_TLS === true && (TRANSPORT ?? (KAFKA_BROKERS ? 'kafka' : 'embedded')) === 'kafka';
const standIns = (check: (content: unknown) => unknown): Check => ({
  isRead: (runs) => runs('stand-ins'),
  read: json(check),
});
const authorities = (isRead: Check['isRead']): Check => ({ isRead, read: readCertificates });
/** The certificate is looked at with its key where both are named; the combination is refused where one is not. */
const pair = (isRead: Check['isRead'], keyFile: FileVariable): Check => ({
  isRead,
  read: (file, values) => {
    readCertificates(file);
    const key = values[keyFile];
    if (key !== undefined) checkPair(file, key);
  },
});
const privateKey = (isRead: Check['isRead']): Check => ({ isRead, read: readPrivateKey });
const melior: Check['isRead'] = (runs) => runs('melior');
const cosmic: Check['isRead'] = (runs) => runs('cosmic');

/** In the order in which they are read: a file comes after those whose content it names. */
const checks: Readonly<Record<FileVariable, Check>> = {
  POLICIES_DIRECTORY: {
    isRead: always,
    read: (directory, _values, before) => (before.policies = readPolicies(directory, caseKinds.all)),
  },
  QUESTIONNAIRES_DIRECTORY: { isRead: always, read: (directory) => readQuestionnaires(directory) },
  ORGANISATION_FILE: {
    isRead: always,
    read: (file, _values, before) => (before.organisation = readOrganisationFile(file, before.policies)),
  },
  TOKEN_ISSUERS_FILE: {
    isRead: (runs) => runs('hub'),
    read: (file, { HEMGANG_ENVIRONMENT }, { organisation }) =>
      readIssuersFile(file, {
        production: HEMGANG_ENVIRONMENT === 'production',
        ...(organisation && { organisation }),
      }),
  },
  // A disk that is full, or read-only by the time, is told when it is opened (open-trail.ts).
  AUDIT_HEADS_FILE: { isRead: (runs) => runs('hub'), read: checkAppended },
  MELIOR_MAPPING_FILE: {
    isRead: melior,
    read: (file, values) =>
      readJsonFile(file, (content) =>
        readMappingFor(
          {
            listedSendersOnly: values.HEMGANG_ENVIRONMENT === 'production',
            asksCertificates: values.MLLP_TLS_CLIENT_CA_FILE !== undefined,
          },
          content,
        ),
      ),
  },
  MLLP_TLS_CERTIFICATE_FILE: pair(melior, 'MLLP_TLS_KEY_FILE'),
  MLLP_TLS_KEY_FILE: privateKey(melior),
  MLLP_TLS_CLIENT_CA_FILE: authorities(melior),
  COSMIC_CONFIGURATION_FILE: { isRead: cosmic, read: json(readSettings) },
  COSMIC_CLIENT_KEY_FILE: privateKey(cosmic),
  COSMIC_TLS_CERTIFICATE_FILE: pair(cosmic, 'COSMIC_TLS_KEY_FILE'),
  COSMIC_TLS_KEY_FILE: privateKey(cosmic),
  COSMIC_TLS_CA_FILE: authorities(cosmic),
  REGISTER_CLIENT_CERTIFICATE_FILE: pair(asksRegisters, 'REGISTER_CLIENT_KEY_FILE'),
  REGISTER_CLIENT_KEY_FILE: privateKey(asksRegisters),
  REGISTER_CA_FILE: authorities(asksRegisters),
  KAFKA_TLS_CERTIFICATE_FILE: pair(usesKafka, 'KAFKA_TLS_KEY_FILE'),
  KAFKA_TLS_KEY_FILE: privateKey(usesKafka),
  KAFKA_TLS_CA_FILE: authorities(usesKafka),
  STAND_IN_PERSONS_FILE: standIns(readPersonsFile),
  STAND_IN_LISTINGS_FILE: standIns(readListingsFile),
  STAND_IN_HSA_FILE: standIns(readCatalogueFile),
  STAND_IN_COSMIC_FILE: standIns(readStandInFile),
};

/**
 * Reads every file that this process will read, and tells what is wrong with each by variable, file and line, before anything is
 * opened. A variable that is at fault itself is left to its own fault.
 */
export function checkFiles(values: Partial<Values>): readonly ConfigurationFault[] {
  const running = processesOf(values);
  const runs: Runs = (...names) => names.some((name) => running.includes(name));
  const before: Before = {};
  return (Object.entries(checks) as [FileVariable, Check][]).flatMap(([variable, { isRead, read }]) => {
    const file = values[variable];
    if (file === undefined || !isRead(runs, values)) return [];
    try {
      if (values.HEMGANG_ENVIRONMENT === 'production') refuseFictional(file);
      read(file, values, before);
      return [];
    } catch (error) {
      if (!(error instanceof FileUnusable)) throw error;
      return error.faults.map((fault) => ({ variable, ...fault }));
    }
  });
}
