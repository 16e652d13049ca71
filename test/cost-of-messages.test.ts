import { readBundle, readCarePlan, readEncounter, readPatient } from '../connectors/cosmic/fhir/resources.js';
import { readQuestion, readStaffQuestion } from '../connectors/common/lookup/lookup-messages.js';
import { openEnvelope } from '../connectors/common/soap/envelope.js';
import { readFault } from '../connectors/common/soap/fault.js';
import { isComplete, readProcessingStatus } from '../connectors/common/soap/processing-status.js';
import { readXml, writeXml } from '../connectors/common/soap/xml.js';
import { dryRun } from '../connectors/melior/dry-run.js';
import { readMapping } from '../connectors/melior/mapping.js';
import { frame, MllpFramer } from '../connectors/melior/mllp/framer.js';
import { personNamespace, responderNamespace } from '../connectors/population-register/contract.js';
import { readAnswer } from '../connectors/population-register/read-answer.js';
import { checkOrganisation } from '../src/directory/check-organisation.js';
import { buildDirectory } from '../src/directory/directory.js';
import { topicNames } from '../src/messaging/contracts/topics.js';
import { prepare } from '../src/messaging/inbox/prepare.js';
import { adt, mapping as meliorMapping, segment } from './connectors/common/support.js';
import { MemoryReceiver } from './connectors/common/memory-receiver.js';
import { sample, sampleOrganisation } from './support/organisation.js';
import { holds, inside, list, named, repeat } from './support/cost-by-size.js';

/**
 * No input costs more than in proportion to its size (support/cost-by-size.ts): what journals, registers, topics and files bring.
 */

/** As the SOAP client reads an answer, and the register's own reader after it. */
const soap = (text: string) => {
  const opened = openEnvelope(readXml(text));
  if (opened === undefined) return;
  readFault(opened.content);
  isComplete(readProcessingStatus(opened.header));
  writeXml(opened.content);
  readAnswer(opened.content);
};
const element = (make: (parts: number) => string) => inside('<x>', make, '</x>');
const envelope = (make: (parts: number) => string) =>
  inside(
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:r="${responderNamespace}" xmlns:p="${personNamespace}"><s:Body><r:GetPersonsForProfileResponse>`,
    make,
    '</r:GetPersonsForProfileResponse></s:Body></s:Envelope>',
  );
const namespaces = named((place) => `xmlns:a${place}="u"`, ' ');
holds('an answer in XML', soap, [
  ['of siblings', element(repeat('<y/>'))],
  ['of levels', (parts) => `${'<x>'.repeat(parts)}${'</x>'.repeat(parts)}`],
  ['of open levels', repeat('<x>')],
  [
    'of attributes',
    inside(
      '<x ',
      named((place) => `a${place}="1"`, ' '),
      '/>',
    ),
  ],
  ['of namespaces and children', (parts) => `<x ${namespaces(parts)}>${'<y/>'.repeat(parts)}</x>`, 300],
  ['of namespaces on each child', element(named((place) => `<a${place}:y xmlns:a${place}="u"/>`, '')), 500],
  ['of namespaces at many levels', inside('<x xmlns:b="u">'.repeat(60), repeat('<b:y/>'), '</x>'.repeat(60))],
  ['of comments', element(repeat('<!-- a -->'))],
  ['of open comments', repeat('<!--')],
  ['of sections', element(repeat('<![CDATA[a]]>'))],
  ['of open sections', repeat('<![CDATA[')],
  ['of instructions', element(repeat('<?a b?>'))],
  ['of open instructions', repeat('<?a ')],
  ['of text', element(repeat('a ')), 10_000],
  ['of signs', element(repeat('>')), 10_000],
  ['of references', element(repeat('&amp;')), 3_000],
  ['of half references', element(repeat('&a')), 3_000],
  ['of references in an attribute', inside('<x a="', repeat('&amp;'), '"/>'), 3_000],
  ['of open tags', repeat('<'), 5_000],
  ['of open attributes', repeat('<x a="'), 2_000],
  ['of names', inside('<', repeat('x:'), '/>'), 5_000],
  ['of spaces', inside('<x', repeat(' '), '/>'), 10_000],
  ['of ends without beginnings', repeat('</x>')],
  ['of half a document type', repeat('<!DOCTYP')],
  [
    'of persons',
    envelope(
      named(
        (place) =>
          `<r:requestedPersonRecord><p:requestedPersonalIdentity><p:extension>${place}</p:extension></p:requestedPersonalIdentity></r:requestedPersonRecord>`,
        '',
      ),
    ),
    100,
  ],
  [
    'of identities of one person',
    envelope(
      inside(
        '<r:requestedPersonRecord><p:requestedPersonalIdentity><p:extension>1</p:extension></p:requestedPersonalIdentity><p:personRecord>',
        named(
          (place) =>
            `<p:linkedIdentity><p:referredPersonalIdentity><p:extension>${place}</p:extension></p:referredPersonalIdentity></p:linkedIdentity>`,
          '',
        ),
        '</p:personRecord></r:requestedPersonRecord>',
      ),
    ),
    100,
  ],
]);

const cosmic = (text: string) => {
  const value: unknown = JSON.parse(text);
  return [readBundle(value), readEncounter(value), readCarePlan(value), readPatient(value)];
};
const of = (type: string, name: string, make: (parts: number) => string) =>
  inside(`{"resourceType":"${type}","id":"a","status":"a","${name}":`, make, '}');
holds('an answer of Cosmic', cosmic, [
  ['of entries that are none', of('Bundle', 'entry', list('1')), 3_000],
  ['of resources that are none', of('Bundle', 'entry', list('{"resource":1}')), 2_000],
  ['of links', of('Bundle', 'link', list('1')), 2_000],
  ['of places', of('Encounter', 'location', list('1')), 2_000],
  ['of categories', of('CarePlan', 'category', list('{"coding":[1]}')), 1_000],
  [
    'of what is contained',
    of('CarePlan', 'contained', list('{"resourceType":"Location","id":"a","identifier":[1]}')),
    500,
  ],
  ['of identities', of('Patient', 'identifier', list('{"value":1}')), 1_000],
]);
holds(
  'a question to a lookup',
  (text) => [readQuestion(JSON.parse(text)), readStaffQuestion(JSON.parse(text))],
  [['about many persons', inside('{"persons":', list('{"type":"other","value":"1"}'), '}')]],
);

const receive = (text: string) =>
  new MemoryReceiver().receiver.answer({ kind: 'message', bytes: Buffer.from(text, 'utf8') });
const message = (parts: Parameters<typeof adt>[0]) => adt(parts);
holds('a message of HL7', receive, [
  ['of segments', inside(message({}), repeat('ZZZ|1|2\r'), ''), 500],
  ['of line ends', inside(message({}), repeat('\r'), ''), 2_000],
  ['of line feeds', inside('MSH|^~\\&|A|B\n', repeat('\n'), ''), 2_000],
  ['of CR and LF in turn', inside(message({}), repeat('\r\n'), ''), 2_000],
  ['of fields', inside(message({}), (parts) => `ZZZ${'|a'.repeat(parts)}\r`, ''), 1_000],
  ['of fields in its header', inside('MSH|^~\\&', repeat('|a'), '\r'), 1_000],
  [
    'of repetitions of the identity',
    (parts) => message({ person: segment('PID', { 3: `${'1^^^X^Y~'.repeat(parts)}1` }) }),
    300,
  ],
  [
    'of components of the identity',
    (parts) => message({ person: segment('PID', { 3: '1^'.repeat(parts) }) }),
  ],
  ['of subcomponents', (parts) => message({ person: segment('PID', { 3: `1^^^${'a&'.repeat(parts)}` }) })],
  ['of escapes', (parts) => message({ person: segment('PID', { 3: '\\X41\\'.repeat(parts) }) }), 500],
  ['of open escapes', (parts) => message({ person: segment('PID', { 3: '\\'.repeat(parts) }) })],
  ['of a long id', (parts) => message({ controlId: 'a'.repeat(parts) }), 5_000],
  ['of a long sender', (parts) => message({}).replace('MELIOR', '1'.repeat(parts)), 5_000],
  ['of a sender of marks', (parts) => message({}).replace('MELIOR', '\u0301\u0316'.repeat(parts)), 500],
  ['of a long time', (parts) => message({ evn: `EVN|A01|${'1'.repeat(parts)}` }), 5_000],
  [
    'of a long visit',
    (parts) => message({ pv1: segment('PV1', { 2: 'I', 3: 'A1', 19: '1'.repeat(parts) }) }),
    5_000,
  ],
  [
    'of a ward of marks',
    (parts) => message({ pv1: segment('PV1', { 2: 'I', 3: '\u0301\u0316'.repeat(parts), 19: 'V' }) }),
    500,
  ],
  [
    'of letters in another set',
    (parts) => message({ set: '8859/1', more: `ZZZ|${'å'.repeat(parts)}` }),
    2_000,
  ],
  ['of messages', repeat(message({})), 50],
  ['of ends of batches', repeat('BTS|1\r')],
  ['of heads of batches', repeat('BHS|^~\\&|A\r')],
  ['of names of segments', repeat('MSH'), 2_000],
  ['of bars', repeat('|'), 5_000],
]);
const readable = readMapping(meliorMapping);
holds('the rehearsal of a message', (text) => dryRun(Buffer.from(text, 'utf8'), readable, new Date()), [
  [
    'of a ward of marks',
    (parts) => message({ pv1: segment('PV1', { 2: 'I', 3: '\u0301\u0316'.repeat(parts), 19: 'V' }) }),
    500,
  ],
]);

const inPackets = (size: number) => (text: string) => {
  const bytes = frame(Buffer.from(text, 'latin1'));
  const framer = new MllpFramer(64 * 1024 * 1024);
  for (let at = 0; at < bytes.length; at += size) framer.push(bytes.subarray(at, at + size));
};
holds('a frame of MLLP in one packet', inPackets(Infinity), [
  ['of starts', repeat('\u000b'), 10_000],
  ['of ends', repeat('\u001c'), 10_000],
  ['of ends and line ends', repeat('\u001c\r'), 10_000],
  ['of starts and ends', repeat('\u000b\u001c'), 5_000],
  ['of text', repeat('a'), 10_000],
]);
holds('a frame of MLLP, a packet for each byte', inPackets(1), [['of text', repeat('a'), 30_000]]);

const fact = (make: (parts: number) => string) => (parts: number) => make(parts);
const intake = (text: string) => {
  for (const topic of topicNames) prepare({ topic, key: 'a'.repeat(40), value: text });
};
holds('a fact of a topic', intake, [
  [
    'of unknown names',
    fact(
      inside(
        '{',
        named((place) => `"a${place}":1`, ','),
        '}',
      ),
    ),
    300,
  ],
  [
    'of unknown names in its data',
    fact(
      inside(
        '{"data":{',
        named((place) => `"a${place}":1`, ','),
        '}}',
      ),
    ),
    300,
  ],
  ['of listings that are none', fact(inside('{"data":{"listings":', list('1'), '}}'))],
  ['of assignments that are none', fact(inside('{"data":{"assignments":', list('{"a":1}'), '}}'))],
  ['of titles', fact(inside('{"data":{"titles":', list('1'), ',"licences":[1]}}'))],
  ['of receivers', fact(inside('{"data":{"receivers":', list('{}'), '}}'))],
  ['of identities', fact(inside('{"data":{"record":{"referred":', list('{}'), '}}}'))],
  ['of a long time', fact(inside('{"time":"2026-01-01T10:00:00.', repeat('0'), 'Z"}')), 5_000],
  ['of a long source', fact(inside('{"source":"urn:', repeat('%41:'), '"}')), 3_000],
  ['of a long id', fact(inside('{"id":"', repeat('a'), '"}')), 5_000],
  ['of backslashes', fact(inside('{"id":"', repeat('\\\\'), '"}')), 5_000],
  ['of brackets', fact(repeat('['))],
]);

const organisation = sampleOrganisation();
const inOrganisation = (text: string) => {
  const faults = checkOrganisation(JSON.parse(text));
  if (faults.length === 0) buildDirectory(JSON.parse(text) as typeof organisation);
};
const [unit] = organisation.units.filter(({ hsaId }) => hsaId === sample.ward);
const withUnits = (write: (place: number) => object) => (parts: number) =>
  JSON.stringify({
    ...organisation,
    units: [
      ...organisation.units,
      ...Array.from({ length: parts }, (_, place) => ({ ...unit, ...write(place) })),
    ],
  });
holds('an organisation file', inOrganisation, [
  ['of units', withUnits((place) => ({ hsaId: `SE4999000013-X${place}` })), 100],
  [
    'of units below each other',
    withUnits((place) => ({ hsaId: `SE4999000013-X${place}`, parent: `SE4999000013-X${place + 1}` })),
    100,
  ],
  [
    'of units that replace each other',
    withUnits((place) => ({ hsaId: `SE4999000013-X${place}`, replacedBy: `SE4999000013-X${place + 1}` })),
    100,
  ],
  ['of the same unit', withUnits(() => ({})), 100],
  ['of units that are none', inside('{"units":', list('1'), '}'), 300],
]);
