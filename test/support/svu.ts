import type { CarePlan, Consent, Parameters, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { codeSystems, coding, extensions, identifierSystems } from '../../src/projection/codes/codes.js';
import type { TestHub } from './hub.js';
import { staff, type Who } from './staff.js';

export { staff, type Who };

export type SendOptions = {
  readonly key?: string;
  readonly ifMatch?: string;
  readonly type?: string;
};

const isAcknowledgement = ({ code }: Task): boolean =>
  code?.coding?.[0]?.code?.startsWith('acknowledge-') === true;

/** Requests of one person at one unit. */
export async function as(hub: TestHub, who: Who) {
  const token = await hub.user(staff[who].user, staff[who].unit);
  const send = (
    method: 'post' | 'put',
    path: string,
    body: unknown,
    options: SendOptions,
  ): Promise<Response> => {
    const http = hub.http();
    const request = (method === 'post' ? http.post(`/fhir/${path}`) : http.put(`/fhir/${path}`))
      .set('authorization', token)
      .set('content-type', options.type ?? 'application/fhir+json');
    if (options.key !== undefined) request.set('idempotency-key', options.key);
    if (options.ifMatch !== undefined) request.set('if-match', options.ifMatch);
    return request.send(typeof body === 'string' ? body : JSON.stringify(body)).then((answer) => answer);
  };
  return {
    get: (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
      hub
        .http()
        .get(`/fhir/${path}`)
        .set({ ...headers, authorization: token })
        .then((answer) => answer),
    post: (path: string, body: unknown, options: SendOptions = {}) => send('post', path, body, options),
    put: (path: string, body: unknown, options: SendOptions = {}) => send('put', path, body, options),
    /** The requested to-dos of one's unit on a case; what is to be acknowledged comes first, for tests that take any. */
    todos: async (caseId: string): Promise<Task[]> => {
      const { rows } = await hub.store.database.query<{ content: string }>(
        `select content from resource where type = 'Task' and scope = $1 and owner = $2 and status = 'requested' and not deleted`,
        [caseId, staff[who].unit],
      );
      const tasks = rows.map(({ content }) => JSON.parse(content) as Task);
      const [first, others] = [
        tasks.filter(isAcknowledgement),
        tasks.filter((task) => !isAcknowledgement(task)),
      ];
      return [...first, ...others];
    },
  };
}

/** The system of the number's kind; in a samordningsnummer 60 is added to the day. */
const systemOf = (number: string): string =>
  identifierSystems[Number(number.slice(6, 8)) > 60 ? 'samordningsnummer' : 'personnummer'];

/** A CarePlan that opens an SVU, admitted some hours before `now`. */
export function carePlan(number: string, changes: Partial<CarePlan> = {}, now = new Date()): CarePlan {
  return {
    resourceType: 'CarePlan',
    status: 'draft',
    intent: 'plan',
    category: [{ coding: [coding(codeSystems.caseKind, 'svu')] }],
    subject: { identifier: { system: systemOf(number), value: number } },
    period: {
      start: new Date(now.getTime() - 3 * 3600_000).toISOString(),
      end: new Date(now.getTime() + 5 * 86_400_000).toISOString().slice(0, 10),
    },
    description: 'Höftfraktur efter fall',
    ...changes,
  };
}

/** A Consent of a case: given orally by the patient unless changed. */
export function consent(
  caseId: string,
  kind: 'consent' | 'refusal' = 'consent',
  changes: Partial<Consent> = {},
): Consent {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
    },
    category: [{ coding: [coding(codeSystems.decision, kind)] }],
    extension: [
      { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, 'oral') },
      { url: extensions.decisionGivenBy, valueCoding: coding(codeSystems.decisionGivenBy, 'patient') },
    ],
    policyRule: { text: 'Lag (2017:612)' },
    provision: {
      type: kind === 'refusal' ? 'deny' : 'permit',
      data: [{ meaning: 'related', reference: { reference: `CarePlan/${caseId}` } }],
    },
    ...changes,
  };
}

/** Parameters of an operation: strings, booleans, dates and references by their FHIR value name. */
export function parameters(...of: Parameters['parameter'] & object): Parameters {
  return { resourceType: 'Parameters', parameter: of };
}

export const informed = parameters(
  { name: 'informed', valueBoolean: true },
  { name: 'oral', valueBoolean: true },
  { name: 'written', valueBoolean: true },
);

/** Codes of an OperationOutcome: rules and refusal codes. */
export function codesOf(answer: Response): readonly string[] {
  const issues = (answer.body as { issue?: { details?: { coding?: { code?: string }[] } }[] }).issue ?? [];
  return issues.flatMap((issue) => (issue.details?.coding ?? []).map(({ code }) => code ?? ''));
}

/** Opens a case as the ward's nurse. @returns its id */
export async function opened(hub: TestHub, number: string): Promise<string> {
  const answer = await (await as(hub, 'nurse')).post('CarePlan', carePlan(number, {}, hub.time.now));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return (answer.body as { id: string }).id;
}

/** SVU-40: publishing goes on though nobody of primary care takes part, as where the listing names no unit of the hub. */
export const withoutPrimaryCare = { name: 'confirmedWarning', valueCode: 'primary-care-missing' };

/** Opens a case and publishes its admission notice under consent. @returns its id */
export async function published(hub: TestHub, number: string): Promise<string> {
  const id = await opened(hub, number);
  const nurse = await as(hub, 'nurse');
  for (const [path, body] of [
    [`CarePlan/${id}/$record-patient-information`, informed],
    ['Consent', consent(id)],
    [`CarePlan/${id}/$publish-admission-notice`, parameters(withoutPrimaryCare)],
  ] as const) {
    const answer = await nurse.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  }
  return id;
}
