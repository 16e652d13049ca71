import type { CarePlan, Parameters } from 'fhir/r4.js';
import { newCase, oralConsent } from '../../../src/demo/requests.js';
import type { FhirClient } from './fhir-client.js';

const day = 24 * 60 * 60 * 1000;

/** Opens a case of the person with this number, with consent, and publishes it. @returns its id */
export async function publishedCase(client: FhirClient, number: string): Promise<string> {
  const now = Date.now();
  const planned = new Date(now + 4 * day).toISOString().slice(0, 10);
  const { id = '' } = await client.send<CarePlan>(
    'POST',
    'CarePlan',
    newCase(number, new Date(now - 60_000), planned),
  );
  const informed: Parameters = {
    resourceType: 'Parameters',
    parameter: ['informed', 'oral', 'written'].map((name) => ({ name, valueBoolean: true })),
  };
  await client.send('POST', `CarePlan/${id}/$record-patient-information`, informed);
  await client.send('POST', 'Consent', oralConsent(id));
  await client.send('POST', `CarePlan/${id}/$publish-admission-notice`, { resourceType: 'Parameters' });
  return id;
}
