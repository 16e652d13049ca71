import type { AccessContext } from '../../access/access-context.js';
import { findResource } from '../../access/choke-point.js';
import type { Sighting } from '../../access/choke-point.js';
import type { Sql } from '../../log/log.js';
import { weigh } from '../http/preconditions.js';
import { fault } from '../outcome.js';
import { touchedBy } from '../trail.js';
import { versionDiffers } from './write-faults.js';
import type { AnsweredResource, Step, WriteRequest } from './writer.js';

export type VisibleSighting = Extract<Sighting, { visible: true }>;

/**
 * The resource a step acts on, seen at this moment with the access check (ACC-1, ACC-7) and compared with the conditions of the request. Called
 * before the transaction to know the target, and again inside it to be sure.
 *
 * @see https://hl7.org/fhir/R4/http.html#concurrency
 * @throws {FhirError} 404 when it is not there or not for the caller, 412 when its version is another
 */
export async function requireTarget(
  sql: Sql,
  request: WriteRequest,
  type: string,
  id: string,
  step: Pick<Step, 'touch'>,
): Promise<VisibleSighting> {
  const found = await findResource(sql, request.context, type, id);
  if (found !== undefined) step.touch(touchedBy(type, found));
  if (found === undefined || !found.visible || found.deleted) throw fault('not-found');
  if (weigh(request.headers, found, 'write') === 'failed') throw versionDiffers(found.version);
  return found;
}

/** The resource as it is after the step, inside its transaction; undefined when the caller may not see it any more. */
export async function afterStep(
  sql: Sql,
  context: AccessContext,
  type: string,
  id: string,
): Promise<AnsweredResource | undefined> {
  const found = await findResource(sql, context, type, id);
  return found?.visible === true && !found.deleted ? { type, id, ...found } : undefined;
}

/**
 * The resource as the step left it, inside its transaction, for the answer to a step that hides it from everybody (VIEW-11):
 * whoever took the step saw it a moment before, and is told once what became of it. Nobody reads it again, by a repeat neither.
 */
export async function asLeftByStep(
  sql: Sql,
  type: string,
  id: string,
): Promise<AnsweredResource | undefined> {
  const { rows } = await sql.prepared<Omit<AnsweredResource, 'type' | 'id'>>(
    'as-left-by-step',
    `select version, last_updated as "lastUpdated", content from resource where type = $1 and id = $2 and not deleted`,
    [type, id],
  );
  return rows[0] === undefined ? undefined : { type, id, ...rows[0] };
}
