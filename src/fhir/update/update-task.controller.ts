import { Controller, Inject, Param, Put, Req } from '@nestjs/common';
import type { Task } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import { runOnWardNotice } from '../../cases/case-commands.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { runOnOutsideMessage } from '../../cases/outside-messages.js';
import { runUnderCase } from '../../cases/run-under-case.js';
import type { Session } from '../../log/log.js';
import { todoOfTask } from '../../cases/todo-of-task.js';
import { answersOf } from '../../projection/codes/published-systems.js';
import type { FhirAnswer } from '../answer.js';
import { asShown } from '../as-shown.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { rejectionAnswer } from '../write/rejection-answer.js';
import { writeFault } from '../write/write-faults.js';
import { stepUnderCase } from '../write/step-under-case.js';
import { stepOnCase } from '../write/step-on-case.js';
import { afterStep, requireTarget } from '../write/target.js';
import type { VisibleSighting } from '../write/target.js';
import { CASES } from '../write/injection-tokens.js';
import { Writer } from '../write/writer.js';
import type { Step, WriteRequest } from '../write/writer.js';
import { readTaskUpdate } from './task-update.js';
import type { TaskUpdate } from './task-update.js';

/**
 * `PUT Task` says how far one's own unit has come with a to-do, why, what it answers and what it notes for itself; `completed`
 * acknowledges or otherwise does it (SVU-7, SVU-9, SVU-13, ORG-5). `If-Match` is honoured and recommended.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
@Controller('fhir')
export class UpdateTaskController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
  ) {}

  @Put('Task/:id')
  update(
    @Param('id') id: string,
    @Req() http: HttpRequest,
    @Access() context: AccessContext,
  ): Promise<FhirAnswer> {
    const request = writeRequest(context, 'PUT', http, 'update', `Task/${id}`);
    return this.writer.run(request, async (step) => {
      const found = await requireTarget(this.cases.sql, request, 'Task', id, step);
      const sent = step.body('Task');
      if (sent.id !== id) throw writeFault('wrong-id', { expression: 'Task.id' });
      const stored = JSON.parse(asShown(found.content, this.cases.directory)) as Task;
      const answers = answersOf(this.cases.kinds.todos);
      const update = await sent.read((task) => readTaskUpdate(stored, task, answers));
      if (update.type === 'nothing') {
        await step.answer(this.cases, 200, { type: 'Task', id, ...found });
        return;
      }
      await this.take(request, step, { ...found, id, ofCase: stored.basedOn !== undefined }, update);
    });
  }

  private async take(
    request: WriteRequest,
    step: Step,
    found: VisibleSighting & { readonly id: string; readonly ofCase: boolean },
    { type, data }: Exclude<TaskUpdate, { type: 'nothing' }>,
  ): Promise<void> {
    const { id, streamId, caseId, personId, ofCase } = found;
    if (streamId === null) throw fault('not-found');
    const command = (state: Parameters<typeof todoOfTask>[0]) => {
      const key = todoOfTask(state, streamId, id);
      return key === undefined ? undefined : { type, data: { ...data, key } };
    };
    const target = {
      authorize: ({ sql }: Pick<Session, 'sql'>) => requireTarget(sql, request, 'Task', id, step),
      answer: { status: 200, type: 'Task', id },
      expressionOf,
    } as const;
    if (personId !== null && caseId !== null && caseId !== streamId) {
      await stepUnderCase(request, step, {
        ...target,
        personId,
        run: (of, hooks) => runUnderCase(this.cases, { ...of, caseId, streamId }, hooks, command),
      });
      return;
    }
    // Of a person and no case: of a message outside every case.
    if (personId !== null && !ofCase) {
      await stepUnderCase(request, step, {
        ...target,
        personId,
        run: (of, hooks) => runOnOutsideMessage(this.cases, { ...of, messageId: streamId }, hooks, command),
      });
      return;
    }
    if (personId !== null) {
      await stepOnCase(this.cases, request, step, {
        caseId: streamId,
        personId,
        command,
        ...target,
      });
      return;
    }
    const outcome = await runOnWardNotice(
      this.cases,
      { by: step.by, requestId: request.context.requestId, noticeId: streamId, step: command },
      {
        before: async ({ sql }) => {
          await requireTarget(sql, request, 'Task', id, step);
        },
        after: async (session) => {
          await step.answer(session, 200, await afterStep(session.sql, request.context, 'Task', id));
        },
      },
    );
    if (outcome === undefined) throw fault('not-found');
    if (!outcome.accepted) throw rejectionAnswer(outcome.rejection, expressionOf);
  }
}

/** The FHIRPath of what of a to-do was refused; a step that is refused as a whole is at fault in its status. */
const expressions: Readonly<Record<string, string>> = {
  statusReason: 'Task.statusReason',
  outputs: 'Task.output',
  notes: 'Task.note',
};
const expressionOf = (field: string): string => expressions[field] ?? 'Task.status';
