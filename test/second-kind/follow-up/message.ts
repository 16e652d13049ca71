import type { Communication } from 'fhir/r4.js';
import type { StreamType } from '../../../src/log/stream-type.js';
import { accept } from '../../../src/process/rejections/rejection.js';
import type { Command, ProcessEvent, Uuid } from '../../../src/process/vocabulary.js';
import { patientReference, referenceTo } from '../../../src/projection/references.js';
import { codeToken, referenceTokens } from '../../../src/projection/search-tokens.js';

type Message = { readonly caseId: Uuid; readonly personId: Uuid; readonly text: string };
type MessageCommand = Command<'send', Message>;
type MessageEvent = ProcessEvent<'MessageSent', Message>;

/** A message between those who take part in a follow-up, in a stream of its own: a refusal hides it whole (CON-5). */
export const message: Omit<StreamType<Message, MessageCommand, MessageEvent>, 'nextDeadline'> = {
  name: 'follow-up-message',
  decider: {
    decide: ({ at, by, data }) => accept({ type: 'MessageSent', at, by, data }),
    evolve: (_state, { data }) => data,
  },
  personOf: ({ personId }) => personId,
  caseOf: ({ caseId }) => caseId,
  project(id, { caseId, personId, text }) {
    const about = referenceTo('CarePlan', caseId);
    const subject = patientReference(personId);
    const content: Communication & { id: string } = {
      resourceType: 'Communication',
      id,
      status: 'completed',
      basedOn: [about],
      subject,
      payload: [{ contentString: text }],
    };
    return {
      resources: [
        {
          content,
          scope: caseId,
          personId,
          needs: 'full',
          draft: false,
          tokens: [
            codeToken('status', 'completed'),
            ...referenceTokens('based-on', about),
            ...referenceTokens('subject', subject),
          ],
        },
      ],
      grants: [],
    };
  },
};
