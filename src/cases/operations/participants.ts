import { isStaffed } from '../../directory/is-staffed.js';
import type { Directory } from '../../directory/organisation.js';
import type { HsaId } from '../../process/vocabulary.js';
import { operation, unknownInDirectory } from './operation.js';
import type { OperationParameter } from './operation.js';
import { reasonOfDecision } from './parameters.js';

const unit = {
  name: 'unit',
  field: 'unit',
  type: 'unit',
  min: 1,
  max: '1',
  sv: 'Enheten.',
  en: 'The unit.',
} as const satisfies OperationParameter;

/** What the directory knows of a unit that is to leave a case; nothing of one that it does not know any more. */
function placeOf(directory: Directory, hsaId: HsaId) {
  const found = directory.unit(hsaId);
  if (found === undefined) return {};
  const { side, organisationNumber: organisation } = found;
  const organisations = Object.fromEntries(
    directory.organisation.units
      .filter((each) => each.side === side)
      .map((each) => [each.hsaId, each.organisationNumber]),
  );
  return { side, organisation, organisations };
}

/** What is done with the units of a case of any kind. */
export const participantOperations = [
  operation({
    name: 'add-participant',
    rules: ['ADR-10', 'ADR-12', 'CON-8'],
    sv: 'Lägg till en enhet.',
    en: 'Adds a unit.',
    parameters: [unit],
    step: (given, directory) => {
      const found = directory.unit(given.unit);
      if (!isStaffed(found)) return unknownInDirectory('unit');
      const { name: unitName, side, organisationNumber: organisation } = found;
      const distributesIn = directory.distributesIn(given.unit);
      return {
        type: 'add-participant',
        data: {
          unit: given.unit,
          unitName,
          side,
          organisation,
          ...(distributesIn === undefined ? {} : { distributesIn }),
        },
      };
    },
  }),
  operation({
    name: 'remove-participant',
    rules: ['ADR-10', 'ADR-11', 'ADR-14', 'ACC-7', 'SVU-42'],
    sv: 'Ta bort en enhet.',
    en: 'Removes a unit.',
    parameters: [
      unit,
      {
        name: 'confirmed',
        field: 'confirmed',
        type: 'boolean',
        min: 0,
        max: '1',
        sv: 'Att borttagningen är bekräftad. Utelämnat: nej.',
        en: 'That the removal is confirmed. Absent: no.',
      },
      reasonOfDecision,
    ],
    step: (given, directory) => ({
      type: 'remove-participant',
      data: { confirmed: false, ...given, ...placeOf(directory, given.unit) },
    }),
  }),
] as const;
