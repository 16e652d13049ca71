import type { Bundle, Communication, Parameters, Task } from 'fhir/r4.js';
import { cast } from '../../src/demo/cast.js';
import { codeSystems, identifierSystems } from '../../src/projection/codes/codes.js';
import type { BenchContext, Figure, Measure } from './harness/measure.js';
import { amount, latency, ratioOf } from './harness/measure.js';
import { interleaved, median, percentile } from './harness/statistics.js';
import { FhirClient } from './hub/fhir-client.js';
import { testNumbers } from './hub/persons.js';
import { closedLoop, type Round } from './hub/play.js';
import { publishedCase } from './hub/published-case.js';
import { startWholeHub } from './hub/whole-hub.js';

const size = { todos: 200, messages: 300 };
const mostGrowth = 2;
const day = 24 * 60 * 60 * 1000;
const reasons = ['awaits-information', 'awaits-assessment'] as const;

/** What a step costs in a case that has much, beside the same step in one that has just been published. */
export const largeCase: Measure = {
  name: 'large-case',
  title: 'A step of a large case',
  setting: () =>
    `One request at a time, through the facade of the whole hub: the municipality's \`PUT Task\` with another reason than before, and the ward's message to all. Subject: a case with ${size.todos} to-dos and ${size.messages} messages; floor: one that was just published, in the same hub.`,
  run,
};

async function run({ server, pace, tell }: BenchContext): Promise<readonly Figure[]> {
  const numbers = testNumbers(10);
  const hub = await startWholeHub(server, numbers, undefined, {
    replace: { LISTING_REQUESTS_PER_SECOND: '1000', CASE_MESSAGE_LIMIT: '500' },
  });
  const client = new FhirClient(hub);
  const assessor = new FhirClient({
    http: hub.http,
    authorization: await hub.authorizationOf('needsAssessor'),
  });
  try {
    const [small, large] = [await caseOf(client, numbers[0]), await caseOf(client, numbers[1])];
    await fill(client, large);
    tell('  the large case is there');
    const round = (one: () => Promise<void>) => () =>
      closedLoop({ hub, atATime: 1, milliseconds: pace.milliseconds }, one);
    const both = async (of: string, step: (caseId: string) => Promise<() => Promise<void>>) => {
      const rounds = { floor: round(await step(small)), subject: round(await step(large)) };
      const { subject, floor } = await interleaved(pace.rounds, rounds);
      return figuresOf(of, subject, floor);
    };
    return [
      ...(await both('an update of a to-do', (caseId) => updating(assessor, caseId))),
      ...(await both('a message', async (caseId) => () => send(client, caseId))),
    ];
  } finally {
    client.close();
    assessor.close();
    await hub.stop();
  }
}

function caseOf(client: FhirClient, number: string | undefined): Promise<string> {
  if (number === undefined) throw new Error('there is nobody to open a case for');
  return publishedCase(client, number);
}

/** Changes the day of discharge, which others acknowledge, until there are enough to-dos; then writes the messages. */
async function fill(client: FhirClient, caseId: string): Promise<void> {
  const counted = async () =>
    (await client.send<Bundle>('GET', `Task?based-on=CarePlan/${caseId}&_summary=count`)).total ?? 0;
  for (let days = 5; (await counted()) < size.todos; days += 1) {
    const valueDate = new Date(Date.now() + days * day).toISOString().slice(0, 10);
    const body: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'date', valueDate },
        { name: 'reason', valueString: 'Behöver vård längre' },
      ],
    };
    await client.send('POST', `CarePlan/${caseId}/$change-planned-discharge`, body);
  }
  for (let count = 0; count < size.messages; count += 1) await send(client, caseId);
}

async function send(client: FhirClient, caseId: string): Promise<void> {
  await client.send<Communication>('POST', 'Communication', {
    resourceType: 'Communication',
    status: 'completed',
    basedOn: [{ reference: `CarePlan/${caseId}` }],
    payload: [{ contentString: 'Kan ni ta emot på torsdag?' }],
  });
}

const owner = encodeURIComponent(`${identifierSystems.hsa}|${cast.needsAssessor.unit}`);

/** A step that leaves the case as large as it was. */
async function updating(client: FhirClient, caseId: string): Promise<() => Promise<void>> {
  const found = await client.send<Bundle<Task>>(
    'GET',
    `Task?based-on=CarePlan/${caseId}&owner:identifier=${owner}&code=acknowledge-admission-notice&status=requested`,
  );
  let todo = found.entry?.[0]?.resource;
  let turn = 0;
  return async () => {
    if (todo === undefined) throw new Error('the case has no to-do');
    turn += 1;
    const coding = [{ system: codeSystems.todoStatusReason.system, code: reasons[turn % 2] ?? reasons[0] }];
    const match = { 'if-match': `W/"${todo.meta?.versionId}"` };
    todo = await client.send<Task>('PUT', `Task/${todo.id}`, { ...todo, statusReason: { coding } }, match);
  };
}

function figuresOf(of: string, subject: readonly Round[], floor: readonly Round[]): readonly Figure[] {
  const times = (rounds: readonly Round[]) => rounds.flatMap(({ latencies }) => latencies);
  const half = (rounds: readonly Round[]) => percentile(times(rounds), 0.5);
  const whole = (rounds: readonly Round[]) => latency(half(rounds), percentile(times(rounds), 0.99));
  const cost = (rounds: readonly Round[], name: keyof NonNullable<Round['costs']>) =>
    median(rounds.flatMap(({ costs }) => (costs === undefined ? [] : [costs[name]])));
  const beside = (what: string, unit: 'µs' | 'bytes', name: keyof NonNullable<Round['costs']>): Figure => ({
    of: `${of}: ${what}`,
    subject: amount(unit, cost(subject, name)),
    floor: amount(unit, cost(floor, name)),
    ratio: ratioOf(cost(subject, name), cost(floor, name)),
  });
  const ratio = ratioOf(half(subject), half(floor));
  const aim = { text: `p50 ≤ ${mostGrowth} times`, met: ratio <= mostGrowth };
  return [
    { of, subject: whole(subject), floor: whole(floor), ratio, aim },
    beside('processor, hub', 'µs', 'hubMicroseconds'),
    beside('processor, database', 'µs', 'databaseMicroseconds'),
    beside('write-ahead log', 'bytes', 'walBytes'),
  ];
}
