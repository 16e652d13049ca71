import { hash as digest } from 'node:crypto';
import type { HsaId, Side, Uuid } from '../process/vocabulary.js';

/**
 * Ids of resources are functions of what they show, so a rebuild gives every resource the id it had. A case is a CarePlan,
 * a person a Patient, a stay an Encounter and a decision a Consent with their own ids; everything else derives its id.
 */

/** Names the directory as a whole; drawn once, never changed. */
const directoryNamespace: Uuid = 'a5f2c1d8-7b0e-4c55-9d3a-5e0f6a1b2c34';

/** UUID version 5 of a name in a namespace (RFC 9562, section 5.5). Throws `TypeError` when the namespace is no UUID. */
export function nameBasedUuid(namespace: Uuid, name: string): Uuid {
  const bytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new TypeError('The namespace of a name-based UUID is a UUID');
  const hash = digest('sha1', Buffer.concat([bytes, Buffer.from(name, 'utf8')]), 'buffer').subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The id of something that hangs on a stream: `key` is unique within the stream, e.g. `Task/<key of the to-do>`. */
const resourceId = (streamId: Uuid, key: string): Uuid => nameBasedUuid(streamId, key);

/** The id of the to-do with this key as Task. */
export const taskId = (streamId: Uuid, todoKey: string): Uuid => resourceId(streamId, `Task/${todoKey}`);

/** The id of the notice with this key as Communication. */
export const communicationId = (streamId: Uuid, noticeKey: string): Uuid =>
  resourceId(streamId, `Communication/${noticeKey}`);

/** The id of a note that a unit wrote to itself of a to-do, as Communication; `index` from the oldest, 0. */
export const todoNoteId = (streamId: Uuid, todoKey: string, index: number): Uuid =>
  resourceId(streamId, `Communication/todo-note/${todoKey}/${index}`);

/** The scope that opens the notes of a to-do, to its unit alone. */
export const todoNotesScope = (streamId: Uuid, todoKey: string): Uuid =>
  resourceId(streamId, `Task/${todoKey}/notes`);

/**
 * The scope of what one side alone sees of a case: a draft of that side in a stream under the case, as long as it has not let go of it. The
 * case opens it to the units of the side.
 */
export const sideScope = (caseId: Uuid, side: Side): Uuid => resourceId(caseId, `drafts/${side}`);

/**
 * The scope of what some of those who take part read alone, such as a directed message (MSG-1). The case opens it to these units, and to
 * who leads it after one of them.
 * @param circle its name in the case
 */
export const circleScope = (caseId: Uuid, circle: string): Uuid => resourceId(caseId, `circle/${circle}`);

/** Every scope that a case opens to what hangs on it, beside those of its circles. */
export const scopesUnder = (caseId: Uuid): readonly Uuid[] => [
  caseId,
  ...(['hospital', 'outpatient', 'municipality', 'other'] as const).map((side) => sideScope(caseId, side)),
];

/** The id of a case's CareTeam. */
export const careTeamId = (caseId: Uuid): Uuid => resourceId(caseId, 'CareTeam');

/** The id of the answers behind a harm assessment. */
export const answersId = (decisionId: Uuid): Uuid => resourceId(decisionId, 'QuestionnaireResponse');

/** The id of a unit or provider (Organization and Location) or a person (Practitioner) of the catalogue. */
export const directoryId = (hsaId: HsaId): Uuid => nameBasedUuid(directoryNamespace, hsaId);

/** The id of a person's work at a unit (PractitionerRole): one for each pair, whatever the number of assignments. */
export const practitionerRoleId = (person: HsaId, unit: HsaId): Uuid =>
  nameBasedUuid(directoryNamespace, `${person}@${unit}`);
