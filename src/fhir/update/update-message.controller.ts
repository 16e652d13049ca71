import { Controller, Inject, Param, Put, Req } from '@nestjs/common';
import type { Communication } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { annulMessage } from '../../cases/send-message.js';
import { runOnOutsideMessage } from '../../cases/outside-messages.js';
import type { Session } from '../../log/log.js';
import type { FhirAnswer } from '../answer.js';
import { asShown } from '../as-shown.js';
import { Access } from '../http/access.js';
import { takeAsStored } from '../submitted/as-stored.js';
import type { Submitted } from '../submitted/submitted.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { writeFault, writeIssue } from '../write/write-faults.js';
import { stepUnderCase } from '../write/step-under-case.js';
import { requireTarget } from '../write/target.js';
import { CASES } from '../write/injection-tokens.js';
import { Writer } from '../write/writer.js';

/**
 * `PUT Communication` annuls a message: `status` from completed to entered-in-error, and nothing else (MSG-3). Of one outside every case
 * `stopped` says that the consent was taken back (CON-8). What the hub itself wrote is no unit's to annul. `If-Match` is honoured and recommended.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
@Controller('fhir')
export class UpdateMessageController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
  ) {}

  @Put('Communication/:id')
  update(
    @Param('id') id: string,
    @Req() http: HttpRequest,
    @Access() context: AccessContext,
  ): Promise<FhirAnswer> {
    const request = writeRequest(context, 'PUT', http, 'update', `Communication/${id}`);
    return this.writer.run(request, async (step) => {
      const found = await requireTarget(this.cases.sql, request, 'Communication', id, step);
      const sent = step.body('Communication');
      if (sent.id !== id) throw writeFault('wrong-id', { expression: 'Communication.id' });
      const stored = JSON.parse(asShown(found.content, this.cases.directory)) as Communication;
      // What is of no case and is a message at all (a stream of its own) is one outside every case, of which the consent is taken back too.
      const isOutside = found.caseId === null && found.streamId === id;
      const { step: update } = await sent.read((body) => readMessageUpdate(stored, body, isOutside));
      if (update === undefined) {
        await step.answer(this.cases, 200, { type: 'Communication', id, ...found });
        return;
      }
      const { caseId, personId } = found;
      const target = {
        authorize: ({ sql }: Pick<Session, 'sql'>) => requireTarget(sql, request, 'Communication', id, step),
        answer: { status: 200, type: 'Communication', id },
        expressionOf: () => 'Communication.status',
      } as const;
      if (isOutside && personId !== null) {
        const command = { type: update, data: {} };
        await stepUnderCase(request, step, {
          ...target,
          personId,
          run: (of, hooks) => runOnOutsideMessage(this.cases, { ...of, messageId: id }, hooks, () => command),
        });
        return;
      }
      // Of a notice: it is no stream of its own.
      if (caseId === null || personId === null || found.streamId !== id)
        throw writeFault('element-not-changeable', {
          expression: 'Communication.status',
          values: { element: 'status' },
        });
      await stepUnderCase(request, step, {
        ...target,
        personId,
        run: (of, hooks) => annulMessage(this.cases, { ...of, caseId, messageId: id }, hooks),
      });
    });
  }
}

/** Nothing but the status may differ, and that may become entered-in-error; of a message outside every case also stopped. */
function readMessageUpdate(
  stored: Communication,
  sent: Submitted<Communication>,
  isOutside: boolean,
): { readonly step?: 'annul' | 'withdraw-consent' } | undefined {
  for (const { expression, element } of takeAsStored(sent, stored, ['status', 'extension']))
    sent.note([writeIssue('element-not-changeable', { expression, values: { element } })]);
  const changed = sent.differsFrom('extension', stored.extension);
  // A copy from before it was annulled lacks who annulled it, and is taken all the same.
  if (changed.length > 0 && stored.status === 'completed')
    sent.note(
      changed.map((expression) =>
        writeIssue('element-not-changeable', { expression, values: { element: 'extension' } }),
      ),
    );
  sent.takeWhole('extension');
  const status = sent.value('status');
  if (status === stored.status) return {};
  if (status === 'entered-in-error') return { step: 'annul' };
  if (isOutside && status === 'stopped') return { step: 'withdraw-consent' };
  const expected = isOutside ? 'entered-in-error, stopped' : 'entered-in-error';
  return sent.fault('value-not-taken', '.status', { expected });
}
