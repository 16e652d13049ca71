import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from 'fhir/r4.js';
import { canonicalBase, profiles } from '../../projection/codes.js';
import { searchParameters } from '../../projection/search-parameters.js';
import type { SearchParameter } from '../../projection/search-parameters.js';
import type { FacadeSettings } from '../dependencies.js';
import { operationCanonical, operationDefinitions } from '../operations/definitions.js';
import type { OperationName } from '../operations/definitions.js';
import { supported } from '../supported.js';

const standard = (name: string) => `http://hl7.org/fhir/SearchParameter/${name}`;

/** Parameters of AuditEvent, which is not in the store and has a search of its own. */
const auditParameters: readonly CapabilityStatementRestResourceSearchParam[] = [
  {
    name: 'patient',
    type: 'reference',
    definition: standard('AuditEvent-patient'),
    documentation: 'Patient/[id].',
  },
  {
    name: 'agent',
    type: 'reference',
    definition: standard('AuditEvent-agent'),
    documentation: 'agent:identifier, HSA-id of a user.',
  },
  {
    name: 'date',
    type: 'date',
    definition: standard('AuditEvent-date'),
    documentation: 'When it was recorded.',
  },
];

/**
 * What the facade does, said from the tables it works by: interactions, search parameters, operations.
 * @see https://hl7.org/fhir/R4/capabilitystatement.html
 * @param startedAt when this process began to serve
 */
export function capabilityStatement(settings: FacadeSettings, startedAt: Date): CapabilityStatement {
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
        documentation:
          'A personal number is never in a URL: Patient by identifier, and other types by subject:identifier or patient:identifier, by POST _search only.',
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
          .map((type) => resource(type as keyof typeof supported)),
      },
    ],
  };
}

function resource(type: keyof typeof supported): CapabilityStatementRestResource {
  const interactions = supported[type];
  const profile = (profiles as Readonly<Record<string, string>>)[type];
  const operations = type === 'CarePlan' ? (Object.keys(operationDefinitions) as OperationName[]) : [];
  const versioned = interactions.includes('vread');
  const parameters = parametersOf(type);
  return {
    type,
    ...(profile === undefined ? {} : { profile }),
    interaction: interactions.map((code) => ({ code })),
    versioning: versioned
      ? interactions.includes('update')
        ? 'versioned-update'
        : 'versioned'
      : 'no-version',
    readHistory: versioned,
    updateCreate: false,
    conditionalCreate: false,
    conditionalRead: versioned ? 'full-support' : 'not-supported',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'logical'],
    searchInclude: parameters
      .filter((one) => one.type === 'reference' && versioned)
      .map(({ name }) => `${type}:${name}`),
    searchParam: parameters,
    ...(operations.length === 0
      ? {}
      : { operation: operations.map((name) => ({ name, definition: operationCanonical(name) })) }),
  };
}

function parametersOf(type: string): CapabilityStatementRestResourceSearchParam[] {
  if (type === 'AuditEvent') return [...auditParameters];
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
