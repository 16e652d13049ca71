import { Registry } from 'prom-client';
import { ConnectorMetrics, gaugeBacklog } from '../../../connectors/common/connector-metrics.js';
import { metered } from '../../../connectors/common/lookup/metered-lookup.js';
import { sendMllp } from '../../../connectors/melior/mllp/send-mllp.js';
import { LookupUnavailable } from '../../../src/messaging/contracts/lookups.js';
import { createTestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, runMelior, transportOn } from './support.js';

const valueOf = (text: string, sample: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};

it('every connector is counted in the same words: what became of messages, how long, what waits', async () => {
  const test = await createTestDatabase();
  const registry = new Registry();
  const transport = await transportOn(test.database);
  let up = false;
  const append = transport.append.bind(transport);
  transport.append = (topic, messages) =>
    up ? append(topic, messages) : Promise.reject(new Error('the transport is down'));
  const melior = await runMelior(test.url, transport, { metrics: new ConnectorMetrics(registry) });
  gaugeBacklog(registry, melior.pool);
  const send = (message: string) => sendMllp('127.0.0.1', melior.address.port, message);
  await send(adt({ controlId: 'C1' }));
  await send(adt({ controlId: 'C1' }));
  await send(adt({ controlId: 'C2', pv1: 'PV1|1|I' }));
  await send(adt({ controlId: 'C3', pv1: 'PV1|1|O' }));
  const text = await registry.metrics();
  for (const outcome of ['stored', 'repeated', 'nothing', 'refused'])
    expect(valueOf(text, `hemgang_connector_messages_total{connector="melior",outcome="${outcome}"}`)).toBe(
      1,
    );
  expect(valueOf(text, 'hemgang_connector_message_seconds_count{connector="melior"}')).toBe(2);
  expect(valueOf(text, 'hemgang_connector_waiting{connector="melior"}')).toBe(1);
  const { lastMessageAt, detail } = await melior.health();
  expect(lastMessageAt).toBeDefined();
  expect(detail).toMatchObject({ stored: 1, repeated: 1, nothing: 1, refused: 1 });
  await waitFor(
    'the reason',
    async () => (await melior.health()).why === 'facts do not reach their topic: Error',
  );

  up = true;
  await waitFor(
    'nothing waits',
    async () => !(await registry.metrics()).includes('hemgang_connector_waiting{'),
  );
  await melior.end();
  await test.drop();
  // Without its store the gauges are absent; the rest of the page is served all the same.
  expect(await registry.metrics()).toContain('hemgang_connector_messages_total');
});

it('lookups are counted by outcome, and pass through unchanged', async () => {
  const registry = new Registry();
  const metrics = new ConnectorMetrics(registry);
  const failure = new LookupUnavailable('listing', 'VP009', true);
  const asked = metered(metrics, 'listing', {
    lookUp: (question: string) => (question === 'x' ? Promise.reject(failure) : Promise.resolve(question)),
  });
  expect(await asked.lookUp('a')).toBe('a');
  await expect(asked.lookUp('x')).rejects.toBe(failure);
  const text = await registry.metrics();
  expect(valueOf(text, 'hemgang_connector_lookups_total{connector="listing",outcome="VP009"}')).toBe(1);
  expect(valueOf(text, 'hemgang_connector_lookups_total{connector="listing",outcome="answered"}')).toBe(1);
  expect(valueOf(text, 'hemgang_connector_lookup_seconds_count{connector="listing"}')).toBe(2);
});
