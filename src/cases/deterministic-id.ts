import { nameBasedUuid } from '../projection/identity.js';
import type { WardNoticeKind } from '../process/ward-notice/todo-kinds.js';
import type { Uuid } from '../process/vocabulary.js';

/** Name spaces of what senders name; drawn once, never changed. */
const stays: Uuid = '5f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21';
const wardNotices: Uuid = 'c2b8f7de-1f3c-4c0e-9a5e-6f1d2a7b9c43';

const forms: Uuid = '0e0d7b0c-2f4b-4b8e-8f5f-3f0a9c1d7a52';

/**
 * The stay that a sender's visit number names: the same name gives the same id, in whatever process and however often it
 * comes.
 * @param personId of whom the visit was told after it was told of another (PAT-13)
 */
export function stayIdOf(sender: string, visit: string, personId?: Uuid): Uuid {
  return nameBasedUuid(stays, JSON.stringify([sender, visit, ...(personId === undefined ? [] : [personId])]));
}

/** One to-do of a kind for each visit and ward, however many messages tell of it. */
export function wardNoticeIdOf(
  sender: string,
  visit: string,
  ward: string,
  kind: WardNoticeKind = 'plan-by-telephone',
): Uuid {
  // The first kind has no name of its own in the id: there was no other.
  const name = [sender, visit, ward, ...(kind === 'plan-by-telephone' ? [] : [kind])];
  return nameBasedUuid(wardNotices, JSON.stringify(name));
}

/** The form of a kind that a unit has of its own in a case (SVU-26). */
export function formIdOfUnit(caseId: Uuid, questionnaire: string, unit: string): Uuid {
  return nameBasedUuid(forms, JSON.stringify([caseId, questionnaire, unit]));
}
