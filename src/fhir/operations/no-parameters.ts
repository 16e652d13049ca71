import type { Parameters } from 'fhir/r4.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import type { Submitted } from '../submitted/submitted.js';
import { SubmittedBody, submissionTo } from '../submitted/submitted-body.js';

/**
 * Reads the body of a POST to an operation that takes no parameters: none, or a Parameters without any.
 * @throws {FhirError} for every other one, naming what it does not take
 */
export async function readNoParameters(body: unknown, settings: FacadeSettings, clock: Clock): Promise<void> {
  await new SubmittedBody('Parameters', body, submissionTo(settings, clock)).read(refuseEach);
}

function refuseEach(sent: Submitted<Parameters>): object {
  for (const parameter of sent.children('parameter')) {
    parameter.fault('unknown-operation-parameter');
    parameter.takeAll();
  }
  return {};
}
