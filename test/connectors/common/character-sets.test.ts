import { createServer, type Server } from 'node:http';
import { startLookupServer } from '../../../connectors/common/lookup/lookup-server.js';
import { listen } from '../../../connectors/common/listen.js';
import { httpClients } from './http-clients.js';
import { number, silent } from './support.js';

/**
 * What comes over HTTP is read in the set that it declares, or refused: no letter of a name or an address is ever replaced by
 * another, whoever sends it.
 */

let server: Server;
let url: string;
let answer: { readonly type: string; readonly bytes: Buffer };
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': answer.type }).end(answer.bytes);
  });
  url = `http://127.0.0.1:${(await listen(server, '127.0.0.1', 0)).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** What a client takes a server's answer for. */
async function taken(client: (typeof httpClients)[number], type: string, bytes: Buffer): Promise<unknown> {
  answer = { type, bytes };
  const asking = client.start(url);
  try {
    return await asking.ask();
  } finally {
    await asking.stop();
  }
}

const utf16 = (text: string, order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const latin = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8');
const declared = (text: string, set: string) => text.replace('UTF-8', set);
const undeclared = (text: string) => text.replace(/<\?xml[^>]*\?>/, '');

type Way = readonly [how: string, parameter: string, write: (text: string) => Buffer];
const read: readonly Way[] = [
  ['UTF-8, said by nothing', '', utf8],
  ['UTF-8 with a mark', '', (text) => utf8(`\ufeff${text}`)],
  ['UTF-8 in capitals and quotes', '; charset="UTF-8"', utf8],
  ['ISO-8859-1, said by the header', '; charset=ISO-8859-1', latin],
  ['ISO-8859-1 under another name', ';Charset = latin1', latin],
  ['ISO-8859-15', '; charset=iso-8859-15', latin],
  ['Windows-1252', '; charset=windows-1252', latin],
  ['UTF-16 with a mark', '; charset=utf-16', (text) => utf16(text, 'be')],
];
const readOfXml: readonly Way[] = [
  ['ISO-8859-1, said by the text', '', (text) => latin(declared(text, 'ISO-8859-1'))],
  ['ISO-8859-1, said by both', '; charset=ISO-8859-1', (text) => latin(declared(text, 'ISO-8859-1'))],
  ['ISO-8859-1, said by the header against the text', '; charset=ISO-8859-1', latin],
  [
    'UTF-8, said by the header against the text',
    '; charset=utf-8',
    (text) => utf8(declared(text, 'ISO-8859-1')),
  ],
  ['UTF-16 by its mark', '', (text) => utf16(undeclared(text), 'le')],
];
const refused: readonly Way[] = [
  ['Latin bytes that are said to be UTF-8', '; charset=utf-8', latin],
  ['Latin bytes of which nothing is said', '', latin],
  [
    'one byte that is no UTF-8',
    '; charset=utf-8',
    (text) => Buffer.concat([utf8(text.slice(0, -40)), Buffer.from([0xe4]), utf8(text.slice(-40))]),
  ],
  [
    'half a letter of UTF-8',
    '',
    (text) => Buffer.from(utf8(text).map((byte) => (byte === 0xc3 ? 0x41 : byte))),
  ],
  ['UTF-8 that is said to be Latin', '; charset=ISO-8859-1', utf8],
  ['letters that are said to be ASCII', '; charset=us-ascii', utf8],
  ['a set that is not known', '; charset=x-mac-roman', latin],
  ['a set of EBCDIC', '; charset=ibm037', latin],
];

describe.each(httpClients.map((client) => [client.name, client] as const))(
  'an answer of %s',
  (_name, client) => {
    it.each([...read, ...(client.type === 'text/xml' ? readOfXml : [])])(
      'in %s is read',
      async (_how, parameter, write) => {
        const right = await taken(client, client.type, utf8(client.answer));
        expect(JSON.stringify(right)).toMatch(/[åäöÅÄÖ]/);
        expect(await taken(client, client.type + parameter, write(client.answer))).toEqual(right);
      },
    );

    it.each(refused)('of %s is refused', async (_how, parameter, write) => {
      await expect(taken(client, client.type + parameter, write(client.answer))).rejects.toMatchObject({
        code: expect.stringMatching(/^(token-)?wrong-character-set$/),
      });
    });
  },
);

it('a question of another process that is no UTF-8 is refused', async () => {
  const asked: unknown[] = [];
  const lookups = await startLookupServer({
    host: '127.0.0.1',
    port: 0,
    secret: 'a shared secret of thirty-two characters',
    lookups: { persons: { lookUp: (persons) => Promise.resolve(asked.push(...persons) ? [] : []) } },
    logger: silent,
  });
  const question = JSON.stringify({ persons: [{ type: 'other', value: `${number}å` }] });
  const send = (bytes: Buffer, type: string) =>
    fetch(`http://127.0.0.1:${lookups.address.port}/lookups/persons`, {
      method: 'POST',
      headers: { 'Content-Type': type, Authorization: 'Bearer a shared secret of thirty-two characters' },
      body: new Uint8Array(bytes),
    });
  try {
    expect((await send(latin(question), 'application/json')).status).toBe(400);
    expect((await send(latin(question), 'application/json; charset=iso-8859-1')).status).toBe(200);
    expect(asked).toEqual([{ type: 'other', value: `${number}å` }]);
  } finally {
    await lookups.stop();
  }
});
