import { randomUUID } from 'node:crypto';
import type { AuditEvent, CarePlan, Communication, Encounter, Patient, Task } from 'fhir/r4.js';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import type { MllpDoor } from './mllp-door.js';
import type { DemoIssuer } from '../access/demo-issuer.js';
import { codeSystems, extensions } from '../projection/codes/codes.js';
import { adtMessage, type AdtMessage } from './adt.js';
import { cast, patients, receivers, type Player } from './cast.js';
import { FhirDoor, Refused } from './fhir-door.js';
import { catalogueParameter, newCase, oralConsent } from './requests.js';
import type { Timeline } from './timeline.js';

export type JourneyOptions = {
  readonly fhir: string;
  readonly mllp: MllpDoor;
  readonly issuer: DemoIssuer;
  readonly timeline: Timeline;
};

type Scene = JourneyOptions & { readonly door: (player: Player) => Promise<FhirDoor> };

const hour = 3_600_000;
const day = 24 * hour;
const localDay = (moment: Date): string =>
  moment.toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });

/**
 * Plays one patient's journey from admission to home, through the outer doors alone: the journal system's HL7 v2 over
 * MLLP, everybody else over FHIR.
 * @returns the case's id
 */
export async function playJourney(options: JourneyOptions): Promise<string> {
  const doors = new Map<Player, Promise<FhirDoor>>();
  const scene: Scene = {
    ...options,
    door: (player) => {
      const door = doors.get(player) ?? FhirDoor.open(options.fhir, options.issuer, player);
      doors.set(player, door);
      return door;
    },
  };
  const now = new Date();
  const admittedAt = new Date(now.getTime() - 5 * hour);
  const { stay, plan } = await admission(scene, admittedAt, new Date(now.getTime() + 4 * day));
  await consentAndNotice(scene, plan.id ?? '');
  await acknowledgements(scene, plan.id ?? '', 'kvitterar inskrivningsmeddelandet');
  await wardChange(scene, plan.id ?? '', stay);
  await plannedDischarge(scene, plan.id ?? '', localDay(new Date(now.getTime() + 2 * day)));
  await ready(scene, plan.id ?? '');
  await home(scene, plan.id ?? '', stay);
  await afterwards(scene, plan);
  return plan.id ?? '';
}

type Stay = Pick<AdtMessage, 'patient' | 'visit' | 'admittedAt'>;

/** The first patient without an open case; the admission of one who has a case is taken back. */
async function admission(scene: Scene, admittedAt: Date, expected: Date) {
  const { timeline } = scene;
  timeline.heading('Inskrivning');
  const nurse = await scene.door(cast.nurse);
  for (const patient of patients) {
    const stay = { patient, admittedAt, visit: `V${randomUUID().slice(0, 8)}` };
    await journalTells(scene, 'A01', stay, 'MED', `${patient.given} skrivs in på Medicinavdelningen`);
    timeline.step(
      cast.nurse.shown,
      `öppnar ett ärende (SVU) för ${patient.given}; beräknad utskrivning ${localDay(expected)}`,
    );
    try {
      const plan = await nurse.create<CarePlan>(newCase(patient.number, admittedAt, localDay(expected)));
      await showOpened(scene, nurse, plan);
      return { stay, plan };
    } catch (error) {
      if (!(error instanceof Refused) || !error.codes.includes('SVU-2')) throw error;
      timeline.result(`${error.message} Vi tar nästa patient.`);
      await journalTells(scene, 'A11', stay, 'MED', `inskrivningen av ${patient.given} tas tillbaka`);
    }
  }
  throw new Error(
    'every patient of the demo has an open case already; discharge one, or start with a new data directory',
  );
}

async function showOpened({ timeline }: Scene, nurse: FhirDoor, plan: CarePlan): Promise<void> {
  const id = plan.subject.reference?.split('/')[1] ?? '';
  const stay = await nurse.eventually<Encounter>('Encounter', { patient: plan.subject.reference ?? '' });
  const [person] = await nurse.search<Patient>('Patient', { _id: id });
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

async function consentAndNotice(scene: Scene, caseId: string): Promise<void> {
  const { timeline } = scene;
  const nurse = await scene.door(cast.nurse);
  timeline.heading('Information, samtycke, inskrivningsmeddelande');
  timeline.step(cast.nurse.shown, 'registrerar att patienten är informerad muntligt och skriftligt');
  await nurse.step(
    caseId,
    'record-patient-information',
    { name: 'informed', valueBoolean: true },
    { name: 'oral', valueBoolean: true },
    { name: 'written', valueBoolean: true },
  );
  timeline.step(cast.nurse.shown, 'registrerar patientens muntliga samtycke');
  await nurse.create(oralConsent(caseId));
  timeline.step(cast.nurse.shown, 'publicerar inskrivningsmeddelandet');
  showSteps(timeline, await nurse.step(caseId, 'publish-admission-notice'));
  const municipality = await scene.door(cast.needsAssessor);
  const notice = await municipality.eventually<Communication>('Communication', {
    'based-on': `CarePlan/${caseId}`,
    category: `${codeSystems.notice.system}|admission-notice`,
  });
  timeline.result(
    `Så läser kommunen det: ${(notice.payload?.[0]?.contentString ?? '').split('\n').join(' · ')}`,
  );
}

/** Every receiving unit sees its to-dos and acknowledges them. */
async function acknowledgements(scene: Scene, caseId: string, what: string): Promise<void> {
  const { timeline } = scene;
  for (const player of receivers) {
    const door = await scene.door(player);
    for (const todo of await door.todos(caseId)) {
      timeline.step(player.shown, `ser på sin att göra-lista: ${codeText(todo)}; ${what}`);
      await door.complete(todo);
    }
  }
  const nurse = await scene.door(cast.nurse);
  const open = await nurse.search<Task>('Task', { 'based-on': `CarePlan/${caseId}`, status: 'requested' });
  timeline.result(open.length === 0 ? 'Alla har kvitterat.' : `${open.length} att göra kvar.`);
}

async function wardChange(scene: Scene, caseId: string, stay: Stay): Promise<void> {
  scene.timeline.heading('Byte av avdelning');
  await journalTells(scene, 'A02', stay, 'GER', `${stay.patient.given} flyttas till Geriatriska avdelningen`);
  const ward = await scene.door(cast.geriatrics);
  await ward.eventually<CarePlan>('CarePlan', { _id: caseId });
  scene.timeline.result('Ärendet följer med till den nya avdelningen; det är ingen utskrivning (SVU-25).');
}

async function plannedDischarge(scene: Scene, caseId: string, date: string): Promise<void> {
  scene.timeline.heading('Beräknad utskrivning ändras');
  const ward = await scene.door(cast.geriatrics);
  scene.timeline.step(cast.geriatrics.shown, `flyttar beräknad utskrivning till ${date}`);
  const plan = await ward.step(
    caseId,
    'change-planned-discharge',
    { name: 'date', valueDate: date },
    { name: 'reason', valueString: 'Mobiliseras snabbare än väntat' },
  );
  showSteps(scene.timeline, plan);
  await acknowledgements(scene, caseId, 'kvitterar');
}

async function ready(scene: Scene, caseId: string): Promise<void> {
  const { timeline } = scene;
  timeline.heading('Fast vårdkontakt och utskrivningsklar');
  timeline.step(cast.healthCentre.shown, 'utser sig själv till fast vårdkontakt med kallelseansvar');
  const centre = await scene.door(cast.healthCentre);
  await centre.step(caseId, 'name-contact', catalogueParameter('contact', cast.healthCentre.user), {
    name: 'callsToSip',
    valueBoolean: true,
  });
  timeline.step(cast.geriatrics.shown, 'meddelar att patienten är utskrivningsklar');
  const ward = await scene.door(cast.geriatrics);
  const plan = await ward.step(
    caseId,
    'ready',
    { name: 'date', valueDate: localDay(new Date()) },
    catalogueParameter('doctor', cast.doctor.user),
  );
  showSteps(timeline, plan);
  await acknowledgements(scene, caseId, 'kvitterar');
}

async function home(scene: Scene, caseId: string, stay: Stay): Promise<void> {
  const { timeline } = scene;
  timeline.heading('Hem');
  await journalTells(scene, 'A03', stay, 'GER', `${stay.patient.given} skrivs ut`);
  const ward = await scene.door(cast.geriatrics);
  const todo = await ward.eventually<Task>('Task', {
    'based-on': `CarePlan/${caseId}`,
    code: `${codeSystems.todo.system}|publish-discharge`,
    status: 'requested',
  });
  const reported = todo.input?.find(({ valueDateTime }) => valueDateTime !== undefined)?.valueDateTime;
  timeline.result(
    `Avdelningen får att göra: ${codeText(todo)}. Journalen skriver inte ut någon själv (SVU-21).`,
  );
  timeline.step(cast.geriatrics.shown, 'publicerar utskrivningsmeddelandet');
  const plan = await ward.step(
    caseId,
    'discharge',
    { name: 'dischargedAt', valueDateTime: reported ?? new Date().toISOString() },
    { name: 'form', valueCode: 'discharge' },
    { name: 'dischargedTo', valueString: 'Ordinärt boende' },
  );
  showSteps(timeline, plan);
  timeline.result(
    `${stay.patient.given} är hemma; vårdcentral och kommun har fått utskrivningsmeddelandet. Ärendet är ${plan.status === 'completed' ? 'avslutat och låst' : plan.status}.`,
  );
}

/** What others got of it: the followers on Kafka, and the log of access. */
async function afterwards(scene: Scene, plan: CarePlan): Promise<void> {
  const { timeline } = scene;
  timeline.heading('Efteråt');
  timeline.result(
    'Anslutna system som följer ärendet på Kafka har fått en händelse för varje steg: ärendets id, vad som hände, när och vilka enheter det gäller. Aldrig namn, personnummer eller text.',
  );
  timeline.step(cast.logReviewer.shown, 'granskar vem som har läst och skrivit om patienten');
  const reviewer = await scene.door(cast.logReviewer);
  const trail = await reviewer.search<AuditEvent>('AuditEvent', {
    patient: plan.subject.reference ?? '',
    _count: '200',
  });
  const who = new Set(trail.flatMap(({ agent }) => agent.map(({ who }) => who?.identifier?.value)));
  timeline.result(
    `Loggen visar ${trail.length} åtkomster av ${who.size} användare och system i Region Sundvik; varje läsning är med.`,
  );
}

async function journalTells(
  { timeline, mllp }: Scene,
  event: AdtMessage['event'],
  stay: Stay,
  ward: string,
  what: string,
): Promise<void> {
  timeline.step('Journalsystemet', `${what} (HL7 ADT ${event})`);
  const at = event === 'A01' ? stay.admittedAt : new Date();
  const controlId = randomUUID().slice(0, 18);
  const answer = await sendMllp(
    mllp.host,
    mllp.port,
    adtMessage({ ...stay, event, ward, at, controlId }),
    mllp.tls,
  );
  const code = /^MSA\|(\w+)/m.exec(answer.replaceAll('\r', '\n'))?.[1] ?? 'inget svar';
  timeline.result(`Hemgång svarar ${code}: meddelandet är mottaget och sparat.`);
  if (code !== 'AA') throw new Error(`the hub answered ${code}`);
}

function showSteps(timeline: Timeline, plan: CarePlan): void {
  const parts = (plan.extension ?? [])
    .filter(({ url }) => url === extensions.stepState)
    .map(({ extension = [] }) =>
      extension
        .map(({ valueCoding }) => valueCoding?.display ?? '')
        .filter(Boolean)
        .join(': '),
    );
  timeline.result(parts.join(' · '));
}

const codeText = (todo: Task): string => todo.code?.text ?? todo.code?.coding?.[0]?.display ?? '';
