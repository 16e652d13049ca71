import { randomLetters } from '../support/letters.js';
import type { CarePlan, FhirResource, ParametersParameter, Task } from 'fhir/r4.js';
import { codeSystems, identifierSystems } from '../../src/projection/codes/codes.js';
import { cast, receivers, type Player } from '../../src/demo/cast.js';
import { catalogueParameter, newCase, oralConsent } from '../../src/demo/requests.js';
import type { PersistentClient } from './fhir-client.js';
import type { JournalSender, Ward } from './journal-sender.js';
import type { Ledger } from './ledger.js';
import type { Person } from './persons.js';
import type { Random } from './random.js';

const hour = 3_600_000;
const day = 24 * hour;
const localDay = (moment: number): string =>
  new Date(moment).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });

/** What the journeys of one run are played with. */
export type Stage = {
  readonly client: PersistentClient;
  readonly sender: JournalSender;
  readonly ledger: Ledger;
  readonly random: Random;
};

/** Plays patient after patient from admission to home, until `over`; the journey under way is played to its end. */
export async function runCases(stage: Stage, persons: readonly Person[], over: AbortSignal): Promise<void> {
  for (const person of persons) {
    if (over.aborted) break;
    await new Journey(stage, person).play();
  }
  stage.sender.close();
}

class Journey {
  readonly #visit = randomLetters(13);
  readonly #admittedAt = new Date(Math.floor((Date.now() - 5 * hour) / 1000) * 1000);
  #caseId = '';

  constructor(
    private readonly stage: Stage,
    private readonly person: Person,
  ) {}

  async play(): Promise<void> {
    const { random, ledger } = this.stage;
    await this.#tell('A01', 'MED');
    await this.#open();
    await this.#operate(cast.nurse, 'record-patient-information', 'PatientInformationRecorded', [
      { name: 'informed', valueBoolean: true },
      { name: 'oral', valueBoolean: true },
      { name: 'written', valueBoolean: true },
    ]);
    await this.#create(cast.nurse, oralConsent(this.#caseId), 'DecisionRegistered');
    await this.#operate(cast.nurse, 'publish-admission-notice', 'AdmissionNoticePublished', [
      // The listing may not have been asked yet.
      { name: 'confirmedWarning', valueCode: 'primary-care-missing' },
    ]);
    await this.#acknowledge();
    await this.#tell('A02', 'GER');
    await this.stage.client.eventually<CarePlan>(cast.geriatrics, 'CarePlan', { _id: this.#caseId });
    for (let change = random.between(1, 3); change > 0; change -= 1)
      await this.#changePlannedDischarge(change);
    await this.#operate(cast.healthCentre, 'name-contact', 'ContactNamed', [
      catalogueParameter('contact', cast.healthCentre.user),
      { name: 'callsToSip', valueBoolean: true },
    ]);
    await this.#ready();
    if (random.chance(0.5)) {
      const soon = localDay(Date.now() + 2 * day);
      await this.#operate(cast.geriatrics, 'withdraw-ready', 'ReadyWithdrawn', [
        { name: 'expectedDischarge', valueDate: soon },
        { name: 'reason', valueString: 'Feber i natt' },
      ]);
      await this.#acknowledge();
      await this.#ready();
    }
    await this.#home();
    ledger.journeys.push({ caseId: this.#caseId, visit: this.#visit });
  }

  async #open(): Promise<void> {
    const plan = newCase(this.person.number, this.#admittedAt, localDay(Date.now() + 4 * day));
    const opened = (await this.#create(cast.nurse, plan, 'CaseOpened')) as CarePlan | undefined;
    if (opened?.id === undefined) throw new Error('a case could not be opened');
    this.#caseId = opened.id;
    // SVU-2: a second one is refused, and leaves no trace.
    if (this.stage.random.chance(0.5)) await this.#create(cast.nurse, plan, undefined);
    // ADR-13: where the listing service did not answer, the health centre is addressed later.
    await this.stage.client.eventually(cast.nurse, 'CareTeam', {
      patient: opened.subject.reference ?? '',
      'participant:identifier': `${identifierSystems.hsa}|${cast.healthCentre.unit}`,
    });
  }

  async #changePlannedDischarge(days: number): Promise<void> {
    await this.#operate(cast.geriatrics, 'change-planned-discharge', 'PlannedDischargeChanged', [
      { name: 'date', valueDate: localDay(Date.now() + (days + 4) * day) },
      { name: 'reason', valueString: 'Provsvar dröjer' },
    ]);
    await this.#acknowledge();
  }

  async #ready(): Promise<void> {
    await this.#operate(cast.geriatrics, 'ready', 'ReadyReported', [
      { name: 'date', valueDate: localDay(Date.now()) },
      catalogueParameter('doctor', cast.doctor.user),
    ]);
    await this.#acknowledge();
  }

  async #home(): Promise<void> {
    const { client } = this.stage;
    await this.#tell('A03', 'GER');
    await client.eventually<Task>(cast.geriatrics, 'Task', {
      'based-on': `CarePlan/${this.#caseId}`,
      code: `${codeSystems.todo.system}|publish-discharge`,
      status: 'requested',
    });
    await this.#operate(cast.geriatrics, 'discharge', 'Discharged', [
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'discharge' },
      { name: 'dischargedTo', valueString: 'Ordinärt boende' },
    ]);
    await client.read(cast.geriatrics, `CarePlan/${this.#caseId}`);
  }

  /** Every receiving unit completes what it has to acknowledge. */
  async #acknowledge(): Promise<void> {
    for (const player of receivers) {
      const todos = await this.stage.client.search<Task>(player, 'Task', {
        'based-on': `CarePlan/${this.#caseId}`,
        'owner:identifier': `${identifierSystems.hsa}|${player.unit}`,
        status: 'requested',
      });
      for (const todo of todos) {
        // A contact is named by its step (SVU-8).
        if (todo.code?.coding?.[0]?.code === 'appoint-contact') continue;
        const request = {
          method: 'PUT',
          path: `Task/${todo.id}`,
          body: { ...todo, status: 'completed' },
          headers: { 'If-Match': `W/"${todo.meta?.versionId}"` },
        } as const;
        await this.stage.client.step(player, 'acknowledge', request, 'TodoCompleted');
      }
    }
  }

  async #create(
    player: Player,
    resource: FhirResource,
    expected: string | undefined,
  ): Promise<FhirResource | undefined> {
    const { resourceType: path } = resource;
    const step = await this.stage.client.step(
      player,
      `create ${path}`,
      { method: 'POST', path, body: resource },
      expected,
    );
    return step.answer;
  }

  async #operate(
    player: Player,
    name: string,
    expected: string,
    parameter: readonly ParametersParameter[],
  ): Promise<void> {
    const body = { resourceType: 'Parameters', ...(parameter.length > 0 && { parameter }) };
    const path = `CarePlan/${this.#caseId}/$${name}`;
    await this.stage.client.step(player, name, { method: 'POST', path, body }, expected);
  }

  async #tell(event: 'A01' | 'A02' | 'A03', ward: Ward): Promise<void> {
    await this.stage.sender.deliver({
      event,
      ward,
      at: event === 'A01' ? this.#admittedAt : new Date(Math.floor(Date.now() / 1000) * 1000),
      controlId: randomLetters(18),
      visit: this.#visit,
      admittedAt: this.#admittedAt,
      patient: this.person,
    });
  }
}
