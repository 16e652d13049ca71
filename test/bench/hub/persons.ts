import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testNumber } from '../../connectors/common/support.js';

const serials = 20;
const day = 24 * 60 * 60 * 1000;

/** So many different test numbers (serials 980 to 999), from the year 1925 on. */
export function testNumbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const born = new Date(Date.UTC(1925, 0, 1) + Math.floor(index / serials) * day);
    return testNumber(born.toISOString().slice(0, 10).replaceAll('-', ''), 980 + (index % serials));
  });
}

/** One whom the stand-in of the population register knows, and whose identity nothing protects. */
export const ordinaryPerson = (number: string) => ({
  number,
  given: 'Tilda',
  surname: 'Bergfält',
  gender: 'female',
  address: { line2: 'Hamngatan 4', postalCode: '99101', city: 'LJUNGÅSA' },
  municipalityCode: '3101',
  registeredFrom: '1991-02-15',
});

/** Writes what the stand-in of the population register answers from. @returns the file */
export async function writePersonsFile(directory: string, numbers: readonly string[]): Promise<string> {
  const persons = numbers.map(ordinaryPerson);
  const file = path.join(directory, 'persons.json');
  await writeFile(file, JSON.stringify({ persons }));
  return file;
}
