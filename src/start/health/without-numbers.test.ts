import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Counter, Registry } from 'prom-client';
import { createLogger } from '../logger.js';
import { labelsWithoutNumbers } from './without-numbers.js';

/** A test number in the forms people, and those who want it overlooked, write it. */
const forms = [
  '193406129829',
  '3406129829',
  '340612-9829',
  '340612+9829',
  '19340612-9829',
  '1934-06-12-9829',
  '3406 12 9829',
  '３４０６１２９８２９',
  '3406x12x9829',
  'urn:oid:1.2.752.129.2.1.3.1|193406129829',
  'https://issuer.example/193406129829/',
];

function written(log: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  log(createLogger({ logLevel: 'trace' }, sink));
  return text;
}

describe('promise 7: whatever was forgotten before, no personal number passes', () => {
  it.each(forms)('the log, in a value, a name of one, a list, an error or the text: %s', (form) => {
    const plain = form.normalize('NFKC').replaceAll(/\D/g, '').slice(-4);
    for (const log of [
      (logger) => logger.info({ issuer: form }, 'text'),
      (logger) => logger.warn({ deep: { headers: [{ 'user-agent': `curl ${form}` }] } }, 'text'),
      (logger) => logger.error({ [form]: 1 }, 'text'),
      (logger) => logger.error(new Error(`no such person: ${form}`)),
      (logger) => logger.child({ traceparent: form }).info('text'),
      (logger) => logger.info(`asked for ${form}`),
      (logger) => logger.info({ number: Number(form) }, 'text'),
    ] as ((logger: ReturnType<typeof createLogger>) => void)[]) {
      const line = written(log);
      expect(line).not.toContain(form);
      expect(JSON.stringify({ ...JSON.parse(line), time: 0 })).not.toContain(plain);
    }
  });

  it('and leaves every other line as it is', () => {
    const fields = {
      requestId: '0d5c2a5e-3406-1298-8298-3406129829aa',
      durationMs: 12.5,
      at: '2026-03-01T10:00:00.000Z',
      hsaId: 'SE2321000016-W101',
    };
    expect(JSON.parse(written((logger) => logger.info(fields, 'request')))).toMatchObject(fields);
  });

  it.each(forms)('a label of a metric: %s', async (form) => {
    const registry = new Registry();
    const counter = new Counter({
      name: 'asked_total',
      help: 'Asked',
      labelNames: ['client', 'route'],
      registers: [registry],
    });
    counter.inc({ client: form, route: '/fhir/"quoted"\\' }, 3_406_129_829);
    const text = labelsWithoutNumbers(await registry.metrics());
    expect(text).not.toContain(`"${form}`);
    expect(text).toContain('asked_total{client="[withheld]",route="/fhir/\\"quoted\\"\\\\"} 3406129829');
  });
});
