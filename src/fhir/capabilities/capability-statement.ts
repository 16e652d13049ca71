import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from 'fhir/r4.js';
import type { CaseKind, CaseKinds } from '../../cases/kinds/case-kind.js';
import {
  canonicalBase,
  caseProfiles,
  foreignCanonicals,
  messageProfile,
  outsideMessageProfile,
  profiles,
} from '../../projection/codes/codes.js';
import { searchParameter, searchParameters } from '../../projection/search-parameters.js';
import type { SearchParameter } from '../../projection/search-parameters.js';
import type { FacadeSettings } from '../dependencies.js';
import { operationCanonical } from '../operations/definitions.js';
import { formOperationsOn } from '../operations/of-forms.js';
import { operationsOnType } from '../operations/of-types.js';
import { readingOperations } from '../operations/reading.js';
import { mostCriteria, mostValues } from '../search/search-input.js';
import { supported } from '../supported.js';
import { auditParameters, documentation, questionnaireParameters, standard } from './documentation.js';

/** The profile that resources of a type carry in `meta.profile`. */
const profileOf: Readonly<Record<string, string>> = {
  ...profiles,
  Organization: foreignCanonicals.seBaseOrganization,
  Patient: foreignCanonicals.seBasePatient,
  Practitioner: foreignCanonicals.seBasePractitioner,
};

/** The profile of all resources of a type; of several kinds of case the one that every case has, if any, with those of the kinds. */
function profilesOf(
  type: string,
  kinds: readonly CaseKind[],
): { readonly profile: string | undefined; readonly ofKinds: readonly string[] } {
  const ofEvery: Readonly<Record<string, string>> = caseProfiles;
  if (type !== 'CarePlan' && !Object.hasOwn(ofEvery, type)) return { profile: profileOf[type], ofKinds: [] };
  const own = kinds.flatMap((kind) => {
    const named: Readonly<Record<string, string | undefined>> = kind.profiles ?? caseProfiles;
    return named[type] ?? [];
  });
  // A Communication is a notice of the hub or a message of a unit: no profile is that of all.
  if (type === 'Communication' && kinds.some(({ messages }) => messages !== undefined))
    return { profile: undefined, ofKinds: [...new Set([...own, messageProfile, outsideMessageProfile])] };
  const [only] = own;
  if (kinds.length === 1) return { profile: only, ofKinds: [] };
  return { profile: ofEvery[type], ofKinds: [...new Set(own)].filter((each) => each !== ofEvery[type]) };
}

/**
 * What the facade does, said from the tables it works by: interactions, search parameters, operations.
 * @see https://hl7.org/fhir/R4/capabilitystatement.html
 * @param kinds the kinds of case, with their operations
 * @param startedAt when this process began to serve
 */
export function capabilityStatement(
  settings: FacadeSettings,
  kinds: Pick<CaseKinds, 'operations' | 'all'>,
  startedAt: Date,
): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    url: `${canonicalBase}/CapabilityStatement/hub`,
    version: settings.softwareVersion,
    name: 'HemgangHub',
    title: 'Hemgång',
    status: 'active',
    date: startedAt.toISOString(),
    kind: 'instance',
    software: { name: 'Hemgång', version: settings.softwareVersion },
    implementation: { description: 'Hemgång', url: settings.baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation: [
          'A personal number is never in a URL: Patient by identifier, and other types by subject:identifier or patient:identifier, by POST _search only.',
          `Search: _count, _sort=[-]_lastUpdated (Task also [-]deadline), _include, _total, _summary=count or false; anything unknown is 400, an empty parameter asks nothing. At most ${mostCriteria} parameters and ${mostValues} values. Token: code or system|code; of an element of datatype code (status, intent) one of its required value set, with or without its system; of a boolean true or false. Date: eq, ge, le, gt, lt; without a zone it is Europe/Stockholm. References to units also by :identifier (HSA-id), strings by :exact; no other modifier.`,
          'Everywhere: _format and _pretty; another parameter where none is taken is 400. If-Match, If-None-Match, If-Unmodified-Since and (reading) If-Modified-Since are honoured.',
          'Writing: Idempotency-Key is honoured, and Prefer: return=minimal, representation or OperationOutcome. Prefer: handling=strict is how every search is read; handling=lenient, respond-async, If-None-Exist and X-Provenance are 400, a Content-Encoding is 415.',
        ].join('\n\n'),
        security: {
          cors: false,
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'OAuth' },
              ],
            },
          ],
          description:
            'Bearer JWT of a configured issuer: of a user (person and unit), or of a system (client and units).',
        },
        resource: Object.keys(supported)
          .sort()
          .map((type) => resource(type as keyof typeof supported, kinds)),
      },
    ],
  };
}

function resource(
  type: keyof typeof supported,
  kinds: Pick<CaseKinds, 'operations' | 'all'>,
): CapabilityStatementRestResource {
  const interactions = supported[type];
  const { profile, ofKinds } = profilesOf(type, kinds.all);
  const operations =
    type === 'CarePlan' ? [...kinds.operations.keys(), ...Object.keys(readingOperations)] : [];
  operations.push(...formOperationsOn(type).keys(), ...operationsOnType(type).keys());
  const versioned = interactions.includes('vread');
  const parameters = parametersOf(type);
  const includes = parameters
    .filter((one) => one.type === 'reference' && versioned && isIncluded(type, one.name))
    .map(({ name }) => `${type}:${name}`);
  return {
    type,
    ...(profile === undefined ? {} : { profile }),
    ...(ofKinds.length === 0 ? {} : { supportedProfile: [...ofKinds] }),
    ...(Object.hasOwn(documentation, type) ? { documentation: documentation[type] } : {}),
    interaction: interactions.map((code) => ({ code })),
    // Not `versioned-update`, which would demand If-Match; it is honoured, not demanded.
    versioning: versioned ? 'versioned' : 'no-version',
    readHistory: versioned,
    updateCreate: false,
    conditionalCreate: false,
    conditionalRead: versioned ? 'full-support' : 'not-supported',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'logical'],
    ...(includes.length === 0 ? {} : { searchInclude: includes }),
    searchParam: parameters,
    ...(operations.length === 0
      ? {}
      : { operation: operations.map((name) => ({ name, definition: operationCanonical(name, type) })) }),
  };
}

/** Of a canonical the target is no resource of a case. */
const isIncluded = (type: string, name: string): boolean => searchParameter(type, name)?.how !== 'canonical';

function parametersOf(type: string): CapabilityStatementRestResourceSearchParam[] {
  if (type === 'AuditEvent') return [...auditParameters];
  if (type === 'Questionnaire') return [...questionnaireParameters];
  if (type === 'CodeSystem') return [{ name: 'url', type: 'uri', definition: standard('conformance-url') }];
  const table: Readonly<Record<string, Readonly<Record<string, SearchParameter>>>> = searchParameters;
  return [
    { name: '_id', type: 'token', definition: standard('Resource-id') },
    { name: '_lastUpdated', type: 'date', definition: standard('Resource-lastUpdated') },
    ...Object.entries(table[type] ?? {}).map(([name, { kind, definition, documentation }]) => ({
      name,
      type: kind,
      definition,
      documentation,
    })),
  ];
}
