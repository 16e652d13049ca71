import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { codeOf, adt, mapping, number, segment, testNumber } from '../common/support.js';
import { MemoryReceiver } from '../common/memory-receiver.js';

/** What a message says beside its usual form: its lines, its zones; and what its answers mean. */
const receive = async (text: string | Buffer, own?: unknown) => {
  const melior = new MemoryReceiver(own);
  const answer = await melior.ask(text);
  return { answer, code: codeOf(answer), fact: melior.facts()[0] };
};
const pv1 = (fields: Readonly<Record<number, string>> = {}): string =>
  segment('PV1', { 2: 'I', 3: 'A1', 19: 'V100', 44: '20260110092500', ...fields });

describe('line ends', () => {
  const lines = adt({ more: segment('PV2', { 9: '20260115' }) }).split('\r');
  const expected = { admittedAt: '2026-01-10T08:25:00.000Z', expectedDischarge: '2026-01-14T23:00:00.000Z' };

  it('INT-1: CR, LF and CRLF in any mixture lose no segment', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('\r', '\n', '\r\n', '\n\r', '\n\n', '\r\r'), {
          minLength: lines.length - 1,
          maxLength: lines.length - 1,
        }),
        async (ends) => {
          const text = lines.map((line, index) => line + (ends[index] ?? '')).join('');
          expect(await receive(text)).toMatchObject({ code: 'AA', fact: expected });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('INT-1: in a batch too', async () => {
    const text = `BHS|^~\\&|M\n${lines.join('\r').replace('\rPV2', '\nPV2')}BTS|1\r`;
    const melior = new MemoryReceiver();
    expect(codeOf(await melior.ask(text))).toBe('AA');
    expect(melior.facts()).toMatchObject([expected]);
  });

  it('an LF inside a value is a part of it', async () => {
    const text = adt({ person: `PID|1||${number}^^^SKV^NI||Påhittad||||Gatan 1\nLgh 1101` });
    expect(await receive(text)).toMatchObject({ code: 'AA', fact: expected && { visit: 'V100' } });
  });

  it.each([
    ['a CR inside a value that is read', adt().replace('A1^12', 'A1\r^12')],
    ['a CR inside PV1 behind what is read', adt({ pv1: pv1({ 20: 'a\rb', 44: '20260110092500' }) })],
    ['NEL', adt({ pv1: `${pv1()}\u0085PV2|||||||||20260115` })],
    ['a line separator', adt({ pv1: `${pv1()}\u2028PV2|||||||||20260115` })],
    ['a form feed', adt({ pv1: `${pv1()}\u000cPV2|||||||||20260115` })],
    ['a vertical tab', adt({ pv1: `${pv1()}|\u001ePV2|||||||||20260115` })],
    ['a blank before the name', adt({ more: ' PV2|||||||||20260115' })],
    ['a name in small letters', adt({ more: 'pv2|||||||||20260115' })],
    ['the same after a comment', adt({ more: 'NTE|1||x\r PV2|||||||||20260115' })],
  ])('INT-1: %s is refused instead of lost', async (_name, text) => {
    expect(await receive(text)).toMatchObject({ code: 'AE', fact: undefined });
  });

  it('a comment of several lines is passed over, as it was', async () => {
    expect((await receive(adt({ more: 'NTE|1||one\rtwo\rthree' }))).code).toBe('AA');
  });
});

describe('zones', () => {
  const sent = (zone: string): string => `20260110093000${zone}`;

  it.each([
    ['', '2026-01-10T08:29:00.000Z', '2026-01-10T08:25:00.000Z'],
    ['+0100', '2026-01-10T08:29:00.000Z', '2026-01-10T08:25:00.000Z'],
    ['+0000', '2026-01-10T09:29:00.000Z', '2026-01-10T09:25:00.000Z'],
    ['-0500', '2026-01-10T14:29:00.000Z', '2026-01-10T14:25:00.000Z'],
    ['+0530', '2026-01-10T03:59:00.000Z', '2026-01-10T03:55:00.000Z'],
  ])(
    'INT-1: the zone "%s" of MSH-7 is that of every time of day without one',
    async (zone, occurredAt, admittedAt) => {
      const { fact } = await receive(adt({ sent: sent(zone), more: segment('PV2', { 9: '202601150000' }) }));
      expect(fact).toMatchObject({ occurredAt, admittedAt });
      const off = Date.parse(occurredAt) - Date.parse('2026-01-10T08:29:00Z');
      expect(Date.parse(String(fact?.['expectedDischarge'])) - Date.parse('2026-01-14T23:00:00Z')).toBe(off);
    },
  );

  it.each([
    [
      'EVN-6 and EVN-2',
      adt({ sent: sent('+0000'), evn: 'EVN|A01|20260110092900||||20260110092000', pv1: pv1({ 44: '' }) }),
      { occurredAt: '2026-01-10T09:29:00.000Z', admittedAt: '2026-01-10T09:20:00.000Z' },
    ],
    [
      'MSH-7 itself',
      adt({ sent: sent('+0000'), evn: 'EVN|A01', pv1: pv1({ 44: '' }) }),
      { occurredAt: '2026-01-10T09:30:00.000Z', admittedAt: '2026-01-10T09:30:00.000Z' },
    ],
    [
      'PV1-45',
      adt({ event: 'A03', sent: sent('+0000'), pv1: pv1({ 45: '20260110092600' }) }),
      { dischargedAt: '2026-01-10T09:26:00.000Z' },
    ],
    [
      'its own zone, which stands',
      adt({ sent: sent('+0000'), evn: 'EVN|A01|20260110092900+0200' }),
      { occurredAt: '2026-01-10T07:29:00.000Z', admittedAt: '2026-01-10T09:25:00.000Z' },
    ],
    [
      'a day, which is a day in Stockholm',
      adt({ sent: sent('+0900'), more: segment('PV2', { 9: '20260705' }) }),
      { expectedDischarge: '2026-07-04T22:00:00.000Z' },
    ],
    [
      'the doubled hour, where the zone tells which',
      adt({ sent: '20251025233000+0100', evn: 'EVN|A01|20251026023000' }),
      { occurredAt: '2025-10-26T01:30:00.000Z' },
    ],
  ])('INT-1: %s', async (_name, text, expected) => {
    expect((await receive(text)).fact).toMatchObject(expected);
  });

  it('a merge has the zone of its message too', async () => {
    const text = adt({
      event: 'A40',
      sent: sent('+0000'),
      pv1: `MRG|${testNumber('19540112', 981)}^^^SKV^NI`,
    });
    expect((await receive(text)).fact).toMatchObject({ occurredAt: '2026-01-10T09:29:00.000Z' });
  });

  it.each(['+9999', '+2500', '+0160', 'Z', '+01', '+01:00', ' +0100', 'CET', '-00'])(
    'INT-1: a zone that is none, %s, is refused and named, not taken for Stockholm’s',
    async (zone) => {
      const { code, answer } = await receive(adt({ sent: sent(zone) }));
      expect([code, answer.includes('MSH-7') || answer.includes('EVN-2')]).toEqual(['AE', true]);
    },
  );

  describe('where the times of a sender are configured as Stockholm time', () => {
    const own = { ...mapping, times: { zone: 'Europe/Stockholm' } };

    it.each([
      ['', '20260110093000'],
      ['winter', '20260110093000+0100'],
      ['summer', '20260710093000+0200'],
      ['the first of the doubled hour', '20251026023000+0200'],
      ['the second of the doubled hour', '20251026023000+0100'],
    ])(
      'INT-1: a zone that is Stockholm’s is taken, and the times are Stockholm’s: %s',
      async (_name, time) => {
        const { fact } = await receive(adt({ sent: time }), own);
        expect(fact).toMatchObject({ admittedAt: '2026-01-10T08:25:00.000Z' });
      },
    );

    it.each(['20260110093000+0000', '20260710093000+0100', '20260110093000+0200', '20260110093000-0500'])(
      'INT-1: a zone that contradicts it is refused and named: %s',
      async (time) => {
        const { code, answer } = await receive(adt({ sent: time }), own);
        expect(code).toBe('AE');
        expect(answer).toContain('MSH-7: the zone is not that of Europe/Stockholm');
      },
    );

    it('of one sender alone', async () => {
      const senders = [
        { application: 'MELIOR', facility: 'SUS', mapping: { times: { zone: 'Europe/Stockholm' } } },
        { application: 'MELIOR', facility: 'CSK' },
      ];
      const text = adt({ sent: sent('+0000') });
      expect((await receive(text, { ...mapping, senders })).code).toBe('AE');
      expect((await receive(text.replace('|SUS|', '|CSK|'), { ...mapping, senders })).code).toBe('AA');
    });
  });
});

describe('what an answer asks of its sender', () => {
  const listed = { ...mapping, senders: [{ application: 'MELIOR', facility: 'SUS' }] };
  const certified = {
    ...mapping,
    senders: [{ application: 'MELIOR', facility: 'SUS', certificates: [{ commonName: 'x' }] }],
  };
  const batch = `BHS|^~\\&|M\r${adt().repeat(60)}BTS|60\r`;

  it.each([
    ['a sender that is not configured', adt().replace('|SUS|', '|XXX|'), listed],
    ['a connection that may not speak for it', adt(), certified],
    ['a batch that is too long', batch, undefined],
    ['another type', adt().replace('ADT^A01', 'ORU^R01'), undefined],
    ['another event', adt({ event: 'A04' }), undefined],
    ['another version', adt({ version: '3.0' }), undefined],
    ['another processing id', adt().replace('|P|2.5', '|D|2.5'), undefined],
    ['no PID', adt({ person: 'ZPI|1' }), undefined],
    ['no time', adt({ evn: 'EVN|A01|soon' }), undefined],
    ['a mode that is none', adt().replace('||||||UNICODE', '|||XX|||UNICODE'), undefined],
    ['another set', adt({ set: 'GB 18030-2000' }), undefined],
    ['an FS inside', adt({ more: 'NTE|\u001c' }), undefined],
    ['no HL7', 'Hello', undefined],
  ])('design 7.4: never is never said with 207: %s', async (_name, text, own) => {
    const { answer, code } = await receive(text, own);
    expect(code).toMatch(/^A[ER]$/);
    expect(answer).not.toMatch(/\^?207\^/);
  });

  it('design 7.4: nor of what is too large', async () => {
    const melior = new MemoryReceiver();
    const reply = await melior.receiver.answer({ kind: 'oversized', start: Buffer.from(adt()) });
    const answer = reply.kind === 'answer' ? reply.bytes.toString('latin1') : '';
    expect(codeOf(answer)).toBe('AR');
    expect(answer).toContain('104^Value too long');
  });

  it.each(['AR', 'AE'])('design 7.4: not now is said with 207 and in words, as %s', async (notNow) => {
    const melior = new MemoryReceiver({ ...mapping, notNow });
    melior.down = true;
    const answer = await melior.ask(adt());
    expect(codeOf(answer)).toBe(notNow);
    expect(answer).toMatch(/207\^.*not now, try again later/);
  });
});

describe('times ahead of the receipt', () => {
  const now = new Date('2026-01-10T09:00:00Z');
  const ask = async (text: string, own?: unknown) => {
    const melior = new MemoryReceiver(own, 50, now);
    const answer = await melior.ask(text);
    return { code: codeOf(answer), answer, facts: melior.facts() };
  };
  const within = (times: Readonly<Record<string, unknown>>) => ({ ...mapping, times });
  const ahead = ['20260110100600', '20260110110000', '20300110093000', '202601101006', '20260111'];

  it.each(
    ['A01', 'A02', 'A03', 'A08', 'A11', 'A13'].flatMap((event) =>
      ahead.map((time) => [event, time] as const),
    ),
  )('INT-1: %s with EVN-2 %s is refused, naming it: all that follows would be late', async (event, time) => {
    const { code, answer, facts } = await ask(adt({ event, evn: `EVN|${event}|${time}` }));
    expect([code, facts]).toEqual(['AE', []]);
    expect(answer).toContain('102');
    expect(answer).toContain('EVN-2');
  });

  it.each([
    ['MSH-7', 'MSH-7', adt({ sent: '20260110110000' })],
    ['MSH-7 where it orders', 'MSH-7', adt({ sent: '20260110110000', evn: 'EVN|A01' })],
    [
      'EVN-2 of a merge',
      'EVN-2',
      adt({ event: 'A40', evn: 'EVN|A40|20260110110000', pv1: 'MRG|190503879819^^^SKV^NI' }),
    ],
  ])('INT-1: so is %s', async (_name, field, text) => {
    const { code, answer } = await ask(text);
    expect(code).toBe('AE');
    expect(answer).toContain(field);
  });

  it('INT-1: so is PV1-44 where the mapping orders by it, and not where it does not', async () => {
    const text = adt({ pv1: pv1({ 44: '20260110110000' }) });
    expect((await ask(text, within({ occurredAt: ['PV1-44'] }))).code).toBe('AE');
    expect((await ask(text)).code).toBe('AA');
  });

  it('INT-1: clocks differ by some minutes, by as many as the mapping says', async () => {
    const text = adt({ evn: 'EVN|A01|20260110100400' });
    expect((await ask(text)).code).toBe('AA');
    expect((await ask(text, within({ aheadMinutes: 3 }))).code).toBe('AE');
    expect((await ask(adt({ evn: 'EVN|A01|20260110105900' }), within({ aheadMinutes: 60 }))).code).toBe('AA');
  });

  it.each(
    ['19000101', '00010101', '99991231', '20990101'].flatMap((day) => [
      ['EVN-2', day, adt({ evn: `EVN|A01|${day}120000` })] as const,
      ['PV1-44', day, adt({ pv1: pv1({ 44: `${day}120000` }) })] as const,
      ['PV1-45', day, adt({ event: 'A03', evn: 'EVN|A03|20260110090000', pv1: pv1({ 45: day }) })] as const,
    ]),
  )('INT-1: %s of %s is refused, naming the field and what is taken', async (field, _day, text) => {
    const { code, answer, facts } = await ask(text);
    expect([code, facts]).toEqual(['AE', []]);
    expect(answer).toContain('102');
    expect(answer).toContain(field);
    expect(answer).toMatch(/lies ahead|not in the years|taken from 1996-01-10 to 2029-01-10/u);
  });

  const expectedDays = ['19000101', '00010101', '99991231', '20990101', '99991231235959-0500'];
  it.each(
    ['A01', 'A02', 'A08', 'A13'].flatMap((event) => expectedDays.map((time) => [event, time] as const)),
  )(
    'INT-1: %s with the expected discharge %s is taken, and told, counted and answered as one that the hub leaves out',
    async (event, time) => {
      const melior = new MemoryReceiver(undefined, 50, now);
      const evn = `EVN|${event}|20260110090000`;
      const answer = await melior.ask(adt({ event, evn, more: segment('PV2', { 9: time }) }));
      expect(codeOf(answer)).toBe('AA');
      expect(answer).toContain('|PV2-9: left out, taken from 1996-01-10 to 2029-01-10');
      expect(melior.facts()).toMatchObject([{ visit: 'V100', expectedDischarge: expect.any(String) }]);
      expect(melior.counts.expectedDischargesLeftOut).toBe(1);
    },
  );

  it('INT-1: a repeat of it gets the very same answer, and counts once', async () => {
    const melior = new MemoryReceiver(undefined, 50, now);
    const text = adt({ evn: 'EVN|A01|20260110090000', more: segment('PV2', { 9: '99991231' }) });
    const answer = await melior.ask(text);
    expect(await melior.ask(text)).toBe(answer);
    expect(melior.counts.expectedDischargesLeftOut).toBe(1);
  });

  it.each(['00000000', '20261399', 'unknown'])(
    'INT-1: an expected discharge that is no time, %s, is refused as before',
    async (time) => {
      const { code, answer } = await ask(adt({ more: segment('PV2', { 9: time }) }));
      expect(code).toBe('AE');
      expect(answer).toContain('PV2-9');
    },
  );

  it.each(['A03', 'A11', 'A13'])('SVU-21: %s is taken whatever PV1-44 says', async (event) => {
    for (const day of ['19000101120000', '99991231120000', '00010101']) {
      const evn = `EVN|${event}|20260110090000`;
      const { code, facts } = await ask(adt({ event, evn, pv1: pv1({ 44: day }) }));
      expect([code, facts.length]).toEqual(['AA', 1]);
    }
  });

  it('SVU-9: an expected discharge lies ahead', async () => {
    expect((await ask(adt({ more: segment('PV2', { 9: '20260115' }) }))).code).toBe('AA');
  });
});
