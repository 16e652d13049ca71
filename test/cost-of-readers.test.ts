import type { CarePlan, Communication, Consent, Parameters as FhirParameters } from 'fhir/r4.js';
import { onlyRead } from '../connectors/common/recording/only-read.js';
import { readXml, type XmlElement } from '../connectors/common/soap/xml.js';
import { readSettings } from '../connectors/cosmic/configuration-file.js';
import { contracts, credentialsNamespace } from '../connectors/hsa/contract.js';
import { readCredentials } from '../connectors/hsa/read-credentials.js';
import { readHealthCareUnit, readUnit } from '../connectors/hsa/read-unit.js';
import { recordedElements as recordedOfHsa } from '../connectors/hsa/recorded-elements.js';
import { listingNamespace, responderNamespace } from '../connectors/listing/contract.js';
import { readAnswer } from '../connectors/listing/read-answer.js';
import { recordedElements as recordedOfListing } from '../connectors/listing/recorded-elements.js';
import { readMapping } from '../connectors/melior/mapping.js';
import { readKeySetOfFile } from '../src/access/issuer-keys.js';
import { readIssuers } from '../src/access/issuers.js';
import { caseKinds } from '../src/cases/kinds/every-kind.js';
import { buildDirectory } from '../src/directory/directory.js';
import { readCarePlan } from '../src/fhir/create/care-plan-input.js';
import { readMessage } from '../src/fhir/create/message-input.js';
import { readOpeningElement } from '../src/fhir/create/read-opening-element.js';
import { readConsent } from '../src/fhir/create/consent-input.js';
import { parseForm } from '../src/fhir/http/body-parsers.js';
import { readParameters } from '../src/fhir/operations/parameters-input.js';
import { readCriteria } from '../src/fhir/search/search-input.js';
import { Submitted } from '../src/fhir/submitted/submitted.js';
import { readQuestion } from '../src/fhir/trail-review/audit-question.js';
import { CatalogueReferences } from '../src/fhir/write/catalogue-references.js';
import { defaultTimeBounds, windowAt } from '../src/messaging/contracts/time-bounds.js';
import { codeSystems } from '../src/projection/codes/codes.js';
import { asPolicy } from '../src/policies/policy-file.js';
import { mapping as meliorMapping } from './connectors/common/support.js';
import { holds, inside, list, named } from './support/cost-by-size.js';
import { sample, sampleOrganisation } from './support/organisation.js';

/** No input costs more than in proportion to its size (support/cost-by-size.ts): the readers of one kind of thing each. */

const numbered = (write: (place: number) => string) => (parts: number) =>
  `[${Array.from({ length: parts }, (_, place) => write(place)).join(',')}]`;

const listing = (make: (parts: number) => string) =>
  inside(
    `<getListingResponse xmlns="${responderNamespace}" xmlns:c="${listingNamespace}"><subjectOfCare><c:personId>190503279812</c:personId>`,
    make,
    '</subjectOfCare></getListingResponse>',
  );
const repeated = (part: string) => (parts: number) => part.repeat(parts);
const readListing = (text: string) => {
  const content = readXml(text);
  onlyRead(content, recordedOfListing);
  readAnswer(content, '190503279812');
};
holds('an answer of the listing service', readListing, [
  ['of listings', listing(repeated('<c:listing/>')), 300],
  ['of what is not read', listing(repeated('<c:other><c:other/></c:other>')), 300],
  [
    'of facilities in one listing',
    listing(inside('<c:listing>', repeated('<c:healthcare_facility/>'), '</c:listing>')),
    300,
  ],
]);

const answerOf =
  (name: keyof typeof contracts, root: string, inner: string) => (make: (parts: number) => string) =>
    inside(
      `<h:${root} xmlns:h="${contracts[name].namespace}" xmlns:a="${credentialsNamespace}">${inner.split('|')[0]}`,
      make,
      `${inner.split('|')[1]}</h:${root}>`,
    );
const unit = answerOf('unit', 'GetUnitResponse', '<h:unit>|</h:unit>');
const careUnit = answerOf(
  'healthCareUnit',
  'GetHealthCareUnitResponse',
  '<h:healthCareUnit>|</h:healthCareUnit>',
);
const credentials = answerOf(
  'credentials',
  'GetCredentialsForPersonIncludingProtectedPersonResponse',
  '<h:credentialInformation><a:personHsaId>SE2321000016-P1</a:personHsaId><a:middleAndSurName>A</a:middleAndSurName>|</h:credentialInformation>',
);
const readCatalogue = (text: string) => {
  const content: XmlElement = readXml(text);
  onlyRead(content, recordedOfHsa);
  if (content.name === 'GetUnitResponse') readUnit(content, sample.ward, true);
  else if (content.name === 'GetHealthCareUnitResponse') readHealthCareUnit(content, sample.ward);
  else readCredentials(content, 'SE2321000016-P1', true);
};
holds('an answer of the catalogue', readCatalogue, [
  ['of names of a unit', unit(repeated('<h:unitName>A</h:unitName>')), 300],
  ['of ids of a care unit', careUnit(repeated('<h:healthCareUnitHsaId>A</h:healthCareUnitHsaId>')), 300],
  ['of titles', credentials(repeated('<a:paTitleCode>1</a:paTitleCode>')), 300],
  [
    'of licences',
    credentials(repeated('<a:healthCareProfessionalLicence>A</a:healthCareProfessionalLicence>')),
    300,
  ],
  [
    'of assignments',
    credentials(
      named(
        (place) =>
          `<a:commission><a:commissionHsaId>SE2321000016-A${place}</a:commissionHsaId></a:commission>`,
        '',
      ),
    ),
    300,
  ],
]);

const organisation = sampleOrganisation();
const directory = buildDirectory(organisation);
const references = new CatalogueReferences(directory);
const window = windowAt(defaultTimeBounds, new Date('2026-03-02T10:00:00Z'));
const submitted = <Resource extends { resourceType: string }>(text: string): Submitted<Resource> => {
  const content = JSON.parse(text) as Resource;
  return new Submitted(content, content.resourceType, {
    baseUrl: 'http://hub/fhir',
    window,
    issues: [],
    faults: 0,
  });
};
const by = { kind: 'user', user: sample.nurse, unit: sample.ward } as unknown as Parameters<
  typeof readCarePlan
>[2];
const readPlan = (text: string) => {
  const plan = submitted<CarePlan>(text);
  readCarePlan(plan, caseKinds, by, references);
  plan.refuseUnread();
};
const resource = (type: string, element: string, make: (parts: number) => string) =>
  inside(`{"resourceType":"${type}","${element}":`, make, '}');
holds('a CarePlan that opens a case', readPlan, [
  ['of categories', resource('CarePlan', 'category', list('{"coding":[{"system":"a","code":"b"}]}')), 200],
  ['of extensions', resource('CarePlan', 'extension', list('{"url":"a","valueString":"b"}')), 200],
  [
    'of identities',
    resource('CarePlan', 'subject', inside('{"identifier":{"value":"', repeated('1'), '"}}')),
    2_000,
  ],
]);

const readCoded = (text: string) => {
  const plan = submitted<CarePlan>(text);
  readOpeningElement(
    plan,
    { element: 'addresses[0]', type: 'reference', to: 'Encounter', field: 'a' },
    undefined,
  );
  readOpeningElement(
    plan,
    { element: 'activity[0].detail', type: 'code', of: codeSystems.decision, field: 'b' },
    undefined,
  );
  plan.refuseUnread();
};
holds('an element that a kind of case names', readCoded, [
  ['of a list', resource('CarePlan', 'addresses', list('{"reference":"Encounter/a"}')), 200],
  [
    'of codings',
    resource('CarePlan', 'activity', inside('[{"detail":{"coding":', list('{"code":"a"}'), '}}]')),
    200,
  ],
]);

const readDecision = async (text: string) => {
  const consent = submitted<Consent>(text);
  const context = {
    now: new Date('2026-03-02T10:00:00Z'),
    by,
    directory,
    references,
    requireCase: () => Promise.resolve('00000000-0000-4000-8000-000000000000'),
  } as unknown as Parameters<typeof readConsent>[1];
  await readConsent(consent, context);
  consent.refuseUnread();
};
const harm = (make: (parts: number) => string) =>
  inside(
    `{"resourceType":"Consent","category":[{"coding":[{"system":"${codeSystems.decision.system}","code":"harm-assessment"}]}],"performer":[{"identifier":{"system":"urn:oid:1.2.752.29.4.19","value":"${sample.nurse}"}}],"contained":[{"resourceType":"QuestionnaireResponse","id":"a","item":`,
    make,
    '}]}',
  );
holds('a Consent that registers a decision', readDecision, [
  ['of categories', resource('Consent', 'category', list('{"coding":[{"system":"a","code":"b"}]}')), 200],
  ['of organizations', resource('Consent', 'organization', list('{"reference":"Organization/a"}')), 200],
  ['of performers', resource('Consent', 'performer', list('{"reference":"Practitioner/a"}')), 200],
  [
    'of data',
    inside('{"resourceType":"Consent","provision":{"data":', list('{"meaning":"related"}'), '}}'),
    200,
  ],
  ['of answers of a harm assessment', harm(list('{"linkId":"a","answer":[{"valueBoolean":true}]}')), 200],
]);

const readSent = async (text: string) => {
  const message = submitted<Communication>(text);
  const context = {
    now: new Date('2026-03-02T10:00:00Z'),
    by,
    references,
    requireCase: () => Promise.resolve('00000000-0000-4000-8000-000000000000'),
  } as unknown as Parameters<typeof readMessage>[1];
  await readMessage(message, context);
  message.refuseUnread();
};
const written = (make: (parts: number) => string) =>
  inside('{"resourceType":"Communication","payload":[', make, ']}');
holds('a message to other units', readSent, [
  [
    'of categories',
    resource('Communication', 'category', list('{"coding":[{"system":"a","code":"b"}]}')),
    200,
  ],
  ['of recipients', resource('Communication', 'recipient', list('{"reference":"Organization/a"}')), 200],
  ['of extensions', resource('Communication', 'extension', list('{"url":"a","valueString":"b"}')), 200],
  ['of texts', resource('Communication', 'payload', list('{"contentString":"a"}')), 200],
  ['of a long text', written(inside('{"contentString":"', repeated('1 '), '"}')), 2_000],
  [
    'of a file of digits',
    written(
      inside(
        '{"contentAttachment":{"contentType":"text/plain","title":"a","data":"',
        repeated('MTIz'),
        '"}}',
      ),
    ),
    2_000,
  ],
]);

const row = {
  parameters: [
    { name: 'a', type: 'string', field: 'a', min: 0, max: '*' },
    { name: 'b', type: 'string', field: 'b', min: 0, max: '1' },
  ],
} as unknown as Parameters<typeof readParameters>[0];
const readGiven = async (text: string) => {
  const sent = submitted<FhirParameters>(text);
  await readParameters(row, sent, references, 'a');
  sent.refuseUnread();
};
holds('the Parameters of an operation', readGiven, [
  [
    'of one that may stand often',
    resource('Parameters', 'parameter', list('{"name":"a","valueString":"x"}')),
    300,
  ],
  [
    'of one that may stand once',
    resource('Parameters', 'parameter', list('{"name":"b","valueString":"x"}')),
    300,
  ],
  [
    'of names nobody knows',
    resource(
      'Parameters',
      'parameter',
      numbered((place) => `{"name":"x${place}"}`),
    ),
    300,
  ],
]);

const wide = { elements: 100_000, list: 100_000, depth: 200, text: 1_048_576 };
const settings = { baseUrl: 'http://hub/fhir', defaultPageSize: 20, maximumPageSize: 100 };
holds(
  'a question to the trail',
  (form) => readQuestion(readCriteria(parseForm(Buffer.from(form), wide)), settings),
  [
    ['of dates', repeated('date=ge2026-01-01&'), 300],
    ['of a long patient', inside('patient=', repeated('a/'), ''), 3_000],
    ['of a long agent', inside('agent:identifier=urn:oid:1.2.752.29.4.19%7C', repeated('SE'), ''), 3_000],
  ],
);

const ofJson = (read: (value: unknown) => unknown) => (text: string) => read(JSON.parse(text));
holds('a JWK set', ofJson(readKeySetOfFile), [
  ['of keys', inside('{"keys":', list('{"kty":"EC"}'), '}'), 300],
  ['of keys that are none', inside('{"keys":', list('1'), '}'), 100],
  ['of a long modulus', inside('{"keys":[{"kty":"RSA","n":"', repeated('A'), '"}]}'), 3_000],
]);

const issuer = {
  audience: 'hub',
  keys: { url: 'https://idp.example/jwks' },
  algorithms: ['ES256'],
  kind: 'user',
  claims: { client: 'client_id', user: 'u', unit: 'unit' },
};
const numbers = (parts: number) => JSON.stringify(Array.from({ length: parts }, () => sample.region));
holds('a file of issuers', ofJson(readIssuers), [
  ['of issuers', numbered((place) => JSON.stringify({ ...issuer, issuer: `i${place}` })), 100],
  ['of the same issuer', list(JSON.stringify({ ...issuer, issuer: 'i' })), 100],
  [
    'of organisations and clients',
    (parts) =>
      `[${JSON.stringify({ ...issuer, issuer: 'i' }).slice(0, -1)},"organisations":${numbers(parts)},"clients":{"a":{"organisations":${numbers(parts)}}}}]`,
    200,
  ],
]);

const sender = (place: number) => JSON.stringify({ application: `A${place}`, facility: 'B' });
const { senders: _any, ...ofAll } = meliorMapping;
const withSenders = (make: (parts: number) => string) =>
  inside(`${JSON.stringify(ofAll).slice(0, -1)},"senders":`, make, '}');
holds('the mapping of Melior', ofJson(readMapping), [
  ['of senders', withSenders(numbered(sender)), 200],
  ['of the same sender', withSenders(list(sender(1))), 200],
  [
    'of wards',
    (parts) =>
      JSON.stringify({
        ...meliorMapping,
        ward: {
          table: Object.fromEntries(
            Array.from({ length: parts }, (_, place) => [`W${place}`, 'SE2321000016-W1']),
          ),
        },
      }),
    200,
  ],
]);
holds('the configuration of Cosmic', ofJson(readSettings), [
  ['of classes', inside('{"classes":', list('"IMP"'), '}'), 300],
  [
    'of unknown names',
    inside(
      '{',
      named((place) => `"x${place}":1`, ','),
      '}',
    ),
    300,
  ],
]);
holds(
  'a file of a policy',
  ofJson((value) => asPolicy(value, 'a', caseKinds.all)),
  [
    [
      'of versions',
      inside(
        '{"name":"a","versions":',
        numbered((place) => `{"version":${place + 1},"because":"x","settings":{}}`),
        '}',
      ),
      100,
    ],
    ['of versions that are none', inside('{"versions":', list('1'), '}'), 100],
  ],
);
