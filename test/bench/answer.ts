import { randomUUID } from 'node:crypto';
import type { Parameters, QuestionnaireResponse } from 'fhir/r4.js';
import { Pool } from 'pg';
import { bareAppend, type AppendedRows } from './bare-append.js';
import type { BenchContext, Figure, Measure } from './harness/measure.js';
import { FhirClient } from './hub/fhir-client.js';
import { closedLoop, play, type Side } from './hub/play.js';
import { publishedCase } from './hub/published-case.js';
import type { WholeHub } from './hub/whole-hub.js';
import { writtenRows } from './hub/written-rows.js';

const atATime = 8;
/** Forms that are written in, in turn. */
const forms = 40;
const aim = 0.4;
const field = 'mobility-current';

/** What a unit writes in a form, through the facade of the whole hub (SVU-14). */
export const answer: Measure = {
  name: 'answer',
  title: 'An answer in a form',
  ofWholeHubs: true,
  setting: () =>
    `A ward's system, ${atATime} requests at a time: \`$save-answers\` of one field in one of ${forms} assessments, another text each time, with the version seen. Floor: bare pg writing the same rows (the event, the form, its QuestionnaireResponse with its version), a prepared statement each, in one transaction; without token, trail, repeat key, locks, the case, or what is decided.`,
  run,
};

async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { milliseconds } = context.pace;
  let written: AppendedRows | undefined;
  return play(context, {
    persons: 1_000,
    aim,
    replace: { LISTING_REQUESTS_PER_SECOND: '1000', FORM_SAVE_LIMIT: '100000' },
    rounds: async (hub, numbers) => {
      const side = await sideOf(hub, numbers, milliseconds);
      written ??= await writtenRows(hub, side.first);
      return side;
    },
    floor: async () => {
      if (written === undefined) throw new Error('no answer was saved');
      const store = await context.server.createDatabase();
      const pool = new Pool({ connectionString: store.url, max: atATime });
      pool.on('error', () => undefined); // A connection that ends with the server.
      const next = inTurn(written);
      return {
        rounds: {
          'an answer': () => closedLoop({ atATime, milliseconds }, () => bareAppend(pool, next())),
        },
        close: async () => (await pool.end(), await store.drop()),
      };
    },
  });
}

async function sideOf(
  hub: WholeHub,
  numbers: readonly string[],
  milliseconds: number,
): Promise<Side & { readonly first: string }> {
  const client = new FhirClient(hub);
  /** Those that nobody is writing in, with the version that was seen. */
  const free: { readonly id: string; readonly seen: number }[] = [];
  for (const number of numbers.slice(0, forms)) free.push(await openForm(client, number));
  let count = 0;
  const save = async (): Promise<void> => {
    const form = free.shift();
    if (form === undefined) throw new Error('there are fewer forms than requests at a time');
    count += 1;
    const saved = await client.send<QuestionnaireResponse>(
      'POST',
      `QuestionnaireResponse/${form.id}/$save-answers`,
      answerOf(`Går med rollator, ${count}`, form.seen),
    );
    free.push(seen(saved));
  };
  // Each form says something, so that every later answer is a change.
  for (let each = 0; each < forms; each += 1) await save();
  return {
    first: free[0]?.id ?? '',
    rounds: { 'an answer': () => closedLoop({ hub, atATime, milliseconds }, save) },
    close: () => Promise.resolve(client.close()),
  };
}

async function openForm(client: FhirClient, number: string): Promise<ReturnType<typeof seen>> {
  const caseId = await publishedCase(client, number);
  const opened = await client.send<QuestionnaireResponse>('POST', `CarePlan/${caseId}/$open-form`, {
    resourceType: 'Parameters',
    parameter: [
      { name: 'questionnaire', valueCanonical: 'https://hemgang.example/fhir/Questionnaire/assessment' },
    ],
  });
  return seen(opened);
}

const seen = ({ id = '', meta }: QuestionnaireResponse) => ({ id, seen: Number(meta?.versionId) });

const answerOf = (text: string, version: number): Parameters => ({
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'answer',
      part: [
        { name: 'linkId', valueString: field },
        { name: 'value', valueString: text },
        { name: 'version', valuePositiveInt: version },
      ],
    },
  ],
});

/** The rows of one answer after the other, in forms of its own; none is written again before the others were. */
function inTurn({ event, stream, resources, versions }: AppendedRows): () => AppendedRows {
  const ids = Array.from({ length: forms }, () => ({
    stream: randomUUID(),
    of: resources.map(() => randomUUID()),
  }));
  let count = 0;
  return () => {
    const { stream: id, of } = ids[count % forms] ?? { stream: randomUUID(), of: [] };
    const version = 1 + Math.floor(count / forms);
    count += 1;
    const other = (row: readonly unknown[], index: number) => [
      row[0],
      of[index],
      version,
      row[3],
      id,
      ...row.slice(5),
    ];
    return {
      event: [randomUUID(), event[1], id, version, ...event.slice(4)],
      stream: [id, stream[1], version, ...stream.slice(3)],
      resources: resources.map(other),
      versions: versions.map(other),
    };
  };
}
