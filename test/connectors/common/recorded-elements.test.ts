import { describe, expect, it } from '@jest/globals';
import { onlyRead, type ReadElements } from '../../../connectors/common/recording/only-read.js';
import { openEnvelope } from '../../../connectors/common/soap/envelope.js';
import { readFault } from '../../../connectors/common/soap/fault.js';
import { readXml, writeXml, type XmlElement } from '../../../connectors/common/soap/xml.js';
import { readCredentials } from '../../../connectors/hsa/read-credentials.js';
import { readHealthCareUnit, readUnit } from '../../../connectors/hsa/read-unit.js';
import { recordedElements as ofCatalogue } from '../../../connectors/hsa/recorded-elements.js';
import { readAnswer as readListings } from '../../../connectors/listing/read-answer.js';
import { recordedElements as ofListing } from '../../../connectors/listing/recorded-elements.js';
import { readAnswer as readPersons } from '../../../connectors/population-register/read-answer.js';
import { recordedElements as ofPerson } from '../../../connectors/population-register/recorded-elements.js';
import { goldenAnswers } from './register-answers.js';
import { testNumber } from './support.js';

/** Somebody else's number, or one of the staff: it is read nowhere, so it may stand in no recording. */
const another = testNumber('19610203', 985);

const own = (content: XmlElement, name: string) => written(content, name) ?? '';
function written({ name, text, children }: XmlElement, wanted: string): string | undefined {
  if (name === wanted) return text.trim();
  return children.map((each) => written(each, wanted)).find((each) => each !== undefined);
}

/** By operation: what is looked at, and the reading of it. */
const readers: Readonly<Record<string, readonly [ReadElements, (content: XmlElement) => unknown]>> = {
  GetPersonsForProfile: [
    {
      ...ofPerson,
      namespaces: [
        ...ofPerson.namespaces,
        'urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:5',
      ],
      into: [...ofPerson.into, 'requestedPersonRecord'],
    },
    (content) => [...readPersons(content)],
  ],
  getListing: [ofListing, (content) => readListings(content, own(content, 'personId').replace('-', ''))],
  GetUnit: [ofCatalogue, (content) => readUnit(content, own(content, 'unitHsaId'), true)],
  GetHealthCareUnit: [
    ofCatalogue,
    (content) =>
      readHealthCareUnit(
        content,
        written(content, 'healthCareUnitMemberHsaId') ?? own(content, 'healthCareUnitHsaId'),
      ),
  ],
  GetCredentialsForPersonIncludingProtectedPerson: [
    ofCatalogue,
    (content) => readCredentials(content, own(content, 'personHsaId'), true),
  ],
};

/** The same with a number put everywhere that nobody looks: beside, between and around what is read. */
function strewn(element: XmlElement): XmlElement {
  if (element.children.length === 0) return { ...element, children: [stray(element.namespace, 'inside')] };
  const foreign = [stray('urn:x:extension', 'identityNumber'), stray('urn:x:extension', 'givenName')];
  const native = [
    'personalIdentityNumber',
    'mail',
    'healthcareProfessionalLicenseIdentityNumber',
    'relation',
  ];
  return {
    ...element,
    text: another,
    children: [
      ...foreign,
      ...element.children.map(strewn),
      ...native.map((name) => stray(element.namespace, name)),
    ],
  };
}
const stray = (namespace: string, name: string): XmlElement => ({
  namespace,
  name,
  text: another,
  children: [{ namespace, name: 'extension', text: another, children: [] }],
});

describe('what is recorded of an answer', () => {
  const answers = goldenAnswers.flatMap(({ file, operation, answer }) => {
    const content = openEnvelope(readXml(answer))?.content;
    return content && !readFault(content) ? [{ file, operation, content }] : [];
  });

  it.each(answers)('$file: PAT-5: is what is read of it, and reads the same', ({ operation, content }) => {
    const [elements, read] = readers[operation] ?? [];
    if (!elements || !read) throw new Error(`no reader of ${operation}`);
    const dirty = strewn(content);
    expect(read(dirty)).toEqual(read(content));
    const recorded = writeXml(onlyRead(dirty, elements));
    expect(recorded).not.toContain(another);
    expect(read(readXml(recorded))).toEqual(read(content));
  });

  it('all the registers are among them', () => {
    expect(new Set(answers.map(({ operation }) => operation))).toEqual(new Set(Object.keys(readers)));
  });
});
