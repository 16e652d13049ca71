import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildDirectory } from './directory.js';
import type { Organisation } from './organisation.js';
import { mayBeOfOutpatientCare } from './outpatient-staff.js';

const file = JSON.parse(
  readFileSync(new URL('../demo/fictional-region/organisation.json', import.meta.url), 'utf8'),
) as Organisation;
const directory = buildDirectory(file);
const { people } = directory.organisation;
const sidesOf = (person: (typeof people)[number]) =>
  person.assignments.map(({ unit }) => directory.unit(unit)?.side);

describe('SVU-8: a contact', () => {
  it('is any of the staff of outpatient care, whatever the title: the sources exclude none', () => {
    const own = people.filter((person) => sidesOf(person).includes('outpatient'));
    expect(own.some(({ titles }) => titles.includes('Medicinsk sekreterare'))).toBe(true);
    expect(own.filter(({ hsaId }) => !mayBeOfOutpatientCare(directory, hsaId))).toEqual([]);
  });

  it('is nobody who is known to work elsewhere alone', () => {
    const others = people.filter((person) => !sidesOf(person).includes('outpatient'));
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ hsaId }) => mayBeOfOutpatientCare(directory, hsaId))).toEqual([]);
  });
});
