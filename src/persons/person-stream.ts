import type { ProjectionContext, StreamType } from '../log/stream-type.js';
import { person, personEvents } from '../process/person/person-decider.js';
import type { PersonCommand, PersonEvent, PersonState } from '../process/person/person.js';
import { projectPerson } from '../projection/person/patient.js';

/** A person by random id: the process of protection and copies, and the Patient that shows the latest copy. */
export const personStream: StreamType<PersonState, PersonCommand, PersonEvent> = {
  name: 'person',
  decider: person,
  events: personEvents,
  personOf: () => undefined,
  project: (id, state, context) =>
    projectPerson(id, state, { registerCopy: (personId, version) => record(context, personId, version) }),
};

/** The log hands out the whole copy; the Patient shows the population register's part of it. */
async function record(context: ProjectionContext, personId: string, version: number): Promise<unknown> {
  const copy = (await context.registerCopy(personId, version)) as { record?: unknown } | undefined;
  return copy?.record;
}
