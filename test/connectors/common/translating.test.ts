import * as fc from 'fast-check';
import { identifyPerson } from '../../../connectors/common/identify-person.js';
import { errorCode, forLog } from '../../../connectors/common/log-text.js';
import { writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import { platformFaults, readFault, SoapFailure } from '../../../connectors/common/soap/fault.js';
import {
  isComplete,
  readProcessingStatus,
  writeProcessingStatus,
} from '../../../connectors/common/soap/processing-status.js';
import { child, element, NotXml, readXml } from '../../../connectors/common/soap/xml.js';
import {
  readHl7Time,
  readXmlTime,
  startOfDay,
  stockholmStamp,
  UnreadableTime,
} from '../../../connectors/common/stockholm-time.js';
import { LookupUnavailable } from '../../../src/messaging/contracts/lookups.js';
import { number, testNumber, throwsOnly } from './support.js';

describe('times', () => {
  it.each([
    ['20260110093000', '2026-01-10T08:30:00.000Z'],
    ['20260710093000', '2026-07-10T07:30:00.000Z'],
    ['202601100930', '2026-01-10T08:30:00.000Z'],
    ['2026011009', '2026-01-10T08:00:00.000Z'],
    ['20260110', '2026-01-09T23:00:00.000Z'],
    ['20260110093000.1234', '2026-01-10T08:30:00.123Z'],
    ['20260110093000+0000', '2026-01-10T09:30:00.000Z'],
    ['20260110093000-0530', '2026-01-10T15:00:00.000Z'],
    ['20260329030000', '2026-03-29T01:00:00.000Z'],
    ['20260329015959', '2026-03-29T00:59:59.000Z'],
  ])('an HL7 time without a zone is Europe/Stockholm: %s', (text, instant) => {
    expect(readHl7Time(text)).toEqual({ instant, ambiguous: false });
  });

  it('in the doubled hour the first is taken and marked, with an offset nothing is doubtful', () => {
    expect(readHl7Time('20261025023000')).toEqual({ instant: '2026-10-25T00:30:00.000Z', ambiguous: true });
    expect(readHl7Time('20261025023000+0100')).toEqual({
      instant: '2026-10-25T01:30:00.000Z',
      ambiguous: false,
    });
  });

  it.each([
    '20260329023000',
    '20260230',
    '202613',
    '2026',
    '',
    '20260110250000',
    '2026-01-10',
    '20260110093000+9999',
    'x',
  ])('a time that does not exist or is too coarse is refused: "%s"', (text) => {
    expect(() => readHl7Time(text)).toThrow(UnreadableTime);
  });

  it('xs:dateTime and days are read the same way', () => {
    expect(readXmlTime('2024-03-01T00:00:00').instant).toBe('2024-02-29T23:00:00.000Z');
    expect(readXmlTime('2024-03-01T00:00:00+01:00').instant).toBe('2024-02-29T23:00:00.000Z');
    expect(() => readXmlTime('2024-02-30T00:00:00')).toThrow(UnreadableTime);
    expect(startOfDay('2026-07-01')).toBe('2026-06-30T22:00:00.000Z');
    expect(stockholmStamp(new Date('2026-07-01T10:00:00Z'))).toBe('20260701120000');
  });
});

describe('identities', () => {
  const reserve = [/^R\d{6,}$/i];

  it('PAT-1: every way of writing a personal number gives the same twelve digits', () => {
    const young = testNumber('20100512', 990);
    const forms = [
      young,
      `${young.slice(0, 8)}-${young.slice(8)}`,
      young.slice(2),
      `${young.slice(2, 8)}-${young.slice(8)}`,
    ];
    for (const form of forms) expect(identifyPerson(` ${form} `, reserve).value).toBe(young);
    expect(identifyPerson(`${number.slice(2, 8)}+${number.slice(8)}`, reserve).value).toBe(number);
  });

  it('PAT-3: no string becomes a national identity without a valid date and check digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d+-]{10,13}$/), (text) => {
        const person = identifyPerson(text, reserve);
        const number = person.value;
        const valid = testNumber(number.slice(0, 8), Number(number.slice(8, 11))).at(-1) === number.at(-1);
        expect(person.type === 'other' ? number === text : valid).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a text too long for any number', () => {
  it('is no reserve number, and is not searched for one', () => {
    const searched: string[] = [];
    const pattern = /a+b/;
    pattern.test = (text) => searched.push(text) > 0;
    expect(identifyPerson('a'.repeat(65), [pattern]).type).toBe('other');
    expect(identifyPerson('a'.repeat(64), [pattern]).type).toBe('reserve');
    expect(searched).toEqual(['a'.repeat(64)]);
  });
});

describe('log lines', () => {
  it.each([
    number,
    `x ${number}`,
    '050327-9812',
    '050327+9812',
    `${number.slice(0, 8)}-9812`,
    '19240301AA06',
  ])('withhold what is shaped like a personal number: %s', (value) => {
    expect(forLog(value)).toBe('[withheld]');
  });

  it.each([
    `${number} Andersson`,
    `${number}X123`,
    `${number.slice(0, 8)}_9812`,
    `${number.slice(0, 8)}.9812`,
    `${number.slice(0, 8)}/9812`,
    `${number.slice(0, 8)}\u20109812`,
    `${number.slice(0, 8)}\u00a0\u00ad9812`,
    '1924-03-27-9812',
    '24 03 27 9812',
    '24.03.87.9812',
    '１９２４０３２７９８１２',
    '19240301-AA06 Andersson',
  ])('withhold one that is written to be overlooked: %s', (value) => {
    expect(forLog(value)).toBe('[withheld]');
  });

  it('keep ordinary ids, and never an error text', () => {
    expect(forLog('MSG-00012')).toBe('MSG-00012');
    expect(forLog('20260110093000123')).toBe('20260110093000123');
    expect(forLog('MED^12^1')).toBe('MED^12^1');
    expect(forLog('2026-01-10T09:30:00')).toBe('2026-01-10T09:30:00');
    expect(forLog('SE4999000013-W101')).toBe('SE4999000013-W101');
    expect(forLog('a\r\nb\u001b')).toBe('a??b?');
    expect(errorCode(new Error(`about ${number}`))).toBe('Error');
    expect(errorCode(new LookupUnavailable('x', 'VP007', false))).toBe('LookupUnavailable VP007');
  });
});

describe('XML', () => {
  it('namespaces are resolved, whatever the prefixes; entities and CDATA are read', () => {
    const root = readXml(
      '<a:x xmlns:a="urn:1"><b xmlns="urn:2">&#229;&amp;<![CDATA[<k>&amp;]]></b><a:b>no</a:b></a:x>',
    );
    expect(child(root, 'urn:2', 'b')?.text).toBe('å&<k>&amp;');
    expect(child(root, 'urn:3', 'b')).toBeUndefined();
  });

  it('what is written is read back, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const kept = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
        const read = readXml(`<r>${element('x', text)}</r>`).children[0]?.text ?? '';
        expect(read.replaceAll(/\r\n?/g, '\n')).toBe(kept.replaceAll(/\r\n?/g, '\n'));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['an undeclared prefix', '<a:x/>'],
    ['half a document', '<x><y></x>'],
    ['nothing', ''],
    ['nesting without end', '<x>'.repeat(5000) + '</x>'.repeat(5000)],
  ])('%s is refused', (_name, text) => {
    expect(() => readXml(text)).toThrow(NotXml);
  });

  it('no text makes it fail in another way', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      'a',
      ':',
      '=',
      '"',
      "'",
      '&',
      ';',
      '#',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!--',
      '-->',
      ' ',
      'xmlns',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(throwsOnly(NotXml, () => readXml(parts.join('')))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('SOAP faults', () => {
  const fault = (code: string, text: string) =>
    readFault(
      readXml(
        writeEnvelope(
          `<soap:Fault><faultcode>soap:${code}</faultcode>${element('faultstring', text)}</soap:Fault>`,
        ),
      ).children[0]?.children[0] ?? readXml('<x/>'),
    )?.failure;

  it('VP001 to VP015 are each told apart: ours, theirs, passing', () => {
    const blames = Object.fromEntries(
      Object.keys(platformFaults).map((code) => [code, fault('Server', `${code} [NTjP] text`)?.blame]),
    );
    expect(Object.keys(blames)).toHaveLength(15);
    expect(
      Object.entries(blames)
        .filter(([, blame]) => blame === 'passing')
        .map(([code]) => code),
    ).toEqual(['VP008', 'VP009', 'VP012']);
    expect(
      Object.entries(blames)
        .filter(([, blame]) => blame === 'theirs')
        .map(([code]) => code),
    ).toEqual(['VP006', 'VP010', 'VP014']);
  });

  it('the text of a fault is not kept, for it may quote the question', () => {
    const failure = fault('Server', `VP009 no contact about ${number}`);
    expect(failure).toBeInstanceOf(SoapFailure);
    expect(`${failure?.message} ${failure?.stack}`).not.toContain(number);
    expect(fault('Client', 'something else')).toMatchObject({ code: 'soap-fault', blame: 'ours' });
  });

  it('ProcessingStatus is read: an OK body may be partial', () => {
    const status = (statusCode: string) => {
      const header = readXml(`<h>${writeProcessingStatus([{ logicalAddress: 'A', statusCode }])}</h>`);
      return isComplete(readProcessingStatus(header));
    };
    expect(status('DataFromSource')).toBe(true);
    expect(status('DataFromCache')).toBe(true);
    expect(status('DataFromCacheSynchFailed')).toBe(false);
    expect(status('NoDataSynchFailed')).toBe(false);
    expect(isComplete(readProcessingStatus(undefined))).toBe(true);
  });
});
