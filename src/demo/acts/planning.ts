import type { CarePlan, Communication } from 'fhir/r4.js';
import { identifierSystems } from '../../projection/codes/codes.js';
import type { Player } from '../cast.js';
import { catalogueParameter } from '../requests.js';
import { dayFromNow, journalTells, type DemoStay, type Scene } from '../scene.js';
import { showSteps } from './show.js';

/** The journal moves the patient; the case follows (SVU-25). */
export async function wardChange(
  scene: Scene,
  { caseId, stay }: { readonly caseId: string; readonly stay: DemoStay },
  ward: { readonly code: string; readonly shown: string; readonly nurse: Player },
): Promise<void> {
  scene.timeline.heading('Byte av avdelning');
  await journalTells(scene, 'A02', stay, ward.code, `${stay.patient.given} flyttas till ${ward.shown}`);
  const client = await scene.client(ward.nurse);
  await client.eventually<CarePlan>('CarePlan', { _id: caseId });
  scene.timeline.result('Ärendet följer med till den nya avdelningen; det är ingen utskrivning (SVU-25).');
}

/** The ward plans another day of discharge (SVU-9). */
export async function plannedDischarge(
  scene: Scene,
  caseId: string,
  { nurse, days, reason }: { readonly nurse: Player; readonly days: number; readonly reason: string },
): Promise<void> {
  const date = dayFromNow(days);
  scene.timeline.heading('Beräknad utskrivning ändras');
  scene.timeline.step(nurse.shown, `flyttar beräknad utskrivning till ${date}: ${reason}`);
  const client = await scene.client(nurse);
  const plan = await client.step(
    caseId,
    'change-planned-discharge',
    { name: 'date', valueDate: date },
    { name: 'reason', valueString: reason },
  );
  showSteps(scene.timeline, plan);
}

/** A unit writes to another (MSG-1). */
export async function message(
  scene: Scene,
  caseId: string,
  { from, to, text }: { readonly from: Player; readonly to: Player; readonly text: string },
): Promise<void> {
  scene.timeline.heading('Meddelande');
  scene.timeline.step(from.shown, `skriver till ${to.shown}: ${text}`);
  const client = await scene.client(from);
  await client.create<Communication>({
    resourceType: 'Communication',
    status: 'completed',
    basedOn: [{ reference: `CarePlan/${caseId}` }],
    recipient: [{ identifier: { system: identifierSystems.hsa, value: to.unit } }],
    payload: [{ contentString: text }],
  });
  scene.timeline.result('Meddelandet ska kvitteras och ligger på mottagarens att göra-lista.');
}

/** Outpatient care names a contact (SVU-8). */
export async function contact(
  scene: Scene,
  caseId: string,
  { player, callsToSip }: { readonly player: Player; readonly callsToSip: boolean },
): Promise<void> {
  scene.timeline.heading('Fast vårdkontakt');
  const how = callsToSip ? 'med kallelseansvar' : 'utan kallelseansvar';
  scene.timeline.step(player.shown, `utser sig själv till fast vårdkontakt ${how}`);
  const client = await scene.client(player);
  await client.step(
    caseId,
    'name-contact',
    catalogueParameter('contact', player.user),
    { name: 'callsToSip', valueBoolean: callsToSip },
    ...(callsToSip ? [] : [{ name: 'responsibility', valueString: 'Uppföljning efter hemgång' }]),
  );
}

/** Each unit says that its own planning is done; one of the municipality, from when the patient is welcome home (SVU-27). */
export async function planningDone(
  scene: Scene,
  caseId: string,
  { players, welcomes }: { readonly players: readonly Player[]; readonly welcomes: Player },
): Promise<void> {
  scene.timeline.heading('Egen planering');
  for (const player of players) {
    const from = player === welcomes ? new Date(Date.now() + 3_600_000).toISOString() : undefined;
    const more = from === undefined ? '' : ', och när patienten är välkommen hem';
    scene.timeline.step(player.shown, `anger att den egna planeringen är klar${more}`);
    const client = await scene.client(player);
    await client.step(
      caseId,
      'report-planning-done',
      ...(from === undefined ? [] : [{ name: 'welcomeFrom', valueDateTime: from }]),
    );
  }
}
