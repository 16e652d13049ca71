import type { HumanName } from 'fhir/r4.js';
import { foreignCanonicals } from '../codes/codes.js';
import type { RegisterCopy } from './register-copy.js';

/**
 * A name of the register as SEBaseHumanName: the preferred given name (tilltalsnamn) carries the qualifier CL, the middle
 * name an extension of its own. Source: basprofiler-r4, `SEBaseHumanName`.
 */
export function humanName(name: NonNullable<RegisterCopy['name']>): HumanName {
  const { before, preferred, after } = givenNames(name.given, name.givenNameIndicator);
  const given = [...before, ...(preferred === undefined ? [] : [preferred]), ...after];
  const text = [name.given, name.middle, name.surname].filter((part) => part !== undefined).join(' ');
  return {
    ...(name.middle === undefined
      ? {}
      : { extension: [{ url: foreignCanonicals.seBaseMiddleName, valueString: name.middle }] }),
    use: 'official',
    ...(text === '' ? {} : { text }),
    ...(name.surname === undefined ? {} : { family: name.surname }),
    ...(given.length > 0 ? { given } : {}),
    ...(preferred === undefined ? {} : { _given: qualifiers(before.length, given.length) }),
  };
}

type GivenNames = {
  readonly before: readonly string[];
  readonly preferred?: string;
  readonly after: readonly string[];
};

/**
 * The given names around the preferred one. The indicator (tilltalsnamnsmarkering) has two digits: the place of the
 * preferred name, and the place of its second part when it is a double name (`20`: the second; `12`: the first two). Names
 * joined by a hyphen count as two. An indicator that does not fit the names marks none.
 */
function givenNames(given: string | undefined, indicator: string | undefined): GivenNames {
  const names = (given ?? '').split(/\s+/u).filter((name) => name !== '');
  const digits = /^([1-9])([0-9])$/u.exec(indicator ?? '');
  // Each part keeps the separator before it, so that a double name is put together as the register wrote it.
  const parts = [...(given ?? '').trim().matchAll(/(^|[\s-]+)([^\s-]+)/gu)];
  const first = Number(digits?.[1]) - 1;
  const last = digits?.[2] === '0' ? first : Number(digits?.[2]) - 1;
  const marked = parts.slice(first, last + 1);
  if (digits === null || last < first || marked.length !== last - first + 1)
    return { before: names, after: [] };
  const join = (some: readonly RegExpExecArray[]) =>
    some.map(([, separator, name], place) => (place === 0 ? name : `${separator}${name}`)).join('');
  const split = (some: readonly RegExpExecArray[]) =>
    join(some)
      .split(/\s+/u)
      .filter((name) => name !== '');
  return {
    before: split(parts.slice(0, first)),
    preferred: join(marked),
    after: split(parts.slice(last + 1)),
  };
}

/** The array beside `given` that marks one of the names; the others are null (https://hl7.org/fhir/R4/json.html#primitive). */
function qualifiers(place: number, length: number): NonNullable<HumanName['_given']> {
  const marks: unknown[] = Array.from({ length }, () => null);
  marks[place] = { extension: [{ url: foreignCanonicals.nameQualifier, valueCode: 'CL' }] };
  return marks as NonNullable<HumanName['_given']>;
}
