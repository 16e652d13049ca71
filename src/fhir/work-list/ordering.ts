import type { Patient } from 'fhir/r4.js';
import type { ListedCase } from './find-work-list.js';

export const sorts = ['changed', 'name', 'number'] as const;
export type ListSort = (typeof sorts)[number];

/** What a list is narrowed to. */
export type ListFilter = {
  readonly sort: ListSort;
  readonly text?: string;
  readonly todo: boolean;
  readonly contact: boolean;
};

/** Whether the names and numbers of patients decide which cases are shown, or in which order. */
export const asksForPatients = ({ sort, text }: ListFilter): boolean =>
  sort !== 'changed' || text !== undefined;

/** As Swedish is sorted: å, ä and ö last, and v and w apart. */
const swedish = new Intl.Collator('sv');
const loosely = new Intl.Collator('sv', { sensitivity: 'base' });

/**
 * VIEW-1: the cases that were asked for, in the order asked for: the latest change first, or by family name and given name, or by personal
 * number. Who is not to be named stands last, for nothing may tell who it is (PAT-6).
 */
export function ordered(cases: readonly ListedCase[], filter: ListFilter): readonly ListedCase[] {
  const { sort, text, todo, contact } = filter;
  return cases
    .filter(
      (each) =>
        (!todo || each.todos > 0) &&
        (!contact || each.hasContact) &&
        (text === undefined || holds(each, text)),
    )
    .map((each) => ({ each, key: sort === 'changed' ? '' : keyOf(each.patient, sort) }))
    .toSorted((one, other) => {
      const byKey = compareKeys(one.key, other.key);
      if (byKey !== 0) return byKey;
      const byTime = other.each.changed.getTime() - one.each.changed.getTime();
      return byTime === 0 ? (one.each.id < other.each.id ? -1 : 1) : byTime;
    })
    .map(({ each }) => each);
}

function compareKeys(one: string, other: string): number {
  if (one === '' || other === '') return one === other ? 0 : one === '' ? 1 : -1;
  return swedish.compare(one, other);
}

function keyOf(patient: Patient | undefined, sort: 'name' | 'number'): string {
  if (sort === 'number') return numbersOf(patient)[0] ?? '';
  const { family = '', given = [] } = patient?.name?.[0] ?? {};
  return [family, ...given].join(' ').trim();
}

const numbersOf = (patient: Patient | undefined): readonly string[] =>
  (patient?.identifier ?? []).flatMap(({ value }) => value ?? []);

/** Whether the name has the text in it, whatever its case, or a number of the patient its digits. */
function holds({ patient }: ListedCase, text: string): boolean {
  const { text: name = '', family = '', given = [] } = patient?.name?.[0] ?? {};
  const names = [name, [...given, family].join(' ')];
  if (names.some((each) => isIn(each, text))) return true;
  const digits = text.replaceAll(/[\s+-]/gu, '');
  return /^\d+$/u.test(digits) && numbersOf(patient).some((number) => number.includes(digits));
}

/** As people search: e finds é, and a does not find å. */
function isIn(name: string, text: string): boolean {
  const [whole, part] = [name.normalize('NFC'), text.normalize('NFC').trim()];
  if (part === '') return true;
  for (let start = 0; start + part.length <= whole.length; start++)
    if (loosely.compare(whole.slice(start, start + part.length), part) === 0) return true;
  return false;
}
