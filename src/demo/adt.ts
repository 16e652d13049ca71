import { Temporal } from '@js-temporal/polyfill';

/** A moment as HL7 v2 writes it: local time of Sweden, without zone, as a journal system sends it. */
function hl7Time(moment: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO('Europe/Stockholm')
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replaceAll(/[-:T]/g, '');
}

export type AdtMessage = {
  readonly event: 'A01' | 'A02' | 'A03' | 'A11';
  readonly controlId: string;
  readonly at: Date;
  readonly admittedAt: Date;
  readonly patient: { readonly number: string; readonly family: string; readonly given: string };
  /** The journal's name of the ward. */
  readonly ward: string;
  readonly visit: string;
};

/** An ADT message as a hospital's journal system would send it (HL7 v2.5). */
export function adtMessage({ event, controlId, at, admittedAt, patient, ward, visit }: AdtMessage): string {
  const field = (index: number, values: Readonly<Record<number, string>>): string =>
    Array.from({ length: index }, (_, position) => values[position + 1] ?? '').join('|');
  const discharged = event === 'A03' ? { 45: hl7Time(at) } : {};
  return [
    `MSH|^~\\&|MELIOR|SUNDVIK|HEMGANG|REGION|${hl7Time(at)}||ADT^${event}|${controlId}|T|2.5||||||UNICODE UTF-8`,
    `EVN|${event}|${hl7Time(at)}`,
    `PID|1||${patient.number}^^^SKV^NI||${patient.family}^${patient.given}`,
    `PV1|${field(45, { 1: '1', 2: 'I', 3: `${ward}^12^1`, 19: visit, 44: hl7Time(admittedAt), ...discharged })}`,
    '',
  ].join('\r');
}
