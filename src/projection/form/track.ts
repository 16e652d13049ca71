import type { Extension } from 'fhir/r4.js';
import type { Track } from '../../process/form/track-colour.js';
import type { LocalDate } from '../../process/vocabulary.js';
import { codeSystems, coding, extensions } from '../codes/codes.js';

/**
 * PLB-3, PLB-4: the colour, why, and what it says of the planning that follows.
 * @param homeBy the last day on which the patient is to be at home, where there is one
 */
export const trackExtension = ({ colour, because, follows }: Track, homeBy?: LocalDate): Extension => ({
  url: extensions.track,
  extension: [
    { url: 'colour', valueCoding: coding(codeSystems.trackColour, colour) },
    { url: 'because', valueString: because },
    ...follows.map((step) => ({ url: 'follows', valueCoding: coding(codeSystems.trackStep, step) })),
    ...(homeBy === undefined ? [] : [{ url: 'homeBy', valueDate: homeBy }]),
  ],
});
