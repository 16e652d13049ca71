import type { AuditEvent, CarePlan, Task } from 'fhir/r4.js';
import { codeSystems } from '../../projection/codes/codes.js';
import type { Player } from '../cast.js';
import { catalogueParameter } from '../requests.js';
import { dayFromNow, journalTells, type Scene } from '../scene.js';
import type { Admitted } from './admission.js';
import { codeText, showSteps } from './show.js';

/** A doctor has found the patient ready, and the ward says so (SVU-10). */
export async function ready(
  scene: Scene,
  caseId: string,
  { nurse, doctor }: { readonly nurse: Player; readonly doctor: Player },
): Promise<void> {
  scene.timeline.heading('Utskrivningsklar');
  scene.timeline.step(nurse.shown, 'meddelar att patienten är utskrivningsklar');
  const client = await scene.client(nurse);
  const plan = await client.step(
    caseId,
    'ready',
    { name: 'date', valueDate: dayFromNow(0) },
    catalogueParameter('doctor', doctor.user),
  );
  showSteps(scene.timeline, plan);
}

export type Home = {
  readonly nurse: Player;
  readonly ward: string;
  /** One of the places of the policy (SVU-21). */
  readonly dischargedTo: string;
  /** Warnings that the ward has seen and confirms. */
  readonly confirmedWarnings?: readonly string[];
};

/** The journal discharges; the ward publishes the discharge notice, which nobody else does for it (SVU-21). */
export async function home(scene: Scene, { caseId, stay }: Admitted, home: Home): Promise<void> {
  const { timeline } = scene;
  const { nurse, ward, dischargedTo, confirmedWarnings = [] } = home;
  timeline.heading('Utskrivning');
  await journalTells(scene, 'A03', stay, ward, `${stay.patient.given} skrivs ut`);
  const client = await scene.client(nurse);
  const todo = await client.eventually<Task>('Task', {
    'based-on': `CarePlan/${caseId}`,
    code: `${codeSystems.todo.system}|publish-discharge`,
    status: 'requested',
  });
  const reported = todo.input?.find(({ valueDateTime }) => valueDateTime !== undefined)?.valueDateTime;
  timeline.result(
    `Avdelningen får att göra: ${codeText(todo)}. Journalen skriver inte ut någon själv (SVU-21).`,
  );
  timeline.step(nurse.shown, `publicerar utskrivningsmeddelandet: till ${dischargedTo.toLowerCase()}`);
  const plan = await client.step(
    caseId,
    'discharge',
    { name: 'dischargedAt', valueDateTime: reported ?? new Date().toISOString() },
    { name: 'form', valueCode: 'discharge' },
    { name: 'dischargedTo', valueString: dischargedTo },
    ...confirmedWarnings.map((valueCode) => ({ name: 'confirmedWarning', valueCode })),
  );
  showSteps(timeline, plan);
  timeline.result(
    `${stay.patient.given} är utskriven; öppenvård och kommun har fått utskrivningsmeddelandet. Ärendet är ${plan.status === 'completed' ? 'avslutat och låst' : plan.status}.`,
  );
}

/** What followers heard, and what the trail shows of who read and wrote (ACC-5). */
export async function afterwards(
  { timeline, client }: Scene,
  plan: CarePlan,
  { logReviewer, region }: { readonly logReviewer: Player; readonly region: string },
): Promise<void> {
  timeline.heading('Efteråt');
  timeline.result(
    'Anslutna system som följer ärendet på Kafka har fått en händelse för varje steg: ärendets id, vad som hände, när och vilka enheter det gäller. Aldrig namn, personnummer eller text.',
  );
  timeline.step(logReviewer.shown, 'granskar vem som har läst och skrivit om patienten');
  const reviewer = await client(logReviewer);
  const trail = await reviewer.search<AuditEvent>('AuditEvent', {
    patient: plan.subject.reference ?? '',
    _count: '200',
  });
  const who = new Set(trail.flatMap(({ agent }) => agent.map(({ who }) => who?.identifier?.value)));
  timeline.result(
    `Loggen visar ${trail.length} åtkomster av ${who.size} användare och system i ${region}; varje läsning är med.`,
  );
}
