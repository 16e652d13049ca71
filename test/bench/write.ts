import type { Bundle, CarePlan, Task } from 'fhir/r4.js';
import { codeSystems } from '../../src/projection/codes/codes.js';
import { newCase } from '../../src/demo/requests.js';
import type { BenchContext, Figure, Measure } from './harness/measure.js';
import { FhirClient } from './hub/fhir-client.js';
import { closedLoop, play, type Side } from './hub/play.js';
import type { WholeHub } from './hub/whole-hub.js';

const atATime = 8;
/** Cases whose to-dos are updated in turn. */
const cases = 60;
const personsFor = (quick: boolean) => (quick ? 1_000 : 6_000);
/** A to-do's reason, one of them after the other. */
const reasons = (['awaits-information', 'awaits-assessment'] as const).map((code) => ({
  coding: [{ system: codeSystems.todoStatusReason.system, code }],
}));
const codeOf = ({ statusReason }: Task): string | undefined => statusReason?.coding?.[0]?.code;
const day = 24 * 60 * 60 * 1000;

/** What a ward's system writes, through the facade of the whole hub. */
export const write: Measure = {
  name: 'write',
  title: 'Updates and new cases',
  ofWholeHubs: true,
  setting: () =>
    `A ward's system, ${atATime} requests at a time. Update: \`PUT Task\` with \`If-Match\` and another reason than before, so that each changes the to-do, each request at a to-do of its own out of ${cases} cases. Case: \`POST CarePlan\` of a person nobody knows, with the questions to the population register and to the listing. There is no floor beside it: \`--against\` holds it against another version.`,
  run,
};

function run(context: BenchContext): Promise<readonly Figure[]> {
  const { quick, milliseconds } = context.pace;
  return play(context, {
    persons: personsFor(quick),
    replace: { LISTING_REQUESTS_PER_SECOND: '1000' },
    rounds: (hub, numbers) => sideOf(hub, [...numbers], milliseconds),
  });
}

async function sideOf(hub: WholeHub, numbers: string[], milliseconds: number): Promise<Side> {
  const client = new FhirClient(hub);
  const open = (): Promise<CarePlan> => {
    const number = numbers.pop();
    if (number === undefined) throw new Error('everybody has a case');
    const now = Date.now();
    const planned = new Date(now + 4 * day).toISOString().slice(0, 10);
    return client.send('POST', 'CarePlan', newCase(number, new Date(now - 60_000), planned));
  };
  const todos: Task[] = [];
  for (let count = 0; count < cases; count += atATime) {
    const plans = await Promise.all(Array.from({ length: atATime }, open));
    for (const plan of plans) {
      const found = await client.send<Bundle<Task>>(
        'GET',
        `Task?based-on=CarePlan/${plan.id}&status=requested`,
      );
      todos.push(...(found.entry ?? []).flatMap(({ resource }) => resource ?? []));
    }
  }
  const update = async (): Promise<void> => {
    const todo = todos.shift();
    if (todo === undefined) throw new Error('there are fewer to-dos than requests at a time');
    const before = todo.meta?.versionId;
    const statusReason = reasons.find(({ coding }) => coding[0]?.code !== codeOf(todo));
    const match = { 'if-match': `W/"${before}"` };
    const updated = await client.send<Task>(
      'PUT',
      `Task/${todo.id}`,
      { ...todo, ...(statusReason && { statusReason }) },
      match,
    );
    if (updated.meta?.versionId === before) throw new Error('an update changed nothing');
    todos.push(updated);
  };
  return {
    rounds: {
      'an update': () => closedLoop({ hub, atATime, milliseconds }, update),
      'a case opened': () => closedLoop({ hub, atATime, milliseconds }, async () => void (await open())),
    },
    close: () => Promise.resolve(client.close()),
  };
}
