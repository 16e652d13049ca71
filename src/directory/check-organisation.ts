import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { checkMunicipalities } from './checks/check-municipalities.js';
import { checkPeople, checkRoles } from './checks/check-people.js';
import {
  checkHsaIds,
  checkProviders,
  checkReplacements,
  checkTree,
  checkUnits,
} from './checks/check-units.js';
import { faultText, type Fault } from './checks/fault.js';
import type { Organisation } from './organisation.js';
import { organisationSchema } from './organisation-schema.js';

const hasStructure = new Ajv({ allErrors: true }).compile<Organisation>(organisationSchema);

/** The organisation cannot be used (ORG-11). The message lists every fault, one a line. */
export class UnusableOrganisation extends Error {
  override readonly name = 'UnusableOrganisation';
  constructor(
    readonly source: string,
    readonly faults: readonly Fault[],
  ) {
    super(`${source} cannot be used:\n${faults.map((fault) => `  ${faultText(fault)}`).join('\n')}`);
  }
}

/**
 * Every fault of an organisation: of structure first (what is malformed cannot be understood), else of meaning, all at
 * once. An empty list means that it can be used.
 */
export function checkOrganisation(content: unknown): readonly Fault[] {
  if (!hasStructure(content))
    return (hasStructure.errors ?? []).map((error) => structureFault(error, content));
  return [
    ...checkHsaIds(content),
    ...checkRoles(content),
    ...checkProviders(content),
    ...checkUnits(content),
    ...checkTree(content),
    ...checkReplacements(content),
    ...checkPeople(content),
    ...checkMunicipalities(content),
  ];
}

/** The content as an organisation. Throws `UnusableOrganisation` with all faults; `source` says where it came from. */
export function asOrganisation(content: unknown, source: string): Organisation {
  const faults = checkOrganisation(content);
  if (faults.length > 0) throw new UnusableOrganisation(source, faults);
  return content as Organisation;
}

function structureFault(error: ErrorObject, content: unknown): Fault {
  const [section, index] = error.instancePath.split('/').slice(1);
  const property: unknown = error.params['additionalProperty'];
  const about = error.instancePath === '' ? 'the file' : error.instancePath;
  const id = idOf(content, section, index);
  return {
    rule: 'ORG-11',
    about: id === undefined ? about : `${about} (${id})`,
    problem: `${error.message ?? error.keyword}${typeof property === 'string' ? `: ${property}` : ''}`,
  };
}

/** The HSA-id or code of the element at fault, so that the fault names the unit and not only its place in the file. */
function idOf(content: unknown, section?: string, index?: string): string | undefined {
  if (section === undefined || index === undefined) return undefined;
  const element = property(property(content, section), index);
  const id = property(element, 'hsaId') ?? property(element, 'code');
  return typeof id === 'string' ? id : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
