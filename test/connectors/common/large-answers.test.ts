import { createServer } from 'node:http';
import { listen } from '../../../connectors/common/listen.js';
import { XmlReader } from '../../../connectors/common/soap/read-apart.js';
import { writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import { SoapClient } from '../../../connectors/common/soap/soap-client.js';
import { readXml } from '../../../connectors/common/soap/xml.js';

/** What holds up the event loop is counted in its processor time, so that a loaded machine changes nothing. */
let answer: Buffer;
let contentType = 'text/xml; charset=utf-8';
const server = createServer((request, response) => {
  request.resume().once('end', () => response.setHeader('Content-Type', contentType).end(answer));
});
let client: SoapClient;
beforeAll(async () => {
  const { port } = await listen(server, '127.0.0.1', 0);
  client = new SoapClient({ url: `http://127.0.0.1:${port}/`, logicalAddress: 'x', profile: '2.1' });
});
afterAll(() => {
  client.close();
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  contentType = 'text/xml; charset=utf-8';
});

const ask = () => client.ask('urn:action', '<question/>');
const person = '<person><name>Åsa Påhittad</name><street>Storgatan 1</street></person>';
/** An answer of so many bytes of persons. */
const answerOf = (bytes: number): string =>
  writeEnvelope(`<answer>${person.repeat(Math.floor(bytes / Buffer.byteLength(person)))}</answer>`);

/** Milliseconds of the processor that this thread took. */
async function costOf(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
async function leastOf(times: number, work: () => unknown): Promise<number> {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) all.push(await costOf(work));
  return Math.min(...all);
}

describe('a large answer of a register', () => {
  it.each([256, 1024])(
    'of %i KiB costs the event loop less than half of what it costs to read',
    async (kib) => {
      const text = answerOf(kib * 1024);
      answer = Buffer.from(text);
      const here = await leastOf(5, () => readXml(text));
      expect(await leastOf(5, ask)).toBeLessThan(here / 2);
    },
  );

  it.each([1, 100, 1500])('of %i KiB is read as any other', async (kib) => {
    const text = answerOf(kib * 1024);
    answer = Buffer.from(text);
    const content = readXml(text).children[0]?.children[0];
    expect(await ask()).toEqual({ kind: 'answer', content });
  });

  it('larger than 500 persons can be is refused', async () => {
    answer = Buffer.from(answerOf(2.5 * 1024 * 1024));
    await expect(ask()).rejects.toMatchObject({ code: 'too-large', blame: 'theirs' });
  });

  it('of more elements than 500 persons can have is refused', async () => {
    answer = Buffer.from(writeEnvelope(`<answer>${'<y/>'.repeat(100_000)}</answer>`));
    await expect(ask()).rejects.toMatchObject({ code: 'too-large', blame: 'theirs' });
  });

  it('in a set it does not keep to, or that is no XML, is refused as any other', async () => {
    answer = Buffer.from(answerOf(200_000), 'latin1');
    await expect(ask()).rejects.toMatchObject({ code: 'wrong-character-set' });
    answer = Buffer.from(answerOf(200_000).slice(0, -1));
    await expect(ask()).rejects.toMatchObject({ code: 'not-soap' });
    contentType = 'text/xml; charset=iso-8859-1';
    answer = Buffer.from(answerOf(200_000).replace(' encoding="UTF-8"', ''), 'latin1');
    expect(await ask()).toMatchObject({
      content: { children: expect.arrayContaining([expect.objectContaining({ name: 'person' })]) },
    });
  });
});

describe('the thread that reads', () => {
  const thread = (script: string) => new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  const bytes = Buffer.from('<x/>');
  const silent = thread('setInterval(() => undefined, 1000)');

  it('that ends or fails lets everybody who waits fail, and another begins', async () => {
    for (const script of [
      'process.exit(1)',
      'throw new Error("19340612-9829")',
      'null.x',
      'await new Promise(() => undefined)',
    ]) {
      const reader = new XmlReader({ entry: thread(script), waitMilliseconds: 5_000 });
      for (let again = 0; again < 2; again += 1) {
        const all = await Promise.allSettled([reader.read(bytes, undefined), reader.read(bytes, undefined)]);
        for (const each of all)
          expect(each).toMatchObject({ reason: { message: 'thread-ended', blame: 'passing' } });
      }
    }
  });

  it('that does not answer in time is ended', async () => {
    const reader = new XmlReader({ entry: silent, waitMilliseconds: 50 });
    await expect(reader.read(bytes, undefined)).rejects.toMatchObject({ code: 'timeout', blame: 'passing' });
  });

  it('takes a bounded number of answers at a time', async () => {
    const reader = new XmlReader({ entry: silent, waitMilliseconds: 500, most: 2 });
    const waiting = Promise.allSettled([reader.read(bytes, undefined), reader.read(bytes, undefined)]);
    await expect(reader.read(bytes, undefined)).rejects.toMatchObject({ code: 'busy', blame: 'passing' });
    await waiting;
  });
});
