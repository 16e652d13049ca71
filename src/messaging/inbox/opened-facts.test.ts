import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { SealBroken, sealFact, type SealedEvent } from '../contracts/sealed-event.js';
import { factTopics } from '../contracts/facts.js';
import { OpenedFacts } from './opened-facts.js';

const plain = {
  specversion: '1.0',
  id: 'id',
  source: 'urn:hemgang:connector:melior:test',
  type: factTopics.stay,
  time: '2026-01-01T12:00:00.000Z',
  datacontenttype: 'application/json',
  data: { visit: 'one' },
};

function sealed() {
  const { value, key } = sealFact(factTopics.stay, JSON.stringify(plain));
  if (key === undefined) throw new Error('not sealed');
  return { event: JSON.parse(value) as SealedEvent, key: key.key };
}

/** What tells a kept one from one that is opened: nobody could have sealed it so. */
const mark = { kept: true };

describe('What was opened a moment ago', () => {
  it('is given to who brings the key, as it would be if it were opened', () => {
    const { event, key } = sealed();
    const opened = new OpenedFacts();
    opened.keep(event, key, plain.data);
    const first = opened.open(event, Buffer.from(key));
    expect(first).toEqual(opened.open(event, key));
    expect(first).toEqual(plain);
  });

  it('is given once', () => {
    const { event, key } = sealed();
    const opened = new OpenedFacts();
    opened.keep(event, key, mark);
    expect(opened.open(event, key).data).toBe(mark);
    expect(opened.open(event, key).data).toEqual(plain.data);
  });

  it('is not given without its key', () => {
    const { event, key } = sealed();
    const opened = new OpenedFacts();
    opened.keep(event, key, mark);
    expect(() => opened.open(event, randomBytes(32))).toThrow(SealBroken);
  });

  it.each(['id', 'source', 'type', 'time', 'data_base64'] as const)(
    'is not given where %s was altered since: that seal is broken',
    (field) => {
      const { event, key } = sealed();
      const opened = new OpenedFacts();
      opened.keep(event, key, mark);
      const altered = {
        ...event,
        [field]: field === 'data_base64' ? randomBytes(200).toString('base64') : 'other',
      };
      expect(() => opened.open(altered, key)).toThrow(SealBroken);
    },
  );

  it('is forgotten after some seconds, whether or not anything happens', () => {
    jest.useFakeTimers();
    try {
      const { event, key } = sealed();
      const opened = new OpenedFacts();
      opened.keep(event, key, mark);
      jest.advanceTimersByTime(10_001);
      expect(jest.getTimerCount()).toBe(0);
      expect(opened.open(event, key).data).toEqual(plain.data);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is bounded, in number and in size', () => {
    const { event, key } = sealed();
    const opened = new OpenedFacts();
    for (let count = 0; count < 1_000; count += 1)
      opened.keep({ ...event, sealkey: `other ${count}` }, key, mark);
    opened.keep(event, key, mark);
    expect(opened.open(event, key).data).toEqual(plain.data);
    const long = { ...event, data_base64: 'A'.repeat(16 * 1024 + 4) };
    const second = new OpenedFacts();
    second.keep(long, key, mark);
    expect(() => second.open(long, key)).toThrow(SealBroken);
  });
});
