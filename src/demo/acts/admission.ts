import { randomUUID } from 'node:crypto';
import type { CarePlan, Encounter, Patient } from 'fhir/r4.js';
import type { DemoPatient, Player } from '../cast.js';
import { Refused, type FhirClient } from '../fhir-client.js';
import { newCase } from '../requests.js';
import { dayFromNow, hoursAgo, journalTells, type DemoStay, type Scene } from '../scene.js';

export type Admission = {
  readonly nurse: Player;
  readonly patients: readonly DemoPatient[];
  /** The ward as the journal names it, and as people do. */
  readonly ward: { readonly code: string; readonly shown: string };
  /** Why the patient was admitted, in Swedish. */
  readonly reason: string;
};

/** An admission that has come: the stay in the journal, and the case that was opened for it. */
export type Admitted = { readonly stay: DemoStay; readonly plan: CarePlan; readonly caseId: string };

/** The first patient without an open case is admitted; the admission of one who has a case is taken back (SVU-2). */
export async function admission(
  scene: Scene,
  { nurse, patients, ward, reason }: Admission,
): Promise<Admitted> {
  const { timeline } = scene;
  timeline.heading('Inskrivning');
  const expected = dayFromNow(4);
  const client = await scene.client(nurse);
  for (const patient of patients) {
    const stay = { patient, admittedAt: hoursAgo(5), visit: `V${randomUUID().slice(0, 8)}` };
    await journalTells(scene, 'A01', stay, ward.code, `${patient.given} skrivs in på ${ward.shown}`);
    timeline.step(
      nurse.shown,
      `öppnar ett ärende (SVU) för ${patient.given}; beräknad utskrivning ${expected}`,
    );
    try {
      const plan = await client.create<CarePlan>(newCase(patient.number, stay.admittedAt, expected, reason));
      await showOpened(scene, client, plan);
      return { stay, plan, caseId: plan.id ?? '' };
    } catch (error) {
      if (!(error instanceof Refused) || !error.codes.includes('SVU-2')) throw error;
      timeline.result(`${error.message} Vi tar nästa patient.`);
      await journalTells(scene, 'A11', stay, ward.code, `inskrivningen av ${patient.given} tas tillbaka`);
    }
  }
  throw new Error(
    'every patient of the demo has an open case already; discharge one, or start with a new data directory',
  );
}

async function showOpened({ timeline }: Scene, nurse: FhirClient, plan: CarePlan): Promise<void> {
  const patient = plan.subject.reference ?? '';
  const stay = await nurse.eventually<Encounter>('Encounter', { patient });
  const [person] = await nurse.search<Patient>('Patient', { _id: patient.split('/')[1] ?? '' });
  const address = person?.address?.[0];
  timeline.result(
    `Folkbokföringen ger namn och adress: ${person?.name?.[0]?.text ?? ''}, ${[...(address?.line ?? []), address?.city].join(' ')}`,
  );
  timeline.result(
    `Vårdtillfället från journalen är kopplat till ärendet${stay.status === 'in-progress' ? ' och pågår' : ''}.`,
  );
  timeline.result(
    'Ärendet är ett utkast: bara slutenvården ser det. Listningen pekar ut vårdcentralen, folkbokföringen kommunen.',
  );
}
