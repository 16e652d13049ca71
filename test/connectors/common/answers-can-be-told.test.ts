import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SoapFailure } from '../../../connectors/common/soap/fault.js';
import { element, readXml, type XmlElement } from '../../../connectors/common/soap/xml.js';
import { contracts, credentialsNamespace } from '../../../connectors/hsa/contract.js';
import { readCredentials } from '../../../connectors/hsa/read-credentials.js';
import { readHealthCareUnit, readUnit } from '../../../connectors/hsa/read-unit.js';
import {
  listingNamespace,
  responderNamespace as listingResponder,
} from '../../../connectors/listing/contract.js';
import { readAnswer as readListings } from '../../../connectors/listing/read-answer.js';
import {
  personNamespace,
  responderNamespace as personResponder,
} from '../../../connectors/population-register/contract.js';
import { readAnswer as readPersons } from '../../../connectors/population-register/read-answer.js';
import { factEvent } from '../../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import type { FactTopicName, TopicData } from '../../../src/messaging/contracts/topics.js';
import { staff, wards } from '../hsa/hsa-file.js';
import { number } from './support.js';

/**
 * Whatever a register or the catalogue writes in its elements, what is read of it is a fact that can be told: one that its topic
 * refuses would never come, and a protection or a death with it (PAT-5, PAT-7).
 */

const readAt = '2026-01-10T08:00:00.000Z';
const person = { type: 'personnummer' as const, value: number };

/** What may stand in an element: ordinary, missing, too long, of more than one code unit, a time on the edge of what there is. */
const some = [
  '',
  ' ',
  'true',
  'false',
  '1',
  'ja',
  '2026-07-01',
  '20260701',
  '2026-00-00',
  '2026-02-30T00:00:00',
  number,
  '2026-07-01T00:00:00',
  '2026-03-29T02:30:00',
  '2026-07-01T24:00:00',
  '2026-07-01T00:00:60Z',
  '9999-12-31T23:59:59-01:00',
  '9999-12-31T23:59:59',
  '0001-01-01T00:00:00',
  '0000-01-01T00:00:00+14:00',
  'SE2321000016-A1',
  'SE2321000016-V1',
  '232100-0016',
  `${'a'.repeat(199)}👵`,
];
const written = fc.oneof(
  fc.constantFrom(...some),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.integer({ min: 60, max: 1000 }).map((length) => 'x'.repeat(length)),
);
const texts = fc.array(written, { maxLength: 2 });

/** Elements of a record: each name any number of times with anything in it, after those that are as they should be. */
const elements = (prefix: string, names: readonly string[], fixed: Readonly<Record<string, string>> = {}) =>
  fc
    .tuple(...names.map((name) => texts.map((each) => [name, each] as const)))
    .map((some) =>
      [
        ...Object.entries(fixed).map(([name, text]) => element(`${prefix}:${name}`, text)),
        ...some.flatMap(([name, each]) => each.map((text) => element(`${prefix}:${name}`, text))),
      ].join(''),
    );
const inside = (name: string, content: fc.Arbitrary<string>, most = 1) =>
  fc
    .array(
      content.map((each) => `<${name}>${each}</${name}>`),
      { maxLength: most },
    )
    .map((all) => all.join(''));
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));

const identity = (name: string, value: string) =>
  `<p:${name}><p:root>1.2.752.129.2.1.3.1</p:root>${element('p:extension', value)}</p:${name}>`;
const flags = { protectedPersonIndicator: 'false', testIndicator: 'false', primaryIdentity: 'true' };
const partial = (name: string) => inside(`p:${name}`, elements('p', ['value']));

const record = joined(
  fc.constant(identity('personalIdentity', number)),
  elements('p', ['gender', 'protectedPopulationRecord'], flags),
  inside('p:name', elements('p', ['givenName', 'middleName', 'surname', 'givenNameIndicator'])),
  inside('p:birth', partial('dateOfBirth')),
  inside(
    'p:addressInformation',
    inside(
      'p:residentialAddress',
      elements('p', ['careOf', 'postalAddress1', 'postalAddress2', 'postalCode', 'city']),
    ),
  ),
  inside('p:populationRegistrationLocality', elements('p', ['countyCode', 'municipalityCode'])),
  inside(
    'p:deregistration',
    joined(
      elements('p', ['deregistrationReasonCode']),
      partial('deregistrationDate'),
      partial('foundDeadAtDate'),
    ),
  ),
  inside(
    'p:linkedIdentity',
    written.map((value) => identity('referredPersonalIdentity', value)),
    25,
  ),
);
const listing = joined(
  elements('c', ['validFromDate', 'validToDate', 'listingType']),
  inside('c:healthcare_facility', elements('c', ['facilityId', 'facilityName'])),
  inside('c:resource', elements('c', ['resourceId', 'resourceName'])),
);
const commission = elements(
  'c',
  ['healthCareUnitEndDate', 'healthCareProviderEndDate', 'commissionPurpose', 'archivedHealthCareUnit'],
  { commissionHsaId: 'SE2321000016-A1', healthCareUnitHsaId: wards.careUnit, commissionPurpose: 'Vård' },
);

type Case<Topic extends FactTopicName> = {
  readonly topic: Topic;
  readonly answer: fc.Arbitrary<string>;
  readonly fact: (content: XmlElement) => TopicData[Topic];
};

const persons: Case<typeof factTopics.person> = {
  topic: factTopics.person,
  answer: record.map(
    (content) =>
      `<r:GetPersonsForProfileResponse xmlns:r="${personResponder}" xmlns:p="${personNamespace}"><r:requestedPersonRecord>` +
      `${identity('requestedPersonalIdentity', number)}<p:personRecord>${content}</p:personRecord>` +
      `</r:requestedPersonRecord></r:GetPersonsForProfileResponse>`,
  ),
  fact: (content) => {
    const read = readPersons(content).get(number);
    return typeof read === 'object'
      ? { person, found: true, record: read, readAt }
      : { person, found: false, readAt };
  },
};
const listings: Case<typeof factTopics.listing> = {
  topic: factTopics.listing,
  answer: inside('c:listing', listing, 60).map(
    (content) =>
      `<l:getListingResponse xmlns:l="${listingResponder}" xmlns:c="${listingNamespace}"><l:subjectOfCare>` +
      `<c:personId>${number}</c:personId>${content}</l:subjectOfCare></l:getListingResponse>`,
  ),
  fact: (content) => ({ person, listings: readListings(content, number), readAt }),
};
const unit: Case<typeof factTopics.unit> = {
  topic: factTopics.unit,
  answer: elements('h', ['unitStartDate', 'unitEndDate', 'feignedUnit'], {
    unitHsaId: wards.ward,
    unitName: 'x'.repeat(300),
  }).map(
    (content) =>
      `<h:GetUnitResponse xmlns:h="${contracts.unit.namespace}"><h:unit>${content}</h:unit></h:GetUnitResponse>`,
  ),
  fact: (content) => {
    const read = readUnit(content, wards.ward, true);
    return { unit: wards.ward, found: read !== undefined, ...read, readAt };
  },
};
const careUnit: Case<typeof factTopics.unit> = {
  topic: factTopics.unit,
  answer: elements('h', ['healthCareUnitMemberHsaId', 'archivedHealthCareUnit', 'healthCareProviderOrgNo'], {
    healthCareUnitHsaId: wards.ward,
    healthCareProviderHsaId: wards.provider,
  }).map(
    (content) =>
      `<h:GetHealthCareUnitResponse xmlns:h="${contracts.healthCareUnit.namespace}"><h:healthCareUnit>${content}</h:healthCareUnit></h:GetHealthCareUnitResponse>`,
  ),
  fact: (content) => ({ unit: wards.ward, found: true, ...readHealthCareUnit(content, wards.ward), readAt }),
};
const practitioner: Case<typeof factTopics.practitioner> = {
  topic: factTopics.practitioner,
  answer: joined(
    elements('c', ['healthCareProfessionalLicence', 'paTitleCode', 'protectedPerson'], {
      middleAndSurName: 'Ö'.repeat(300),
      personHsaId: staff.physician,
    }),
    inside('c:commission', commission, 3),
  ).map(
    (content) =>
      `<h:GetCredentialsForPersonIncludingProtectedPersonResponse xmlns:h="${contracts.credentials.namespace}" xmlns:c="${credentialsNamespace}">` +
      `<h:credentialInformation>${content}</h:credentialInformation></h:GetCredentialsForPersonIncludingProtectedPersonResponse>`,
  ),
  fact: (content) => {
    const read = readCredentials(content, staff.physician, true);
    return { practitioner: staff.physician, found: read !== undefined, ...read, readAt };
  },
};

/** How many of a thousand answers are read; each of these is a fact that its topic takes. */
function told<Topic extends FactTopicName>({ topic, answer, fact }: Case<Topic>): number {
  let read = 0;
  fc.assert(
    fc.property(answer, (text) => {
      let data: TopicData[Topic];
      try {
        data = fact(readXml(text));
      } catch (error) {
        if (error instanceof SoapFailure) return;
        throw error;
      }
      read += 1;
      const event = factEvent(topic, {
        source: 'urn:hemgang:test',
        id: ['1'],
        time: readAt,
        data,
        ...('person' in data && { keyId: 'test' }),
      });
      // The database takes no half of a character.
      expect(JSON.stringify(event)).not.toMatch(/\\ud[89a-f]/i);
    }),
    { numRuns: 1000 },
  );
  return read;
}

it('PAT-5, PAT-7: whatever the population register writes beside the flags, the person is told', () => {
  expect(told(persons)).toBe(1000);
});
// Of the others some are refused as unreadable; were all, nothing would have been tried.
it('PAT-7: whatever the listing service writes, what is read can be told', () => {
  expect(told(listings)).toBeGreaterThan(50);
});
it('ORG-1: whatever the catalogue writes of a unit, what is read can be told', () => {
  expect(told(unit)).toBeGreaterThan(20);
});
it('ORG-1: whatever the catalogue writes of a care unit, what is read can be told', () => {
  expect(told(careUnit)).toBeGreaterThan(20);
});
it('ORG-1: whatever the catalogue writes beside who it is, one of the staff is told', () => {
  expect(told(practitioner)).toBe(1000);
});
