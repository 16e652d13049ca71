import { MemoryReceiver } from '../common/memory-receiver.js';
import { adt } from '../common/support.js';

/** A message with MSH-15 and MSH-16. */
function wanting(accept: string, application: string, controlId = 'M1', event = 'A01'): string {
  const [msh = '', ...rest] = adt({ controlId, event }).split('\r');
  const fields = msh.split('|');
  fields[14] = accept;
  fields[15] = application;
  return [fields.join('|'), ...rest].join('\r');
}

const codeOfAnswer = (answer: string): string => /\rMSA\|(\w\w)/.exec(answer)?.[1] ?? answer;

describe('acknowledgement mode (MSH-15, MSH-16)', () => {
  it.each([
    ['', '', 'AA', 'AR', 'AR'],
    ['AL', 'NE', 'CA', 'CR', 'CR'],
    ['AL', 'AL', 'CA', 'CR', 'CR'],
    ['AL', '', 'CA', 'CR', 'CR'],
    ['ER', 'NE', 'silent', 'CR', 'CR'],
    ['SU', 'NE', 'CA', 'silent', 'close'],
    ['NE', 'AL', 'AA', 'AR', 'AR'],
    ['', 'AL', 'AA', 'AR', 'AR'],
    ['NE', 'ER', 'silent', 'AR', 'AR'],
    ['NE', 'SU', 'AA', 'silent', 'close'],
    ['NE', 'NE', 'silent', 'silent', 'close'],
  ])(
    '"%s" and "%s": stored is %s, refused is %s, not now is %s',
    async (accept, application, ...expected) => {
      const receiver = new MemoryReceiver();
      const stored = await receiver.ask(wanting(accept, application));
      const refused = await receiver.ask(wanting(accept, application, 'M2', 'Z99'));
      receiver.down = true;
      const notNow = await receiver.ask(wanting(accept, application, 'M3'));
      expect([stored, refused, notNow].map(codeOfAnswer)).toEqual(expected);
      expect(receiver.receipts).toHaveLength(1);
    },
  );

  it('what no table knows is refused', async () => {
    const answer = await new MemoryReceiver().ask(wanting('XX', ''));
    expect(codeOfAnswer(answer)).toBe('AE');
    expect(answer).toContain('MSH^1^15');
  });

  it('a content error is CE', async () => {
    const answer = await new MemoryReceiver().ask(
      wanting('AL', 'NE').replace('|20260110092900', '|yesterday'),
    );
    expect(codeOfAnswer(answer)).toBe('CE');
  });
});
