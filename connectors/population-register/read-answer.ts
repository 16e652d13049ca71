import type { PersonIdentifier, RegisterRecord } from '../../src/messaging/contracts/facts.js';
import { SoapFailure } from '../frame/soap/fault.js';
import { readFrom } from '../frame/recording/read-from.js';
import { child, childrenOf, childText, readXml, writeXml, type XmlElement } from '../frame/soap/xml.js';
import { identifierOf, personNamespace, responderNamespace } from './contract.js';

/** What the register said about one number: a record, or that it does not know it. */
export type RegisterAnswer = RegisterRecord | 'unknown';

/**
 * Reads the answer to a question, by number asked (matched on the extension: the register answers under another root than
 * it was asked).
 * @throws SoapFailure `not-soap` when it is another kind of answer, `two-answers` when it says two things about one number,
 *   `wrong-person` when the record under a number is somebody else's.
 */
export function readAnswer(content: XmlElement): ReadonlyMap<string, RegisterAnswer> {
  if (content.name !== 'GetPersonsForProfileResponse' || content.namespace !== responderNamespace)
    throw new SoapFailure('not-soap', 'theirs');
  const answers = new Map<string, RegisterAnswer>();
  for (const each of childrenOf(content, responderNamespace, 'requestedPersonRecord')) {
    const asked = extension(child(each, personNamespace, 'requestedPersonalIdentity'));
    const [record, second] = childrenOf(each, personNamespace, 'personRecord');
    if (asked === undefined) continue;
    if (second !== undefined || answers.has(asked)) throw new SoapFailure('two-answers', 'theirs');
    if (record !== undefined && !isAbout(record, asked)) throw new SoapFailure('wrong-person', 'theirs');
    answers.set(asked, record ? recordable(readRecord(record, asked), each) : 'unknown');
  }
  return answers;
}

/** What the recording of one answer says, read as today. @throws NotXml, SoapFailure as when it came */
export function rereadAnswer(answer: string): RegisterAnswer {
  const content = { namespace: responderNamespace, name: 'GetPersonsForProfileResponse', text: '' };
  const [record] = readAnswer({ ...content, children: [readXml(answer)] }).values();
  if (record === undefined) throw new SoapFailure('not-soap', 'theirs');
  return record;
}

/** Of a person who is or may be protected nothing is recorded (PAT-5). */
function recordable(record: RegisterRecord, answer: XmlElement): RegisterRecord {
  const open = record.protectedPerson === false && record.protectedPopulationRecord !== true;
  return open ? readFrom(record, () => writeXml(answer)) : record;
}

/** Whether a record is that of the number asked for: under that number, or under one that it refers to (PAT-12). */
function isAbout(record: XmlElement, asked: string): boolean {
  const own = extension(child(record, personNamespace, 'personalIdentity')) ?? asked;
  return own === asked || referredIdentities(record).some(({ value }) => value === asked);
}

/**
 * A record as the facts carry it. Failing closed: without one of the mandatory flags nothing but the number is passed on, so
 * protection is unknown. Of a protected person neither name nor address is (PAT-5).
 */
function readRecord(record: XmlElement, asked: string): RegisterRecord {
  const identifier = identifierOf(extension(child(record, personNamespace, 'personalIdentity')) ?? asked);
  const protectedPerson = flag(record, 'protectedPersonIndicator');
  const testPerson = flag(record, 'testIndicator');
  const primary = flag(record, 'primaryIdentity');
  if (protectedPerson === undefined || testPerson === undefined || primary === undefined)
    return { identifier, ...(testPerson !== undefined && { testPerson }) };
  const written = childText(record, personNamespace, 'protectedPopulationRecord');
  const protectedPopulationRecord = flag(record, 'protectedPopulationRecord');
  // Optional, so absence says no; but a value that cannot be read says nothing.
  if (written !== undefined && protectedPopulationRecord === undefined) return { identifier, testPerson };
  const known = {
    identifier,
    protectedPerson,
    ...(protectedPopulationRecord !== undefined && { protectedPopulationRecord }),
    testPerson,
    ...deregistration(child(record, personNamespace, 'deregistration')),
  };
  if (protectedPerson || protectedPopulationRecord === true) return known;
  return { ...known, ...personalData(record) };
}

function personalData(record: XmlElement): Partial<RegisterRecord> {
  const gender = { '1': 'male', '2': 'female' } as const;
  const code = childText(record, personNamespace, 'gender');
  const birth = child(record, personNamespace, 'birth');
  const birthDate = birth && partialDate(birth, 'dateOfBirth');
  const address = child(
    child(record, personNamespace, 'addressInformation') ?? record,
    personNamespace,
    'residentialAddress',
  );
  const name = child(record, personNamespace, 'name');
  const referred = referredIdentities(record);
  return {
    ...(name && { name: readName(name) }),
    ...((code === '1' || code === '2') && { gender: gender[code] }),
    ...(birthDate !== undefined && { birthDate }),
    ...(address && { address: readAddress(address) }),
    ...municipality(child(record, personNamespace, 'populationRegistrationLocality')),
    ...(referred.length > 0 && { referred }),
  };
}

function readName(name: XmlElement): NonNullable<RegisterRecord['name']> {
  return texts(name, {
    given: 'givenName',
    middle: 'middleName',
    surname: 'surname',
    givenNameIndicator: 'givenNameIndicator',
  });
}

function readAddress(address: XmlElement): NonNullable<RegisterRecord['address']> {
  const { postalCode, ...rest } = texts(address, {
    careOf: 'careOf',
    line1: 'postalAddress1',
    line2: 'postalAddress2',
    postalCode: 'postalCode',
    city: 'city',
  });
  // The schema carries the postal code as a number, so a leading zero is lost on the way.
  return { ...rest, ...(postalCode !== undefined && { postalCode: postalCode.padStart(5, '0') }) };
}

/** The four digits of a municipality: the register carries county and municipality as two and two. */
function municipality(locality: XmlElement | undefined): { municipalityCode?: string } {
  const code = locality
    ? `${childText(locality, personNamespace, 'countyCode') ?? ''}${childText(locality, personNamespace, 'municipalityCode') ?? ''}`
    : '';
  return /^\d{4}$/.test(code) ? { municipalityCode: code } : {};
}

/** Dead (AV), emigrated and so on. A date when found dead without a reason code is a death all the same. */
function deregistration(element: XmlElement | undefined): Pick<RegisterRecord, 'deregistration'> {
  if (!element) return {};
  const foundDead = partialDate(element, 'foundDeadAtDate');
  const date = partialDate(element, 'deregistrationDate') ?? foundDead;
  const reason =
    childText(element, personNamespace, 'deregistrationReasonCode') ?? (foundDead ? 'AV' : 'unknown');
  return { deregistration: { reason, ...(date !== undefined && { date }) } };
}

function referredIdentities(record: XmlElement): readonly PersonIdentifier[] {
  const found = [
    ...childrenOf(record, personNamespace, 'referredPersonalIdentities'),
    ...childrenOf(record, personNamespace, 'linkedIdentity'),
  ]
    .map((each) => extension(child(each, personNamespace, 'referredPersonalIdentity')))
    .filter((each) => each !== undefined);
  return [...new Set(found)].slice(0, 20).map(identifierOf);
}

function partialDate(parent: XmlElement, name: string): string | undefined {
  const date = child(parent, personNamespace, name);
  return date && childText(date, personNamespace, 'value');
}

function extension(identity: XmlElement | undefined): string | undefined {
  return identity && childText(identity, personNamespace, 'extension');
}

/** An xs:boolean; undefined when it is missing, something else, or said twice. */
function flag(record: XmlElement, name: string): boolean | undefined {
  if (childrenOf(record, personNamespace, name).length > 1) return undefined;
  const text = childText(record, personNamespace, name);
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

function texts<Key extends string>(
  parent: XmlElement,
  names: Readonly<Record<Key, string>>,
): { [Name in Key]?: string } {
  const found: { [Name in Key]?: string } = {};
  for (const key of Object.keys(names) as Key[]) {
    const text = childText(parent, personNamespace, names[key]);
    if (text !== undefined) found[key] = text;
  }
  return found;
}
