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
import { faultText, type Fault, type Place } from './checks/fault.js';
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

  /** The same, each with its place in the file and whole by itself. */
  get issues(): readonly { readonly path: Place; readonly message: string; readonly isWhole: true }[] {
    return this.faults.map((fault) => ({
      path: fault.place ?? [],
      message: faultText(fault),
      isWhole: true,
    }));
  }
}

/**
 * Every fault of an organisation: of structure first (what is malformed cannot be understood), else of meaning, all at
 * once. An empty list means that it can be used.
 */
export function checkOrganisation(content: unknown): readonly Fault[] {
  if (!hasStructure(content))
    return (hasStructure.errors ?? []).map((error) => structureFault(error, content));
  const faults = [
    ...checkHsaIds(content),
    ...checkRoles(content),
    ...checkProviders(content),
    ...checkUnits(content),
    ...checkTree(content),
    ...checkReplacements(content),
    ...checkPeople(content),
    ...checkMunicipalities(content),
  ];
  return faults.map((fault) => ({ ...fault, place: placeOf(content, fault.about) }));
}

/** The unit, person, municipality or role that the words of a fault begin with naming. */
function placeOf(content: Organisation, about: string): Place {
  const named = new Map<string, Place>();
  const name = (id: string, place: Place) => named.set(id, named.get(id) ?? place);
  for (const [index, { code }] of content.municipalities.entries()) name(code, ['municipalities', index]);
  for (const [index, one] of content.providers.entries()) {
    name(one.hsaId, ['providers', index]);
    name(one.organisationNumber, ['providers', index]);
  }
  for (const [index, { hsaId }] of content.units.entries()) name(hsaId, ['units', index]);
  for (const [index, { hsaId, assignments }] of content.people.entries()) {
    name(hsaId, ['people', index]);
    for (const [place, assignment] of assignments.entries())
      name(assignment.hsaId, ['people', index, 'assignments', place]);
  }
  const words = about.match(/[\p{L}\p{N}-]+/gu) ?? [];
  return words.flatMap((word) => [named.get(word) ?? []]).find((place) => place.length > 0) ?? [];
}

/** The content as an organisation. Throws `UnusableOrganisation` with all faults; `source` says where it came from. */
export function asOrganisation(content: unknown, source: string): Organisation {
  const faults = checkOrganisation(content);
  if (faults.length > 0) throw new UnusableOrganisation(source, faults);
  return content as Organisation;
}

function structureFault(error: ErrorObject, content: unknown): Fault {
  const steps = error.instancePath.split('/').slice(1);
  const [section, index] = steps;
  const property: unknown = error.params['additionalProperty'];
  const about = error.instancePath === '' ? 'the file' : error.instancePath;
  const id = idOf(content, section, index);
  return {
    rule: 'ORG-11',
    about: id === undefined ? about : `${about} (${id})`,
    problem: `${error.message ?? error.keyword}${typeof property === 'string' ? `: ${property}` : ''}`,
    place: [
      ...steps.map((step) => (/^\d+$/.test(step) ? Number(step) : pointerStep(step))),
      ...(typeof property === 'string' ? [property] : []),
    ],
  };
}

/** A step of a JSON pointer (RFC 6901), as the name it stands for. */
function pointerStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
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
