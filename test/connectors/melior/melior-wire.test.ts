import { connect } from 'node:net';
import { frame, MllpFramer } from '../../../connectors/melior/mllp/framer.js';
import { MllpClient, sendMllp } from '../../../connectors/melior/mllp/send-mllp.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, codeOf, published, runMelior, segment, transportOn } from '../common/support.js';
import { exchange, melior, send, test } from './melior-setup.js';

describe('repeats', () => {
  it('a repeat, also with another message time, gets the very same answer and is one fact', async () => {
    const first = await exchange({ controlId: 'REP1' });
    const again = await send(adt({ controlId: 'REP1', sent: '20260110100000' }));
    expect(again).toBe(first.answer);
    expect((await published(test.database)).filter((each) => each.data.messageId === 'REP1')).toHaveLength(1);
  });

  it('design 7.2: the id of a stored message is refused for one that would store nothing', async () => {
    await exchange({ controlId: 'REP7' });
    const outpatient = segment('PV1', { 2: 'O', 3: 'A1', 19: 'V100' });
    const answer = await send(adt({ controlId: 'REP7', pv1: outpatient }));
    expect(codeOf(answer)).toBe('AR');
    expect(answer).toContain('205');
  });

  it('the same id with other content is refused', async () => {
    await exchange({ controlId: 'REP2' });
    const answer = await send(adt({ controlId: 'REP2', pv1: segment('PV1', { 3: 'A2', 19: 'V100' }) }));
    expect(codeOf(answer)).toBe('AR');
    expect(answer).toContain('205');
  });

  it('the same id from another sender is another message', async () => {
    await exchange({ controlId: 'REP3' });
    const answer = await send(adt({ controlId: 'REP3', event: 'A02' }).replace('|SUS|', '|CSK|'));
    expect(codeOf(answer)).toBe('AA');
  });

  it('outside the window the id may come again, because senders reset their counters', async () => {
    let now = new Date('2026-01-10T09:00:00Z');
    const other = await runMelior(test.url, await transportOn(test.database), {
      clock: () => now,
      windowMilliseconds: 3_600_000,
    });
    const ask = (event: string): Promise<string> =>
      sendMllp(other.address.host, other.address.port, adt({ controlId: 'REP4', event }));
    try {
      expect(codeOf(await ask('A01'))).toBe('AA');
      await waitFor('REP4', async () => (await kindsOf('REP4')).length === 1);
      now = new Date('2026-01-10T09:59:00Z');
      expect(codeOf(await ask('A03'))).toBe('AR');
      now = new Date('2026-01-10T10:01:00Z');
      expect(codeOf(await ask('A03'))).toBe('AA');
      await waitFor('both facts', async () => (await kindsOf('REP4')).length === 2);
    } finally {
      await other.end();
    }
  });

  const kindsOf = async (controlId: string): Promise<readonly string[]> =>
    (await published(test.database))
      .filter((each) => each.data.messageId === controlId)
      .map((each) => each.data.kind);

  it('the same repeat on many connections at once is one fact, and all get the answer', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(adt({ controlId: 'REP5' }))));
    expect(new Set(answers).size).toBe(1);
    await waitFor('REP5', async () => (await kindsOf('REP5')).length > 0);
    expect(await kindsOf('REP5')).toHaveLength(1);
  });
});

describe('on the wire', () => {
  /** Writes bytes in pieces and gathers the answers. */
  async function raw(pieces: readonly Buffer[], answers: number): Promise<readonly string[]> {
    const socket = connect({ host: melior.address.host, port: melior.address.port, noDelay: true });
    const framer = new MllpFramer(100_000);
    const got: string[] = [];
    socket.on('data', (chunk: Buffer) => {
      for (const each of framer.push(chunk))
        if (each.kind === 'message') got.push(each.bytes.toString('latin1'));
    });
    for (const piece of pieces) {
      await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await waitFor(`${answers} answers`, () => Promise.resolve(got.length >= answers));
    socket.destroy();
    return got;
  }
  const framed = (controlId: string): Buffer => frame(Buffer.from(adt({ controlId }), 'utf8'));

  it('a message in one-byte packets is one message', async () => {
    const bytes = framed('W1');
    const pieces = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
    expect((await raw(pieces, 1)).map(codeOf)).toEqual(['AA']);
  });

  it('several messages in one packet are answered in order, garbage between them passed over', async () => {
    const packet = Buffer.concat([
      Buffer.from('noise\r\n'),
      framed('W2'),
      Buffer.from('\r\nmore'),
      framed('W3'),
      framed('W4'),
    ]);
    const answers = await raw([packet], 3);
    expect(answers.map((each) => /MSA\|AA\|(W\d)/.exec(each)?.[1])).toEqual(['W2', 'W3', 'W4']);
  });

  it('a message cut off by the start of the next is not taken, the next is', async () => {
    const cut = framed('W5').subarray(0, 100);
    const answers = await raw([Buffer.concat([cut, framed('W6')])], 1);
    expect(answers[0]).toContain('MSA|AA|W6');
  });

  it('a sender that stops half-way is closed, and others are served meanwhile', async () => {
    const socket = connect({ host: melior.address.host, port: melior.address.port });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(framed('W7').subarray(0, 50));
    const { code } = await exchange({});
    expect(code).toBe('AA');
    await closed;
  });

  it('the order of a sender is the order of its facts', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `O${String(index).padStart(3, '0')}`);
    const client = await MllpClient.open(melior.address.host, melior.address.port);
    for (const controlId of ids) await client.send(Buffer.from(adt({ controlId }), 'utf8'));
    client.close();
    const facts = await waitFor('all facts', async () => {
      const found = (await published(test.database)).filter((each) => /^O\d{3}$/.test(each.data.messageId));
      return found.length >= ids.length && found;
    });
    expect(facts.map((each) => each.data.messageId)).toEqual(ids);
  });
});
