import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { startFacade, type TestFacade } from '../support/facade.js';

let facade: TestFacade;
beforeAll(async () => {
  facade = await startFacade(sampleOrganisation());
});
afterAll(() => facade.stop());

it.each([
  ['token-missing', () => ''],
  ['token-malformed', () => 'Bearer abc'],
  ['unit-not-assigned', () => facade.user(sample.nurse, sample.healthCentre)],
  ['unit-not-assigned', () => facade.system('SE4999000013-X999')],
])(
  'ORG-1: an operator reads in the log why a token was refused, a client does not: %s',
  async (code, token) => {
    const authorization = await token();
    const answer = await facade
      .http()
      .get('/fhir/Task')
      .set(authorization === '' ? {} : { Authorization: authorization });
    expect([401, 403]).toContain(answer.status);
    expect(answer.text).not.toContain(code);
    const requestId: unknown = answer.headers['x-request-id'];
    expect(
      facade.log().find((line) => line['msg'] === 'request' && line['requestId'] === requestId),
    ).toMatchObject({
      status: answer.status,
      refusedFor: code,
    });
  },
);
