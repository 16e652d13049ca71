import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Attachment, Communication } from 'fhir/r4.js';
import type { TestHub } from '../../support/hub.js';
import { messageTo } from '../../support/messages.js';
import { as, codesOf } from '../../support/svu.js';
import { hubUnder, inCases } from './messages-setup.js';

let hub: TestHub;
let caseId = '';
beforeAll(async () => {
  hub = await hubUnder('skane');
  caseId = await inCases(() => hub).published('193406129829');
}, 60_000);
afterAll(() => hub.stop());

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const file = (changes: Partial<Attachment> = {}): Attachment => ({
  contentType: 'text/plain',
  title: 'packlista.txt',
  data: base64('Rullator, glasögon'),
  ...changes,
});
const send = async (...files: readonly Attachment[]) =>
  (await as(hub, 'nurse')).post(
    'Communication',
    messageTo(caseId, {
      more: {
        payload: [{ contentString: 'Se filen' }, ...files.map((each) => ({ contentAttachment: each }))],
      },
    }),
  );

describe('The file of a message', () => {
  it.each([file(), file({ data: base64('a'.repeat(65_536)) })])(
    'MSG-4: is read by who reads the message, with size and hash',
    async (sent) => {
      const answer = await send(sent);
      expect([answer.status, codesOf(answer)]).toEqual([201, []]);
      const { id } = answer.body as { id: string };
      const read = (await (await as(hub, 'homeNursing')).get(`Communication/${id}`)).body as Communication;
      expect(read.payload?.[1]?.contentAttachment).toMatchObject({
        ...sent,
        size: Buffer.from(sent.data ?? '', 'base64').length,
        hash: expect.any(String),
      });
    },
  );

  it.each<[string, Attachment]>([
    ['file-format', file({ contentType: 'application/pdf' })],
    ['file-format', file({ contentType: 'text/plain; charset=iso-8859-1' })],
    ['file-name', file({ title: '../a.txt' })],
    ['number-in-file', file({ title: '193406129829.txt' })],
    ['number-in-file', file({ data: base64('Gäller 19340612-9829') })],
    ['file-no-text', file({ data: Buffer.from([0x25, 0xff, 0xfe, 0x00]).toString('base64') })],
    ['file-too-large', file({ data: base64('a'.repeat(65_537)) })],
  ])('MSG-4: is refused as %s', async (code, sent) => {
    const answer = await send(sent);
    expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-4', code]]);
    expect(JSON.stringify(answer.body)).not.toContain('193406129829');
  });

  it('MSG-4: is one', async () => {
    const answer = await send(file(), file());
    expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-4', 'one-file']]);
  });
});
