import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A fictional person: a test number (serial 980 to 999), listed at Ekbacken, registered in Ljungåsa. */
export type Person = { readonly number: string; readonly family: string; readonly given: string };

/** What every family name begins with. */
export const familyName = 'Efternamn';

/** So many persons, each with another number. */
export function makePersons(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.UTC(1926, 0, 1 + index * 61)).toISOString().slice(0, 10).replaceAll('-', '');
    const nine = `${date.slice(2)}${980 + (index % 20)}`;
    return {
      number: `${date}${nine.slice(6)}${luhn(nine)}`,
      family: `${familyName}${index}`,
      given: 'Tilda',
    };
  });
}

function luhn(digits: string): number {
  const sum = Array.from(digits, Number).reduce((total, digit, index) => {
    const product = digit * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** Writes what the stand-ins of the registers read (connectors/population-register/README.md, connectors/listing/README.md). */
export async function writeRegisterFiles(
  directory: string,
  persons: readonly Person[],
): Promise<{ readonly persons: string; readonly listings: string }> {
  const files = {
    persons: path.join(directory, 'persons.json'),
    listings: path.join(directory, 'listings.json'),
  };
  const registered = persons.map(({ number, family, given }) => ({
    number,
    given,
    surname: family,
    gender: 'female',
    address: { line2: 'Hamngatan 4', postalCode: '99101', city: 'LJUNGÅSA' },
    municipalityCode: '3101',
    registeredFrom: '1991-02-15',
  }));
  const listed = persons.map(({ number }) => ({
    number,
    listings: [
      {
        facility: 'SE4999000013-H101',
        facilityName: 'Vårdcentralen Ekbacken',
        type: 'VC',
        validFrom: '2021-01-01',
      },
    ],
  }));
  await writeFile(files.persons, JSON.stringify({ persons: registered }));
  await writeFile(files.listings, JSON.stringify({ persons: listed }));
  return files;
}
