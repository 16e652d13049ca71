import { Controller, Inject, Param, Put, Req } from '@nestjs/common';
import type { Consent } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import type { FhirAnswer } from '../answer.js';
import { asShown } from '../as-shown.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { takeAsStored } from '../submitted/as-stored.js';
import type { Difference } from '../submitted/as-stored.js';
import type { Submitted } from '../submitted/submitted.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { writeIssue, writeFault } from '../write/write-faults.js';
import { stepOnCase } from '../write/step-on-case.js';
import { requireTarget } from '../write/target.js';
import { CASES } from '../write/injection-tokens.js';
import { Writer } from '../write/writer.js';

/**
 * `PUT Consent` deregisters a decision: `status` to inactive, or to entered-in-error where it was registered by mistake
 * (CON-6), and nothing else (CON-8). A registered decision is not changed, it is replaced by a new one. One that is inactive already is asked of the case all the same: a later decision may
 * stand. `If-Match` is honoured and recommended.
 * @see https://hl7.org/fhir/R4/http.html#update
 */
@Controller('fhir')
export class UpdateConsentController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
  ) {}

  @Put('Consent/:id')
  update(
    @Param('id') id: string,
    @Req() http: HttpRequest,
    @Access() context: AccessContext,
  ): Promise<FhirAnswer> {
    const request = writeRequest(context, 'PUT', http, 'update', `Consent/${id}`);
    return this.writer.run(request, async (step) => {
      const found = await requireTarget(this.cases.sql, request, 'Consent', id, step);
      const sent = step.body('Consent');
      if (sent.id !== id) throw writeFault('wrong-id', { expression: 'Consent.id' });
      const stored = JSON.parse(asShown(found.content, this.cases.directory)) as Consent;
      const { status } = await sent.read((consent) => readConsentUpdate(stored, consent));
      if (status === undefined) {
        await step.answer(this.cases, 200, { type: 'Consent', id, ...found });
        return;
      }
      if (found.scope === null || found.personId === null) throw fault('not-found');
      await stepOnCase(this.cases, request, step, {
        caseId: found.scope,
        personId: found.personId,
        command: () => ({ type: 'deregister-decision', data: { decisionId: id, ...deregistering[status] } }),
        authorize: ({ sql }) => requireTarget(sql, request, 'Consent', id, step),
        answer: { status: 200, type: 'Consent', id },
        expressionOf: () => 'Consent.status',
      });
    });
  }
}

const deregistering = { inactive: {}, 'entered-in-error': { mistake: true } } as const;
type Deregistering = keyof typeof deregistering;

/** A copy that was read before the decision was deregistered lacks the end that the hub wrote, and is taken all the same. */
function differencesOf(stored: Consent, sent: Submitted<Consent>): readonly Difference[] {
  const found = takeAsStored(sent, stored, ['status']);
  if (found.length === 0 || stored.status === 'active') return found;
  const { end: _end, ...period } = stored.provision?.period ?? {};
  const before = takeAsStored(sent, { ...stored, provision: { ...stored.provision, period } }, ['status']);
  return before.length === 0 ? before : found;
}

/** Nothing but the status may differ, and that may become one of those that deregister. @returns no status: it is as it was */
function readConsentUpdate(stored: Consent, sent: Submitted<Consent>): { status?: Deregistering } {
  for (const { expression, element } of differencesOf(stored, sent))
    sent.note([writeIssue('element-not-changeable', { expression, values: { element } })]);
  const status = sent.value('status');
  // What was a mistake stays one; an active decision that is sent back active is left as it is.
  const possible: readonly string[] =
    stored.status === 'entered-in-error' ? [stored.status] : Object.keys(deregistering);
  if (isDeregistering(status) && possible.includes(status)) return { status };
  if (status !== stored.status) sent.fault('value-not-taken', '.status', { expected: possible.join(', ') });
  return {};
}

const isDeregistering = (status: unknown): status is Deregistering =>
  typeof status === 'string' && Object.hasOwn(deregistering, status);
