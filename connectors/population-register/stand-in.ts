import { child, childrenOf, childText, element, group, type XmlElement } from '../common/soap/xml.js';
import { DataFile } from '../common/stand-in/data-file.js';
import {
  startSoapStandIn,
  type SoapStandIn,
  type StandInAnswer,
  type StandInOptions,
} from '../common/stand-in/soap-stand-in.js';
import { action, mostPersons, personNamespace, responderNamespace, rootOf } from './contract.js';
import { readPersonsFile, type StandInPerson } from './stand-in-file.js';

/** Plays the population register: GetPersonsForProfile 5 on loopback, from a file that may be replaced while it runs. */
export async function startPopulationRegisterStandIn(options: StandInOptions): Promise<SoapStandIn> {
  const file = await DataFile.open(options.file, readPersonsFile, options.logger);
  return startSoapStandIn({
    ...options,
    profile: '2.1',
    action,
    faultOf: async (question) => {
      const persons = await file.current();
      return askedNumbers(question)
        .map((number) => persons.get(number)?.fault)
        .find((fault) => fault !== undefined);
    },
    answer: async (question, fault) => answer(question, await file.current(), fault),
  });
}

function askedNumbers(question: XmlElement): readonly string[] {
  return childrenOf(question, responderNamespace, 'personId')
    .map((id) => childText(id, personNamespace, 'extension'))
    .filter((number) => number !== undefined);
}

function answer(
  question: XmlElement,
  persons: ReadonlyMap<string, StandInPerson>,
  fault: string | undefined,
): StandInAnswer | undefined {
  const numbers = askedNumbers(question);
  const wellFormed =
    question.name === 'GetPersonsForProfile' &&
    child(question, responderNamespace, 'profile') &&
    child(question, responderNamespace, 'ignoreReferredIdentity');
  if (!wellFormed || numbers.length === 0 || numbers.length > mostPersons) return undefined;
  const leaveOut = fault === 'partial' || fault === 'missing-person';
  const another = [...persons.values()].find((person) => !numbers.includes(person.number));
  const records = numbers
    .filter((number, index) => !(leaveOut && (persons.get(number)?.fault ?? (index === 0 && fault))))
    .map((number) =>
      requestedRecord(number, fault === 'wrong-person' ? another : followed(number, persons), fault),
    );
  if (fault === 'duplicate') records.push(...records);
  if (fault === 'out-of-order') records.reverse();
  return {
    kind: 'body',
    body: `<r:GetPersonsForProfileResponse xmlns:r="${responderNamespace}" xmlns:p="${personNamespace}">${records.join('')}</r:GetPersonsForProfileResponse>`,
  };
}

/** Whoever has had the number: the register follows a reference to the number that holds now. */
function followed(number: string, persons: ReadonlyMap<string, StandInPerson>): StandInPerson | undefined {
  return [...persons.values()].find(({ referred }) => referred?.includes(number)) ?? persons.get(number);
}

function requestedRecord(number: string, person: StandInPerson | undefined, fault?: string): string {
  const record = person
    ? `<p:personRecord>${personRecord(person, fault === 'missing-flags')}</p:personRecord>`
    : '';
  return `<r:requestedPersonRecord>${identity('p:requestedPersonalIdentity', number)}${record}</r:requestedPersonRecord>`;
}

/** In the order of PersonRecordType. A protected person is told in profile P1: no registration, no address. */
function personRecord(person: StandInPerson, withoutFlags: boolean): string {
  const hidden = person.protectedPerson === true || person.protectedPopulationRecord === true;
  const flags =
    element('p:protectedPersonIndicator', String(person.protectedPerson ?? false)) +
    element('p:testIndicator', String(person.test ?? true)) +
    element('p:primaryIdentity', 'true');
  return [
    identity('p:personalIdentity', person.number),
    person.gender && element('p:gender', person.gender === 'male' ? '1' : '2'),
    withoutFlags ? '' : flags,
    group(
      'p:name',
      element('p:givenNameIndicator', person.givenNameIndicator) +
        element('p:givenName', person.given) +
        element('p:middleName', person.middle) +
        element('p:surname', person.surname),
    ),
    ...(person.referred ?? []).map((number) =>
      group('p:referredPersonalIdentities', identity('p:referredPersonalIdentity', number)),
    ),
    hidden ? '' : locality(person),
    hidden ? '' : addressInformation(person),
    deregistration(person),
    element('p:protectedPopulationRecord', String(person.protectedPopulationRecord ?? false)),
  ].join('');
}

function locality({ municipalityCode, registeredFrom }: StandInPerson): string {
  return group(
    'p:populationRegistrationLocality',
    date('p:populationRegistrationDate', registeredFrom) +
      element('p:countyCode', municipalityCode?.slice(0, 2)) +
      element('p:municipalityCode', municipalityCode?.slice(2)),
  );
}

function addressInformation({ address }: StandInPerson): string {
  const lines =
    element('p:careOf', address?.careOf) +
    element('p:postalAddress1', address?.line1) +
    element('p:postalAddress2', address?.line2) +
    element('p:postalCode', address?.postalCode) +
    element('p:city', address?.city);
  return group('p:addressInformation', group('p:residentialAddress', lines));
}

function deregistration({ deregistration: left }: StandInPerson): string {
  return group(
    'p:deregistration',
    element('p:deregistrationReasonCode', left?.reason) + date('p:deregistrationDate', left?.date),
  );
}

function identity(name: string, number: string): string {
  return `<${name}>${element('p:root', rootOf(number))}${element('p:extension', number)}</${name}>`;
}

function date(name: string, value: string | undefined): string {
  if (value === undefined) return '';
  return `<${name}><p:format>${'YYYY-MM-DD'.slice(0, value.length)}</p:format>${element('p:value', value)}</${name}>`;
}
