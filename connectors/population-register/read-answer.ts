import type { PersonIdentifier, RegisterRecord } from '../../src/messaging/contracts/facts.js';
import { longest, most } from '../../src/messaging/contracts/limits.js';
import { cut } from '../common/cut.js';
import { SoapFailure } from '../common/soap/fault.js';
import { onlyRead } from '../common/recording/only-read.js';
import { readFrom } from '../common/recording/read-from.js';
import { flagOf, saidOnce, textSaidOnce } from '../common/soap/xml-values.js';
import { childrenOf, readXml, writeXml, type XmlElement } from '../common/soap/xml.js';
import { identifierOf, personNamespace, responderNamespace } from './contract.js';
import { recordedElements } from './recorded-elements.js';

/** What the register said about one number: a record, or that it does not know it. */
export type RegisterAnswer = RegisterRecord | 'unknown';

/**
 * Reads the answer to a question, by number asked (matched on the extension: the register answers under another root than
 * it was asked).
 * @throws SoapFailure `not-soap` when it is another kind of answer, `two-answers` when it says two things about one number,
 *   or names two persons in one record, `wrong-person` when the record under a number is somebody else's.
 */
export function readAnswer(content: XmlElement): ReadonlyMap<string, RegisterAnswer> {
  if (content.name !== 'GetPersonsForProfileResponse' || content.namespace !== responderNamespace)
    throw new SoapFailure('not-soap', 'theirs');
  const answers = new Map<string, RegisterAnswer>();
  for (const each of childrenOf(content, responderNamespace, 'requestedPersonRecord')) {
    const asked = identityIn(each, 'requestedPersonalIdentity');
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
  return open ? readFrom(record, () => writeXml(onlyRead(answer, recordedElements))) : record;
}

/** Whether a record is that of the number asked for: under that number, or under one that it refers to (PAT-12). */
function isAbout(record: XmlElement, asked: string): boolean {
  const own = identityIn(record, 'personalIdentity') ?? asked;
  if (own.length > longest.id) return false;
  return own === asked || referredIdentities(record).some(({ value }) => value === asked);
}

/**
 * A record as the facts carry it. Of a datum that the contract takes once and that stands twice none is taken: which of them holds is not
 * to be guessed, and the rest is told all the same. Failing closed: without one of the mandatory flags nothing but the number is passed on, so
 * protection is unknown. Of a protected person neither name nor address is (PAT-5).
 */
function readRecord(record: XmlElement, asked: string): RegisterRecord {
  const identifier = identifierOf(identityIn(record, 'personalIdentity') ?? asked);
  const protectedPerson = flagOf(record, personNamespace, 'protectedPersonIndicator');
  const testPerson = flagOf(record, personNamespace, 'testIndicator');
  const primary = flagOf(record, personNamespace, 'primaryIdentity');
  if (protectedPerson === undefined || testPerson === undefined || primary === undefined)
    return { identifier, ...(testPerson !== undefined && { testPerson }) };
  const written = childrenOf(record, personNamespace, 'protectedPopulationRecord').length > 0;
  const protectedPopulationRecord = flagOf(record, personNamespace, 'protectedPopulationRecord');
  // Optional, so absence says no; but a value that cannot be read, or is not there, says nothing.
  if (written && protectedPopulationRecord === undefined) return { identifier, testPerson };
  const known = {
    identifier,
    protectedPerson,
    ...(protectedPopulationRecord !== undefined && { protectedPopulationRecord }),
    testPerson,
    ...deregistration(childrenOf(record, personNamespace, 'deregistration')[0]),
  };
  if (protectedPerson || protectedPopulationRecord === true) return known;
  return { ...known, ...personalData(record) };
}

function personalData(record: XmlElement): Partial<RegisterRecord> {
  const gender = { '1': 'male', '2': 'female' } as const;
  const code = textSaidOnce(record, personNamespace, 'gender');
  const birth = saidOnce(record, personNamespace, 'birth');
  const birthDate = birth && partialDate(birth, 'dateOfBirth');
  const address = saidOnce(
    saidOnce(record, personNamespace, 'addressInformation') ?? record,
    personNamespace,
    'residentialAddress',
  );
  const name = saidOnce(record, personNamespace, 'name');
  const referred = referredIdentities(record);
  return {
    ...(name && { name: readName(name) }),
    ...((code === '1' || code === '2') && { gender: gender[code] }),
    ...(birthDate !== undefined && { birthDate }),
    ...(address && { address: readAddress(address) }),
    ...municipality(saidOnce(record, personNamespace, 'populationRegistrationLocality')),
    ...(referred.length > 0 && { referred }),
  };
}

function readName(name: XmlElement): NonNullable<RegisterRecord['name']> {
  const { givenNameIndicator, ...rest } = texts(name, {
    given: 'givenName',
    middle: 'middleName',
    surname: 'surname',
    givenNameIndicator: 'givenNameIndicator',
  });
  const isIndicator = (givenNameIndicator?.length ?? Infinity) <= longest.givenNameIndicator;
  return { ...rest, ...(givenNameIndicator !== undefined && isIndicator && { givenNameIndicator }) };
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
  const isCode = (postalCode?.length ?? Infinity) <= longest.postalCode;
  return { ...rest, ...(postalCode !== undefined && isCode && { postalCode: postalCode.padStart(5, '0') }) };
}

/** The four digits of a municipality: the register carries county and municipality as two and two. */
function municipality(locality: XmlElement | undefined): { municipalityCode?: string } {
  const code = locality
    ? `${textSaidOnce(locality, personNamespace, 'countyCode') ?? ''}${textSaidOnce(locality, personNamespace, 'municipalityCode') ?? ''}`
    : '';
  return /^\d{4}$/.test(code) ? { municipalityCode: code } : {};
}

/** Dead (AV), emigrated and so on. A date when found dead without a reason code is a death all the same. */
function deregistration(element: XmlElement | undefined): Pick<RegisterRecord, 'deregistration'> {
  if (!element) return {};
  const found = childrenOf(element, personNamespace, 'foundDeadAtDate');
  const date = partialDate(element, 'deregistrationDate') ?? partialDate(element, 'foundDeadAtDate');
  const code = textSaidOnce(element, personNamespace, 'deregistrationReasonCode');
  const isDead = found.some((each) =>
    childrenOf(each, personNamespace, 'value').some(({ text }) => text.trim() !== ''),
  );
  const reason = code !== undefined && code.length <= longest.code ? code : isDead ? 'AV' : 'unknown';
  return { deregistration: { reason, ...(date !== undefined && { date }) } };
}

function referredIdentities(record: XmlElement): readonly PersonIdentifier[] {
  const found = [
    ...childrenOf(record, personNamespace, 'referredPersonalIdentities'),
    ...childrenOf(record, personNamespace, 'linkedIdentity'),
  ]
    .map((each) => identityIn(each, 'referredPersonalIdentity'))
    .filter((each) => each !== undefined)
    .filter((each) => each.length <= longest.id);
  return [...new Set(found)].slice(0, most.identities).map(identifierOf);
}

function partialDate(parent: XmlElement, name: string): string | undefined {
  const date = saidOnce(parent, personNamespace, name);
  const text = date && textSaidOnce(date, personNamespace, 'value');
  // Another date when it is cut.
  return text !== undefined && text.length <= longest.date ? text : undefined;
}

/** The number of the one identity of that name. @throws SoapFailure `two-answers` when there are two: whose the rest is, nobody can tell */
function identityIn(parent: XmlElement, name: string): string | undefined {
  const numbers = childrenOf(parent, personNamespace, name).flatMap((each) =>
    childrenOf(each, personNamespace, 'extension').map(({ text }) => text.trim()),
  );
  if (numbers.length > 1) throw new SoapFailure('two-answers', 'theirs');
  return numbers[0] === '' ? undefined : numbers[0];
}

/** Texts for people, cut to what a fact takes. */
function texts<Key extends string>(
  parent: XmlElement,
  names: Readonly<Record<Key, string>>,
): { [Name in Key]?: string } {
  const found: { [Name in Key]?: string } = {};
  for (const key of Object.keys(names) as Key[]) {
    const text = textSaidOnce(parent, personNamespace, names[key]);
    if (text !== undefined) found[key] = cut(text, longest.text);
  }
  return found;
}
