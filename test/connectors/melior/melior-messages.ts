import * as fc from 'fast-check';
import { adt, segment } from '../common/support.js';

const events = ['A01', 'A02', 'A03', 'A08', 'A11', 'A13', 'A40', 'Z99'] as const;
let ids = 0;

const sound = fc
  .record({
    event: fc.constantFrom(...events),
    set: fc.constantFrom('UNICODE UTF-8', '8859/1', '8859/15', 'ASCII', '', 'UNICODE UTF-8~8859/1'),
    version: fc.constantFrom('2.3', '2.3.1', '2.4', '2.5', '2.6', '2.7', '2.8'),
    expected: fc.constantFrom('20260115', '""', '', 'soon'),
  })
  .map(({ event, set, version, expected }) => {
    const more = segment('PV2', { 9: expected });
    const pv1 = event === 'A40' ? { pv1: 'MRG|190503879819^^^SKV^NI' } : {};
    return adt({ event, set, version, more, controlId: `Z${(ids += 1)}`, ...pv1 });
  });

type Change = (bytes: Buffer) => Buffer;
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (bytes: Buffer, where: number): number => Math.floor(bytes.length * where);
const changes: readonly fc.Arbitrary<Change>[] = [
  fc.tuple(place, fc.nat(255)).map(([where, byte]): Change => (bytes) => {
    const changed = Buffer.from(bytes);
    changed[at(bytes, where)] = byte;
    return changed;
  }),
  place.map(
    (where): Change =>
      (bytes) =>
        bytes.subarray(0, at(bytes, where)),
  ),
  fc.tuple(place, fc.nat(7)).map(([where, which]): Change => (bytes) => {
    const lines = bytes.toString('latin1').split('\r');
    lines.splice(Math.floor(lines.length * where), 0, lines[which % lines.length] ?? '');
    return Buffer.from(lines.join('\r'), 'latin1');
  }),
  fc
    .tuple(
      fc.constantFrom('|', '^', '~', '\\', '&', '\r'),
      fc.constantFrom('#', '|', '!', '\n', '\r\n', '', '\\', 'a'),
    )
    .map(
      ([from, to]): Change =>
        (bytes) =>
          Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1'),
    ),
  fc
    .tuple(
      place,
      fc.constantFrom(
        '\\X00\\',
        '\\XFF\\',
        '\\C2842\\',
        '\u00c3\u00a5',
        '""',
        '\u000b',
        '\u001c',
        'BTS|9\r',
        '\rBHS|^~\\&|\r',
        '\rFTS|1\r',
        '\u00ef\u00bb\u00bf',
      ),
    )
    .map(([where, text]): Change => (bytes) => {
      const middle = at(bytes, where);
      return Buffer.concat([bytes.subarray(0, middle), Buffer.from(text, 'latin1'), bytes.subarray(middle)]);
    }),
];

/**
 * A message as no sender should send it: a sound one, each with an id of its own, with bytes flipped, cut, doubled, glued, or its
 * separators changed.
 */
export const spoiltMessage: fc.Arbitrary<Buffer> = fc
  .tuple(sound, fc.array(fc.oneof(...changes), { maxLength: 3 }))
  .map(([text, ways]) =>
    ways.reduce<Buffer>((content, change) => change(content), Buffer.from(text, 'utf8')),
  );
