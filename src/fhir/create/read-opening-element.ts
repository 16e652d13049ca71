import type { CarePlan } from 'fhir/r4.js';
import type { OpeningElement } from '../../cases/opening-care-plan.js';
import { birthDateIn, isBeforeBirth } from '../../messaging/contracts/time-bounds.js';
import { codesOf, readConcept } from '../submitted/read-concept.js';
import { extensionOf } from '../submitted/read-extension.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { idIn } from '../write/catalogue-references.js';
import { readDay, readInstant } from '../write/times.js';

/** The element that holds a value, and the name of the value in it; `shown` is the name as faults have it. */
type Place = { readonly of: Submitted<object>; readonly name: string; readonly shown: string };

/** Where an extension has its value. */
const valueNames = {
  instant: 'valueDateTime',
  date: 'valueDate',
  text: 'valueString',
  code: 'valueCodeableConcept',
  reference: 'valueReference',
} as const satisfies Record<OpeningElement['type'], string>;

/** The path of an element below CarePlan, as a fault says it. */
export const pathOfOpening = (row: OpeningElement): string =>
  'extension' in row ? `extension('${row.extension}')` : row.element;

/**
 * The value that a row asks for: a code, an id, a text, a day or an instant in UTC; undefined where it is left out or at fault, and faults are noted
 * on what was sent. An extension that is there has its value.
 * @param number of the person: no time lies before the birth that it says
 */
export function readOpeningElement(
  plan: Submitted<CarePlan>,
  row: OpeningElement,
  number: string | undefined,
): string | undefined {
  const place = placeOf(plan, row);
  if (place === undefined)
    return row.required === true ? plan.fault('required', `.${pathOfOpening(row)}`) : undefined;
  const { of, name, shown } = place;
  const leftOut = () =>
    row.required === true || 'extension' in row ? of.fault('required', `.${shown}`) : undefined;
  switch (row.type) {
    case 'text': {
      const text = primitives(of).text(name)?.trim();
      return text === undefined || text === '' ? leftOut() : text;
    }
    case 'instant':
    case 'date': {
      const value = primitives(of).value(name);
      return value === undefined ? leftOut() : readTime(place, row.type, value, number);
    }
    case 'code': {
      const concept = childOf(of, name);
      if (concept === undefined) return leftOut();
      return (
        readConcept<string>(concept, row.of) ??
        concept.fault('value-not-taken', '', { expected: codesOf(row.of) })
      );
    }
    case 'reference': {
      const reference = childOf(of, name);
      if (reference === undefined) return leftOut();
      return (
        idIn(readReference(reference, row.to), row.to) ??
        reference.fault('value-not-taken', '', { expected: `${row.to}/[id]` })
      );
    }
    default:
      return row satisfies never;
  }
}

/** Undefined where the extension, or an element on the way to the value, is left out. */
function placeOf(plan: Submitted<CarePlan>, row: OpeningElement): Place | undefined {
  if ('extension' in row) {
    const of = extensionOf(plan, row.extension);
    return of && { of, name: valueNames[row.type], shown: 'value' };
  }
  const [parent, child] = row.element.split('.') as [string, string?];
  if (child === undefined) return { of: plan, name: parent, shown: parent };
  const of = childOf(plan, parent);
  return of && { of, name: child, shown: child };
}

function readTime(
  { of, shown }: Place,
  type: 'instant' | 'date',
  value: string,
  number: string | undefined,
): string | undefined {
  const read = type === 'date' ? readDay(of, `.${shown}`, value) : readInstant(of, `.${shown}`, value);
  const born = number === undefined ? undefined : birthDateIn({ value: number });
  if (read === undefined || born === undefined || !isBeforeBirth(born, read)) return read;
  return of.fault('time-before-birth', `.${shown}`);
}

type Loose<Value> = Submitted<Readonly<Record<string, Value>>>;

// The names come from a row, which is held against CarePlan where it is written.
const primitives = (of: Submitted<object>) => of as unknown as Loose<string | undefined>;

/** The element of that name; of `name[0]` the first of the list, after which a second one is refused as unread. */
const childOf = (of: Submitted<object>, name: string): Submitted<object> | undefined =>
  name.endsWith('[0]')
    ? (of as unknown as Loose<readonly object[]>).children(name.slice(0, -'[0]'.length))[0]
    : (of as unknown as Loose<object>).child(name);
