import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { SqlConnection } from '../../persistence/database.js';
import { FhirAnswer } from '../answer.js';
import { CLOCK, DATABASE, KINDS, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { overviewOf } from '../overview/overview.js';
import type { Viewer } from '../overview/overview.js';
import { SubmittedBody, submissionTo } from '../submitted/submitted-body.js';
import { Trail } from '../trail.js';
import { findListed, findShown, mostListed } from './find-work-list.js';
import type { ListedCase, ShownCase } from './find-work-list.js';
import { findLooked, isChanged, keepLooked } from './looked.js';
import { asksForPatients, ordered } from './ordering.js';
import { readWorkListQuestion } from './work-list-input.js';

/**
 * `POST CarePlan/$work-list`: the current cases of the unit (VIEW-1, VIEW-8), with the steps of each as `$overview` shows them. A unit has no
 * more than some hundreds, so all of them are looked through for a page.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class WorkListController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(KINDS) private readonly kinds: CaseKinds,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Post('CarePlan/$work-list')
  @HttpCode(200)
  async list(@Body() body: unknown, @Access() access: AccessContext): Promise<FhirAnswer> {
    const { defaultPageSize: usual, maximumPageSize: most } = this.settings;
    const sent = new SubmittedBody('Parameters', body, submissionTo(this.settings, this.clock));
    const asked = await sent.read((read) => readWorkListQuestion(read, access, { usual, most }));
    const { filter, units, contact, count, offset, looking } = asked;
    const viewer: Viewer = {
      units,
      ...(access.actor === undefined ? {} : { responsibilities: access.actor.responsibilities }),
    };
    const now = this.clock.now();
    const listed = await findListed(this.database, {
      ...viewer,
      now,
      contact,
      patients: asksForPatients(filter),
    });
    if (listed.length > mostListed) throw fault('list-too-long', { values: { most: String(mostListed) } });
    const { actor } = access;
    const looked = actor === undefined ? undefined : await findLooked(this.database, actor);
    const all = ordered(listed, filter);
    const page = all.slice(offset, offset + count);
    const filtered = filter.text !== undefined;
    // Beyond the last page the total alone says that whom the text asks for is here: the trail names those of the last page.
    const told = page.length === 0 && filtered ? all.slice(-count) : page;
    const found = await findShown(
      this.database,
      units,
      told.map(({ id }) => id),
    );
    await this.#record(access, [...found.values()], {
      isEmpty: page.length === 0,
      ...(filtered ? { said: { filtered, total: all.length } } : {}),
    });
    const changedPart = (each: ListedCase) =>
      actor === undefined ? [] : [{ name: 'isChanged', valueBoolean: isChanged(looked, each) }];
    const cases = page.flatMap((each) => {
      const shown = found.get(each.id);
      return shown === undefined
        ? []
        : { name: 'case', part: [...this.#partsOf(each, shown, viewer), ...changedPart(each)] };
    });
    if (looking && actor !== undefined) await keepLooked(this.database, actor, now, listed);
    const answer: Parameters = {
      resourceType: 'Parameters',
      parameter: [{ name: 'total', valueUnsignedInt: all.length }, ...cases],
    };
    return new FhirAnswer(200, answer);
  }

  #partsOf(
    { changed, todos }: ListedCase,
    { plan, tasks, patient }: ShownCase,
    viewer: Viewer,
  ): ParametersParameter[] {
    const rows = this.kinds.todos;
    const stepOf = (kind: string) => (Object.hasOwn(rows, kind) ? rows[kind]?.step : undefined);
    return [
      { name: 'plan', resource: plan },
      ...(patient === undefined ? [] : [{ name: 'patient', resource: patient }]),
      { name: 'changed', valueInstant: changed.toISOString() },
      { name: 'todos', valueUnsignedInt: todos },
      ...(overviewOf(plan, tasks, viewer, stepOf).parameter ?? []),
    ];
  }

  /** One record for each case that was shown or told of, so that the trail of a person is whole (ACC-5); what was asked for it does not say. */
  #record(
    access: AccessContext,
    told: readonly ShownCase[],
    { isEmpty, said = {} }: { readonly isEmpty: boolean; readonly said?: Readonly<Record<string, unknown>> },
  ): Promise<void> {
    const action = '$work-list';
    if (told.length === 0)
      return this.trail.record(access, action, 'success', {}, { resources: [], ...said });
    return this.trail.recordAll(
      told.map(({ id, personId, patient }) => ({
        context: access,
        action,
        outcome: 'success',
        touched: { personId, caseId: id },
        detail: {
          resources: isEmpty
            ? []
            : [`CarePlan/${id}`, ...(patient?.id === undefined ? [] : [`Patient/${patient.id}`])],
          ...said,
        },
      })),
    );
  }
}
