import type { FormParameter } from './of-forms.js';

/** An operation that is called on a type, not on one resource of it: of what a unit has, or of what everybody may know. */
type TypeOperation = {
  readonly on: 'CarePlan' | 'Communication';
  readonly reads: boolean;
  readonly rules: readonly string[];
  readonly sv: string;
  readonly en: string;
  readonly parameters: readonly FormParameter[];
  readonly returns: 'Parameters';
  readonly returned: string;
};

/**
 * The operations on types. By POST alone: what is asked for may be a name or a number of a person, which is never in a URL. Read by the facade
 * and the CapabilityStatement, and published as OperationDefinitions (`npm run docs`).
 * Reference: https://hl7.org/fhir/R4/operations.html#executing
 */
export const typeOperations = {
  'work-list': {
    on: 'CarePlan',
    reads: true,
    rules: ['VIEW-1', 'VIEW-4', 'VIEW-8'],
    sv: 'Visa enhetens aktuella ärenden, med stegen som den egna rollen ser dem.',
    en: 'Shows the current cases of the unit: those under way, and those discharged a short time ago; each with its steps for the own role.',
    parameters: [
      {
        name: 'sort',
        type: 'code',
        min: 0,
        max: '1',
        sv: 'Ordningen: changed (senast ändrat först, om inget anges), name eller number.',
        en: 'The order: changed (latest change first, where nothing is said), name or number.',
      },
      {
        name: 'text',
        type: 'string',
        min: 0,
        max: '1',
        sv: 'Bara ärenden vars patient har detta i namnet eller personnumret.',
        en: 'Only cases whose patient has this in the name, or in the personal number.',
      },
      {
        name: 'todo',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Bara ärenden där den egna rollen har något att göra.',
        en: 'Only cases in which the own role has something to do.',
      },
      {
        name: 'contact',
        type: 'Reference',
        min: 0,
        max: '1',
        sv: 'Bara ärenden där personen är fast vårdkontakt.',
        en: 'Only cases of which this is a contact: the PractitionerRole, or by HSA-id one of the staff of the own unit.',
      },
      {
        name: 'unit',
        type: 'Reference',
        min: 0,
        max: '1',
        sv: 'Bara den här av systemets enheter.',
        en: 'Of a system: this one of its units, by HSA-id.',
      },
      {
        name: 'count',
        type: 'positiveInt',
        min: 0,
        max: '1',
        sv: 'Så många ärenden på en sida.',
        en: 'So many cases on a page.',
      },
      {
        name: 'offset',
        type: 'unsignedInt',
        min: 0,
        max: '1',
        sv: 'Så många ärenden hoppas över.',
        en: 'So many cases are passed over.',
      },
      {
        name: 'looking',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Användaren tittar på listan: det som nu visas räknas inte längre som ändrat.',
        en: 'The user looks at the list: what it shows now no longer counts as changed.',
      },
    ],
    returns: 'Parameters',
    returned:
      'total: how many cases there are. For each case of the page a parameter `case` with parts plan (the CarePlan), patient (the Patient, where the case lets her be seen), changed (when something of the case last changed that the unit may see), isChanged (to a user: since she last looked), todos (how many to-dos the own role has in it), and the parts of $overview.',
  },
  changes: {
    on: 'CarePlan',
    reads: true,
    rules: ['VIEW-4'],
    sv: 'Visa hur många av enhetens aktuella ärenden som har ändrats sedan användaren senast tittade.',
    en: 'Shows how many of the current cases of the unit have changed since the user last looked.',
    parameters: [],
    returns: 'Parameters',
    returned: 'changed: how many; looked: when the user last did, left out where she never has.',
  },
  'system-notices': {
    on: 'Communication',
    reads: true,
    rules: ['VIEW-10'],
    sv: 'Visa meddelanden till alla användare, t.ex. om planerade driftstopp.',
    en: 'Shows what every user is told now, such as a planned downtime.',
    parameters: [],
    returns: 'Parameters',
    returned:
      'For each, the latest first, a parameter `notice` with parts id, kind, text, from, until and written.',
  },
} as const satisfies Readonly<Record<string, TypeOperation>>;

/** The operations that are called on a type itself, and whether each reads. */
export const operationsOnType = (type: string): ReadonlyMap<string, boolean> =>
  new Map(
    Object.entries(typeOperations)
      .filter(([, { on }]) => on === type)
      .map(([name, { reads }]) => [name, reads]),
  );
