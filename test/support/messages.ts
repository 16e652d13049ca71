import type { Communication, Extension } from 'fhir/r4.js';
import { codeSystems, coding, extensions, identifierSystems } from '../../src/projection/codes/codes.js';
import { staff, type Who } from './staff.js';

const unitOf = (who: Who) => ({ identifier: { system: identifierSystems.hsa, value: staff[who].unit } });

/** What is said of a message; the rest is as clients send it. */
type Written = {
  readonly to?: readonly Who[];
  /** Left out: the extension is not sent. Empty: nobody is asked. */
  readonly acknowledgedBy?: readonly Who[];
  readonly answers?: string;
  readonly text?: string;
  readonly more?: Partial<Communication>;
};

/** What a client posts to write to others of a case: to all, unless some are named. */
export function messageTo(
  caseId: string,
  { to = [], acknowledgedBy, answers, text = 'Kan ni ta emot på torsdag?', more = {} }: Written = {},
): Communication {
  const url = extensions.acknowledgedBy;
  const extension =
    acknowledgedBy?.length === 0
      ? [{ url, valueBoolean: false }]
      : acknowledgedBy?.map((who) => ({ url, valueReference: unitOf(who) }));
  return {
    resourceType: 'Communication',
    status: 'completed',
    basedOn: [{ reference: `CarePlan/${caseId}` }],
    payload: [{ contentString: text }],
    ...(extension === undefined ? {} : { extension }),
    ...(to.length > 0 ? { recipient: to.map(unitOf) } : {}),
    ...(answers === undefined ? {} : { inResponseTo: [{ reference: `Communication/${answers}` }] }),
    ...more,
  };
}

/** The consent that a message outside every case states: given orally by the patient, unless changed. */
export const statedConsent = (givenAt: string): readonly Extension[] => [
  { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, 'oral') },
  { url: extensions.decisionGivenBy, valueCoding: coding(codeSystems.decisionGivenBy, 'patient') },
  { url: extensions.consentGivenAt, valueDateTime: givenAt },
];

/** What a client posts to write to units outside every case. */
export function messageOutside(
  number: string,
  to: readonly Who[],
  { extension = [], more = {} }: { extension?: readonly Extension[]; more?: Partial<Communication> } = {},
): Communication {
  return {
    resourceType: 'Communication',
    status: 'completed',
    subject: { identifier: { system: identifierSystems.personnummer, value: number } },
    recipient: to.map(unitOf),
    extension: [...statedConsent(new Date(Date.now() - 3_600_000).toISOString()), ...extension],
    payload: [{ contentString: 'Kan ni göra hembesök?' }],
    ...more,
  };
}

const order = {
  measure: coding(codeSystems.homeVisitMeasure, 'dressing'),
  weeks: 2,
  doctorFollowsUp: false,
  situation: 'Sår på underben',
  background: 'Opererad i tisdags',
  assessment: 'Torrt och rent',
  recommendation: 'Läggs om två gånger i veckan',
  reason: 'Kan inte ta sig till hälsocentralen',
};

/** An order of single home visits, with what is said otherwise. */
export function homeVisitOrder(otherwise: Partial<Record<keyof typeof order, unknown>> = {}): Extension {
  const { measure, weeks, doctorFollowsUp, ...texts } = { ...order, ...otherwise } as typeof order;
  return {
    url: extensions.homeVisitOrder,
    extension: [
      { url: 'measure', valueCoding: measure },
      { url: 'weeks', valuePositiveInt: weeks },
      { url: 'doctorFollowsUp', valueBoolean: doctorFollowsUp },
      ...Object.entries(texts).flatMap(([url, valueString]) =>
        (valueString as string | undefined) === undefined ? [] : [{ url, valueString }],
      ),
    ],
  };
}
