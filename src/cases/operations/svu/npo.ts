import { npoForms, npoGivers } from '../../../process/case/npo-decision.js';
import { operation } from '../operation.js';

/** What the patient says of NPÖ. */
export const npoOperations = [
  operation({
    name: 'record-npo-decision',
    rules: ['CON-9', 'CON-16'],
    side: 'hospital',
    sv: 'Registrera patientens beslut om nationell patientöversikt (NPÖ). Det öppnar och stoppar ingenting i ärendet.',
    en: "Records the patient's decision on NPÖ, the national patient overview. It opens and stops nothing in the case.",
    parameters: [
      {
        name: 'agrees',
        field: 'agrees',
        type: 'boolean',
        min: 1,
        max: '1',
        sv: 'Om patienten samtycker.',
        en: 'Whether the patient agrees.',
      },
      {
        name: 'form',
        field: 'form',
        type: 'code',
        codes: npoForms,
        min: 1,
        max: '1',
        sv: 'Muntligt eller skriftligt.',
        en: 'Orally or in writing.',
      },
      {
        name: 'givenBy',
        field: 'givenBy',
        type: 'code',
        codes: npoGivers,
        min: 1,
        max: '1',
        sv: 'Vem som lämnade beslutet.',
        en: 'Who gave the decision.',
      },
    ],
    step: (given) => ({ type: 'record-npo-decision', data: given }),
  }),
] as const;
