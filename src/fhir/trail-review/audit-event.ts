import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding, Reference } from 'fhir/r4.js';
import type { AuditRecord } from '../../access/audit/audit-record.js';
import { codeSystems, concept } from '../../projection/codes/codes.js';
import { hsaIdentifier } from '../../projection/references.js';
import { readsOnly } from '../operations/reads-only.js';
import { trailActionSystem } from '../terminology/code-systems.js';
import { groundIn } from '../trail.js';

const typeSystem = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
const interactionSystem = 'http://hl7.org/fhir/restful-interaction';
const entityType = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const entityRole = 'http://terminology.hl7.org/CodeSystem/object-role';

/** @see https://hl7.org/fhir/R4/valueset-audit-event-action.html */
const actions: Readonly<Record<string, AuditEvent['action']>> = {
  read: 'R',
  vread: 'R',
  'history-instance': 'R',
  'search-type': 'E',
  create: 'C',
  update: 'U',
};
/** @see https://hl7.org/fhir/R4/valueset-audit-event-outcome.html */
const outcomes: Readonly<Record<string, AuditEvent['outcome']>> = { success: '0', refused: '4', failed: '8' };

/** A record of the trail as AuditEvent. @see https://hl7.org/fhir/R4/auditevent.html */
export function renderAuditEvent(record: AuditRecord): AuditEvent & { id: string } {
  const { id, recordedAt, action, outcome, detail } = record;
  const ground = groundIn(detail);
  return {
    resourceType: 'AuditEvent',
    id,
    type: { system: typeSystem, code: 'rest', display: 'RESTful Operation' },
    subtype: [subtype(action)],
    action: actions[action] ?? (readsOnly(action.slice(1)) ? 'R' : 'E'),
    recorded: recordedAt.toISOString(),
    outcome: outcomes[outcome] ?? '8',
    ...(ground === undefined ? {} : { purposeOfEvent: [concept(codeSystems.accessGround, ground)] }),
    agent: agents(record),
    source: { observer: { display: 'Hemgång' } },
    entity: entities(record),
  };
}

const subtype = (action: string): Coding => ({
  system: action in actions ? interactionSystem : trailActionSystem,
  code: action,
});

function agents({ actor, unit, role, detail }: AuditRecord): AuditEventAgent[] {
  const { client, issuer } = detail as { client?: string; issuer?: string };
  const system: Reference = {
    ...(client === undefined || issuer === undefined
      ? {}
      : { identifier: { system: issuer, value: client } }),
    display: client ?? actor,
  };
  const person: AuditEventAgent =
    role === null
      ? { requestor: true, who: system }
      : { requestor: true, who: { identifier: hsaIdentifier(actor) }, role: [{ text: role }] };
  return [
    person,
    ...(unit === null ? [] : [{ requestor: false, who: { identifier: hsaIdentifier(unit) } }]),
    ...(client === undefined || role === null ? [] : [{ requestor: false, who: system }]),
  ];
}

function entities({ personId, caseId, detail }: AuditRecord): AuditEventEntity[] {
  const {
    client: _client,
    issuer: _issuer,
    ground: _ground,
    resource,
    resources,
    ...rest
  } = detail as Readonly<Record<string, unknown>>;
  const touched = [resource, ...(Array.isArray(resources) ? resources : [])].filter(
    (one): one is string =>
      typeof one === 'string' && /^[A-Za-z]+\/[0-9a-f-]{36}$/.test(one) && one !== `Patient/${personId}`,
  );
  const facts = Object.entries(rest).map(([type, value]) => ({
    type,
    valueString: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  return [
    ...(personId === null
      ? []
      : [
          {
            what: { reference: `Patient/${personId}` },
            type: { system: entityType, code: '1', display: 'Person' },
            role: { system: entityRole, code: '1', display: 'Patient' },
          },
        ]),
    ...(caseId === null
      ? []
      : [
          {
            name: 'case',
            what: { identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${caseId}` } },
          },
        ]),
    ...touched.map((reference) => ({ what: { reference } })),
    { name: 'request', detail: facts },
  ];
}
