import { Temporal } from '@js-temporal/polyfill';

/** A date parameter: everything from `from` up to and not including `to`, compared by `prefix`. */
export type DateCriterion = { readonly prefix: DatePrefix; readonly from: string; readonly to: string };
type DatePrefix = 'eq' | 'ge' | 'le' | 'gt' | 'lt';

const zone = 'Europe/Stockholm';
const pattern =
  /^(eq|ge|le|gt|lt)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Reads a date parameter. What the value leaves out makes the range it stands for; without an offset it is the time of
 * Europe/Stockholm.
 * @see https://hl7.org/fhir/R4/search.html#date
 * @returns instants in UTC; undefined where the value is no date
 */
export function parseDateCriterion(value: string): DateCriterion | undefined {
  const match = pattern.exec(value);
  if (match === null) return undefined;
  const [, prefix = 'eq', year, month, day, hour, minute, second, fraction, offset] = match;
  const local = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '').padEnd(3, '0')}`;
  const length: Temporal.DurationLike =
    month === undefined
      ? { years: 1 }
      : day === undefined
        ? { months: 1 }
        : hour === undefined
          ? { days: 1 }
          : second === undefined
            ? { minutes: 1 }
            : fraction === undefined
              ? { seconds: 1 }
              : { milliseconds: 1 };
  try {
    const start = Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(
      offset === undefined ? zone : offset === 'Z' ? 'UTC' : offset,
    );
    const [from, to] = [instant(start), instant(start.add(length))];
    return isCommonEra(from) && isCommonEra(to) ? { prefix: prefix as DatePrefix, from, to } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Year 1 to 9999: FHIR writes no other, and neither would the database read it. */
const isCommonEra = (instant: string): boolean => /^(?!0000)\d{4}-/.test(instant);

const instant = (time: Temporal.ZonedDateTime): string =>
  time.toInstant().toString({ smallestUnit: 'millisecond' });

/**
 * SQL of a date criterion on a row's period; a moment is a period of no length, no start or end is open.
 * @see https://hl7.org/fhir/R4/search.html#prefix
 * @param start, end SQL of the row's own period
 * @param parameter gives the SQL of a value; every value that is asked for is used
 */
export function dateCondition(
  { prefix, from, to }: DateCriterion,
  [start, end]: readonly [start: string, end: string],
  parameter: (instant: string) => string,
): string {
  const inside = () => `(${start} >= ${parameter(from)} and ${end} < ${parameter(to)})`;
  const above = () => `(${end} is null or ${end} >= ${parameter(to)})`;
  const below = () => `(${start} is null or ${start} < ${parameter(from)})`;
  const conditions: Record<DatePrefix, () => string> = {
    eq: inside,
    gt: above,
    lt: below,
    ge: () => `(${above()} or ${inside()})`,
    le: () => `(${below()} or ${inside()})`,
  };
  return `((${start} is not null or ${end} is not null) and ${conditions[prefix]()})`;
}
