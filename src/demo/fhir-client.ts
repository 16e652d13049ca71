import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Bundle, CarePlan, FhirResource, OperationOutcome, Parameters, Task } from 'fhir/r4.js';
import { Client } from 'fhir-kit-client';
import type { DemoIssuer } from '../access/demo-issuer.js';
import { identifierSystems } from '../projection/codes/codes.js';
import type { Player } from './cast.js';

/** An answer of the hub that was not a success, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly codes: readonly string[],
    text: string,
  ) {
    super(text);
  }
}

/** What one person does through FHIR, as a journal or municipal system would do it for her. */
export class FhirClient {
  private constructor(
    private readonly client: Client,
    readonly player: Player,
  ) {}

  static async open(baseUrl: string, issuer: DemoIssuer, player: Player): Promise<FhirClient> {
    const bearerToken = await issuer.userToken({ user: player.user, unit: player.unit });
    return new FhirClient(new Client({ baseUrl, bearerToken }), player);
  }

  /** @throws Refused */
  async create<Resource extends FhirResource>(resource: FhirResource): Promise<Resource> {
    const { resourceType } = resource;
    return this.answer<Resource>(
      this.client.create({ resourceType, body: { ...resource }, options: { headers: repeatable() } }),
    );
  }

  /** Takes a step on a case. @throws Refused */
  async step(
    caseId: string,
    name: string,
    ...parameter: Parameters['parameter'] & object
  ): Promise<CarePlan> {
    const input = { resourceType: 'Parameters', ...(parameter.length > 0 && { parameter }) };
    return this.answer<CarePlan>(
      this.client.operation({
        name: `$${name}`,
        resourceType: 'CarePlan',
        id: caseId,
        input,
        options: { headers: repeatable() },
      }),
    );
  }

  /** Resources found; the parameters travel in the body, never in the URL. @throws Refused */
  async search<Resource extends FhirResource>(
    resourceType: Resource['resourceType'],
    searchParams: Record<string, string>,
  ): Promise<Resource[]> {
    const bundle = await this.answer<Bundle<Resource>>(
      this.client.search({ resourceType, searchParams, options: { postSearch: true } }),
    );
    return (bundle.entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
  }

  /** Waits until a search finds something; facts come in asynchronously. */
  async eventually<Resource extends FhirResource>(
    resourceType: Resource['resourceType'],
    searchParams: Record<string, string>,
  ): Promise<Resource> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const [found] = await this.search<Resource>(resourceType, searchParams);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`no ${resourceType} was to be seen within a minute`);
      await delay(100);
    }
  }

  /** The to-dos of this person's unit on a case. */
  todos(caseId: string): Promise<Task[]> {
    return this.search<Task>('Task', {
      'based-on': `CarePlan/${caseId}`,
      'owner:identifier': `${identifierSystems.hsa}|${this.player.unit}`,
      status: 'requested',
    });
  }

  /** @throws Refused */
  async complete(todo: Task): Promise<Task> {
    const body = { ...todo, status: 'completed' } as const;
    return this.answer<Task>(
      this.client.update({
        resourceType: 'Task',
        id: todo.id ?? '',
        body,
        options: { headers: { ...repeatable(), 'If-Match': `W/"${todo.meta?.versionId}"` } },
      }),
    );
  }

  private async answer<Answer>(request: Promise<object>): Promise<Answer> {
    try {
      return (await request) as Answer;
    } catch (error) {
      const response = (error as { response?: { status: number; data?: OperationOutcome } }).response;
      if (response === undefined) throw error;
      const issues = response.data?.issue ?? [];
      throw new Refused(
        response.status,
        issues.flatMap(({ details }) => (details?.coding ?? []).map(({ code }) => code ?? '')),
        issues.map(({ details, diagnostics }) => details?.text ?? diagnostics ?? '').join(' '),
      );
    }
  }
}

/** A request that may be sent again without happening twice. */
const repeatable = () => ({ 'Idempotency-Key': randomUUID() });
