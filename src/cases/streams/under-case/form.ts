import { form, formEvents } from '../../../process/form/form-decider.js';
import type { FormCommand, FormEvent, FormState } from '../../../process/form/form.js';
import { projectForm } from '../../../projection/form/form.js';
import type { StreamType } from '../../../log/stream-type.js';

/** A form under a case of whatever kind. A kind whose cases have forms names it in `under`, and says `forms`. */
export const formStream: StreamType<FormState, FormCommand, FormEvent> & {
  readonly takesSteps: true;
  readonly nextDeadline?: undefined;
} = {
  name: 'form',
  decider: form,
  events: formEvents,
  personOf: ({ personId }) => personId,
  caseOf: ({ caseId }) => caseId,
  project: projectForm,
  takesSteps: true,
};
