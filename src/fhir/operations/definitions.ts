import type { SvuCommand } from '../../process/svu/commands.js';
import { dischargeWarnings } from '../../process/svu/discharge.js';
import { canonicalBase, codeSystems } from '../../projection/codes/codes.js';
import type { ReadingOperationName } from './reading.js';

/**
 * The operations on CarePlan that move a case (`reading.ts` has those that do not): one table, read by the facade, by the CapabilityStatement, and compared with the
 * OperationDefinitions in `fhir-profiles` by a test. Every operation is called on one CarePlan with POST, changes it, and
 * answers with the CarePlan as it now is (`return`). Reference: https://hl7.org/fhir/R4/operationdefinition.html
 */
export type OperationParameter = {
  /** Name in Parameters. */
  readonly name: string;
  /** The field of the command it fills, as a rejection names it. */
  readonly field: string;
  /** `Reference`: by literal reference or by identifier (HSA-id), to one of `targets`. */
  readonly type: 'boolean' | 'code' | 'date' | 'dateTime' | 'string' | 'Reference';
  readonly targets?: readonly ('Organization' | 'Practitioner' | 'PractitionerRole')[];
  /** Of a code: those that are taken. */
  readonly codes?: readonly string[];
  readonly min: 0 | 1;
  readonly max: '1' | '*';
  readonly sv: string;
  readonly en: string;
};

export type OperationDefinition = {
  readonly command: SvuCommand['type'];
  /** The rules it stands for. */
  readonly rules: readonly string[];
  readonly sv: string;
  readonly en: string;
  readonly parameters: readonly OperationParameter[];
};

const reason: OperationParameter = {
  name: 'reason',
  field: 'reason',
  type: 'string',
  min: 0,
  max: '1',
  sv: 'Orsak.',
  en: 'Reason.',
};

/** The minimum of a refusal has no reasons, and nothing is shared while no decision stands (CON-5, CON-8). */
const reasonOfDecision: OperationParameter = {
  ...reason,
  sv: 'Orsak. Ska utelämnas vid nekat samtycke och när inget beslut gäller.',
  en: 'Reason. To be left out under a refusal, and on a published case without a current decision.',
};

const unit: OperationParameter = {
  name: 'unit',
  field: 'unit',
  type: 'Reference',
  targets: ['Organization'],
  min: 1,
  max: '1',
  sv: 'Enheten.',
  en: 'The unit.',
};

const contact: OperationParameter = {
  name: 'contact',
  field: 'contact',
  type: 'Reference',
  targets: ['Practitioner', 'PractitionerRole'],
  min: 1,
  max: '1',
  sv: 'Den fasta vårdkontakten.',
  en: 'The contact (fast vårdkontakt).',
};

export const operationDefinitions = {
  'record-patient-information': {
    command: 'record-patient-information',
    rules: ['CON-1'],
    sv: 'Registrera att patienten är informerad, eller varför inte.',
    en: 'Records that the patient is informed, or why not.',
    parameters: [
      {
        name: 'informed',
        field: 'informed',
        type: 'boolean',
        min: 1,
        max: '1',
        sv: 'Om patienten är informerad.',
        en: 'Whether the patient is informed.',
      },
      {
        name: 'oral',
        field: 'oral',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Muntligt. Utelämnat: nej.',
        en: 'Orally. Absent: no.',
      },
      {
        name: 'written',
        field: 'written',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Skriftligt (broschyren lämnad). Utelämnat: nej.',
        en: 'In writing (the brochure was given). Absent: no.',
      },
      {
        ...reason,
        sv: 'Varför patienten inte är informerad. Sparas, och delas inte vid nekat samtycke.',
        en: 'Why the patient is not informed. Kept, and not shared under a refusal.',
      },
    ],
  },
  'record-needs-assessment': {
    command: 'record-needs-assessment',
    rules: ['SVU-5'],
    sv: 'Registrera när läkaren bedömde att behov av insatser finns; inskrivningsmeddelandet ska då publiceras inom 24 timmar.',
    en: 'Records when the doctor assessed that needs exist; the admission notice is then due within 24 hours.',
    parameters: [
      {
        name: 'assessedAt',
        field: 'needsAssessedAt',
        type: 'dateTime',
        min: 1,
        max: '1',
        sv: 'När bedömningen gjordes, med tidszon.',
        en: 'When the assessment was made, with its time zone.',
      },
    ],
  },
  'publish-admission-notice': {
    command: 'publish-admission-notice',
    rules: ['SVU-3', 'SVU-4', 'CON-5'],
    sv: 'Publicera inskrivningsmeddelandet till de mottagande enheterna.',
    en: 'Publishes the admission notice to the receiving units.',
    parameters: [
      {
        ...reason,
        sv: 'Inskrivningsorsak, där ärendet saknar den. Publiceras aldrig vid nekat samtycke.',
        en: 'The reason, where the case has none. Never published under a refusal.',
      },
    ],
  },
  'change-planned-discharge': {
    command: 'change-planned-discharge',
    rules: ['SVU-9'],
    sv: 'Ändra beräknat utskrivningsdatum.',
    en: 'Changes the planned discharge.',
    parameters: [
      {
        name: 'date',
        field: 'date',
        type: 'date',
        min: 1,
        max: '1',
        sv: 'Nytt beräknat utskrivningsdatum.',
        en: 'The new planned discharge.',
      },
      {
        ...reason,
        sv: 'Varför dagen ändras. Krävs när ärendet är publicerat; ska utelämnas i ett utkast och vid nekat samtycke.',
        en: 'Why the day changes. Required once published; to be left out in a draft and under a refusal.',
      },
    ],
  },
  ready: {
    command: 'report-ready',
    rules: ['SVU-10', 'SVU-13'],
    sv: 'Meddela att patienten är utskrivningsklar.',
    en: 'Reports the patient ready for discharge.',
    parameters: [
      {
        name: 'date',
        field: 'date',
        type: 'date',
        min: 1,
        max: '1',
        sv: 'Dagen då patienten är utskrivningsklar.',
        en: 'The day the patient is ready.',
      },
      {
        name: 'doctor',
        field: 'doctor',
        type: 'Reference',
        targets: ['Practitioner', 'PractitionerRole'],
        min: 1,
        max: '1',
        sv: 'Ansvarig läkare.',
        en: 'The responsible doctor.',
      },
    ],
  },
  'withdraw-ready': {
    command: 'withdraw-ready',
    rules: ['SVU-12'],
    sv: 'Återta utskrivningsklar och sätt ett nytt beräknat utskrivningsdatum.',
    en: 'Withdraws ready and sets a new planned discharge.',
    parameters: [
      {
        name: 'expectedDischarge',
        field: 'expectedDischarge',
        type: 'date',
        min: 1,
        max: '1',
        sv: 'Nytt beräknat utskrivningsdatum.',
        en: 'The new planned discharge.',
      },
      reasonOfDecision,
    ],
  },
  discharge: {
    command: 'discharge',
    rules: ['SVU-21', 'SVU-23'],
    sv: 'Publicera utskrivningsmeddelandet.',
    en: 'Publishes the discharge.',
    parameters: [
      {
        name: 'dischargedAt',
        field: 'dischargedAt',
        type: 'dateTime',
        min: 1,
        max: '1',
        sv: 'När patienten skrevs ut, med tidszon.',
        en: 'When the patient was discharged, with its time zone.',
      },
      {
        name: 'form',
        field: 'form',
        type: 'code',
        codes: Object.keys(codeSystems.dischargeForm.concepts),
        min: 1,
        max: '1',
        sv: 'Utskrivning eller avslut i förtid.',
        en: 'discharge or early-end.',
      },
      {
        name: 'dischargedTo',
        field: 'dischargedTo',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Vart patienten skrevs ut. Krävs vid utskrivning, inte vid avslut i förtid.',
        en: 'Where the patient was discharged to; required of a discharge, never asked of an early end.',
      },
      {
        name: 'comment',
        field: 'comment',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Kommentar, t.ex. tillfällig adress. Ska utelämnas vid nekat samtycke.',
        en: 'Comment, e.g. a temporary address. To be left out under a refusal.',
      },
      {
        name: 'confirmedWarning',
        field: 'confirmedWarnings',
        type: 'code',
        codes: dischargeWarnings,
        min: 0,
        max: '*',
        sv: 'En varning som användaren har sett och bekräftat.',
        en: 'The code of a warning that the user has seen and confirmed.',
      },
    ],
  },
  'undo-discharge': {
    command: 'undo-discharge',
    rules: ['SVU-24'],
    sv: 'Ångra utskrivningen.',
    en: 'Undoes the discharge.',
    parameters: [reasonOfDecision],
  },
  annul: {
    command: 'annul',
    rules: ['SVU-6'],
    sv: 'Makulera ärendet.',
    en: 'Annuls the case.',
    parameters: [
      {
        ...reasonOfDecision,
        sv: 'Orsak. Krävs, utom vid nekat samtycke och när inget beslut gäller i ett publicerat ärende; då ska den utelämnas.',
        en: 'Reason. Required, except under a refusal and on a published case without a current decision, where it is to be left out.',
      },
    ],
  },
  'add-participant': {
    command: 'add-participant',
    rules: ['ADR-10', 'ADR-12', 'CON-8'],
    sv: 'Lägg till en enhet.',
    en: 'Adds a unit.',
    parameters: [unit],
  },
  'remove-participant': {
    command: 'remove-participant',
    rules: ['ADR-10', 'ADR-11', 'ACC-7'],
    sv: 'Ta bort en enhet.',
    en: 'Removes a unit.',
    parameters: [
      unit,
      {
        name: 'confirmed',
        field: 'confirmed',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Att borttagningen är bekräftad. Utelämnat: nej.',
        en: 'That the removal is confirmed. Absent: no.',
      },
      reasonOfDecision,
    ],
  },
  'name-contact': {
    command: 'name-contact',
    rules: ['SVU-8'],
    sv: 'Utse en fast vårdkontakt.',
    en: 'Names a contact.',
    parameters: [
      contact,
      {
        name: 'callsToSip',
        field: 'callsToSip',
        type: 'boolean',
        min: 1,
        max: '1',
        sv: 'Om kontakten har kallelseansvar för SIP.',
        en: 'Whether the contact calls to the SIP.',
      },
      {
        name: 'responsibility',
        field: 'responsibility',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Vad kontakten ansvarar för, när den inte kallar till SIP.',
        en: 'What the contact answers for, when it does not call to the SIP.',
      },
    ],
  },
  'remove-contact': {
    command: 'remove-contact',
    rules: ['SVU-8'],
    sv: 'Ta bort en fast vårdkontakt.',
    en: 'Removes a contact.',
    parameters: [contact],
  },
} as const satisfies Readonly<Record<string, OperationDefinition>>;

export type OperationName = keyof typeof operationDefinitions;

/** The canonical URL of an operation's OperationDefinition. */
export const operationCanonical = (name: OperationName | ReadingOperationName): string =>
  `${canonicalBase}/OperationDefinition/CarePlan-${name}`;

/** The operation of that name, without `$`; undefined where there is none. */
export function operationDefinition(name: string): OperationDefinition | undefined {
  const table: Readonly<Record<string, OperationDefinition>> = operationDefinitions;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
