import { readSettings } from '../../../connectors/cosmic/configuration-file.js';
import { readMapping } from '../../../connectors/melior/mapping.js';
import { readKeySetOfFile } from '../../access/issuer-keys.js';
import { IssuersUnusable, organisationsOf, readIssuers } from '../../access/issuers.js';
import type { IssuerConfiguration } from '../../access/issuers.js';
import { readJsonFile } from '../../configuration/json-file.js';
import { fromProjectRoot } from '../../configuration/project-root.js';
import { asOrganisation, UnusableOrganisation } from '../../directory/check-organisation.js';
import type { Organisation } from '../../directory/organisation.js';
import { checkPoliciesOf } from '../../policies/check-providers.js';
import type { Policies } from '../../policies/policies.js';

/**
 * The organisation file.
 * @param policies absent: whether the policies that organisations name are there is not looked at
 * @throws {FileUnusable} with every fault by its line (ORG-11)
 */
export function readOrganisationFile(file: string, policies?: Policies): Organisation {
  return readJsonFile(file, (content) => {
    const organisation = asOrganisation(content, file);
    const faults = policies === undefined ? [] : checkPoliciesOf(organisation, policies);
    if (faults.length > 0) throw new UnusableOrganisation(file, faults);
    return organisation;
  });
}

/**
 * The issuers of tokens, with the files of keys that they name.
 * @param organisation absent: whether the organisations that issuers name are there is not looked at
 * @throws {FileUnusable} with every fault by its line; of a file of keys, with that file's name
 */
export function readIssuersFile(
  file: string,
  rules: { readonly production: boolean; readonly organisation?: Organisation },
): readonly IssuerConfiguration[] {
  const issuers = readJsonFile(file, (content) => {
    const read = readIssuers(content, rules);
    if (read.length === 0) throw new IssuersUnusable([{ path: [], message: 'names no issuer' }]);
    const unknown = rules.organisation === undefined ? [] : unknownIn(read, rules.organisation);
    if (unknown.length > 0) throw new IssuersUnusable(unknown);
    return read.map(withAbsoluteFile);
  });
  for (const { keys } of issuers) if ('file' in keys) readJsonFile(keys.file, readKeySetOfFile);
  return issuers;
}

function unknownIn(issuers: readonly IssuerConfiguration[], { providers }: Organisation) {
  return organisationsOf(issuers)
    .filter(({ organisation }) => !providers.some((one) => one.organisationNumber === organisation))
    .map(({ path }) => ({ path, message: 'is no organisation of ORGANISATION_FILE' }));
}

function withAbsoluteFile(issuer: IssuerConfiguration): IssuerConfiguration {
  return 'file' in issuer.keys ? { ...issuer, keys: { file: fromProjectRoot(issuer.keys.file) } } : issuer;
}

/** A file that a connector checks itself, parsed. @throws {FileUnusable} when it is no JSON, or `check` finds a fault */
function parsed(file: string, check: (content: unknown) => unknown): unknown {
  return readJsonFile(file, (content) => {
    check(content);
    return content;
  });
}

/** The mapping file of Melior, parsed and found right. @throws {FileUnusable} */
export const readMappingFile = (file: string): unknown => parsed(file, readMapping);

/** The configuration file of Cosmic, parsed and found right. @throws {FileUnusable} */
export const readCosmicFile = (file: string): unknown => parsed(file, readSettings);
