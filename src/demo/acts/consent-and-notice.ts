import type { CarePlan, Communication, Consent } from 'fhir/r4.js';
import { codeSystems, identifierSystems } from '../../projection/codes/codes.js';
import type { Player } from '../cast.js';
import type { Scene } from '../scene.js';
import { showSteps } from './show.js';

export type ConsentAndNotice = {
  readonly nurse: Player;
  /** A unit of the municipality, whose view of the notice is printed. */
  readonly municipality: Player;
  readonly decision: { readonly shown: string; readonly resource: Consent };
};

/** The patient is informed, a decision about sharing is registered, and the admission notice goes out (CON-1, CON-2, SVU-5). */
export async function consentAndNotice(
  scene: Scene,
  caseId: string,
  { nurse, municipality, decision }: ConsentAndNotice,
): Promise<void> {
  const { timeline } = scene;
  const client = await scene.client(nurse);
  timeline.heading('Information, samtycke, inskrivningsmeddelande');
  timeline.step(nurse.shown, 'registrerar att patienten är informerad muntligt och skriftligt');
  await client.step(
    caseId,
    'record-patient-information',
    { name: 'informed', valueBoolean: true },
    { name: 'oral', valueBoolean: true },
    { name: 'written', valueBoolean: true },
  );
  timeline.step(nurse.shown, decision.shown);
  await client.create(decision.resource);
  timeline.step(nurse.shown, 'publicerar inskrivningsmeddelandet');
  showSteps(timeline, await client.step(caseId, 'publish-admission-notice'));
  const reader = await scene.client(municipality);
  const notice = await reader.eventually<Communication>('Communication', {
    'based-on': `CarePlan/${caseId}`,
    category: `${codeSystems.notice.system}|admission-notice`,
  });
  timeline.result(
    `Så läser kommunen det: ${(notice.payload?.[0]?.contentString ?? '').split('\n').join(' · ')}`,
  );
}

/** A unit is added by hand, and shown what came before it (ADR-12). */
export async function anotherUnit(
  scene: Scene,
  caseId: string,
  { by, added, why }: { readonly by: Player; readonly added: Player; readonly why: string },
): Promise<void> {
  scene.timeline.heading('En enhet till');
  scene.timeline.step(by.shown, why);
  const client = await scene.client(by);
  await client.step(caseId, 'add-participant', unitParameter(added.unit));
  const joined = await scene.client(added);
  const plan = await joined.eventually<CarePlan>('CarePlan', { _id: caseId });
  scene.timeline.result(`${added.shown} läser nu ärendet.`);
  showSteps(scene.timeline, plan);
}

const unitParameter = (unit: string) => ({
  name: 'unit',
  valueReference: { identifier: { system: identifierSystems.hsa, value: unit } },
});
