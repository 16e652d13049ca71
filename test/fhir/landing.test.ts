import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFacade, testBaseUrl } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { r4Faults } from '../support/r4-resources.js';
import { sampleOrganisation } from '../support/organisation.js';

let facade: TestFacade;
beforeAll(async () => {
  facade = await startFacade(sampleOrganisation());
});
afterAll(() => facade.stop());

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe.each(['/', '/fhir', '/fhir/'])('%s, without a token', (address) => {
  it.each([browser, 'text/html', 'text/html;q=0.9, application/fhir+json;q=0.1', 'text/*'])(
    'shows a person (Accept: %s) a page: what this is, and where',
    async (accept) => {
      const answer = await facade.http().get(address).set('Accept', accept);
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.text).toContain(`<code>${testBaseUrl}</code>`);
      expect(answer.text).toContain(`href="${testBaseUrl}/metadata?_format=json&amp;_pretty=true"`);
    },
  );

  it.each(['*/*', 'application/fhir+json', 'application/json', 'application/fhir+json, text/html;q=0.5'])(
    'shows a client (Accept: %s) where the CapabilityStatement is',
    async (accept) => {
      const answer = await facade.http().get(address).set('Accept', accept);
      expect([answer.status, r4Faults(answer.body)]).toEqual([200, []]);
      expect(answer.text).toContain(`${testBaseUrl}/metadata`);
      expect(answer.headers['link']).toBe(`<${testBaseUrl}/metadata>; rel="service-desc"`);
    },
  );

  it('takes nothing else', async () => {
    expect((await facade.http().get(address).set('Accept', 'application/fhir+xml')).status).toBe(406);
    expect(
      (await facade.http().get(`${address}?_format=json`).set('Accept', browser)).body.resourceType,
    ).toBe('OperationOutcome');
    const answer = await facade.http().put(address);
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
    expect((await facade.http().head(address)).status).toBe(200);
  });
});

it.each([
  '/fhir/.well-known/smart-configuration',
  '/fhir/.well-known/smart-configuration?x=1',
  '/fhir/.well-known',
  '/.well-known/smart-configuration',
  '/.well-known/openid-configuration',
])('%s is not there, and that is no secret', async (address) => {
  const answer = await facade.http().get(address);
  expect([answer.status, answer.body.resourceType]).toEqual([404, 'OperationOutcome']);
});

it('everything else stays behind a token', async () => {
  for (const address of ['/fhir/CarePlan', '/fhir/Nothing', '/fhir/CarePlan/.well-known'])
    expect([address, (await facade.http().get(address)).status]).toEqual([address, 401]);
});
