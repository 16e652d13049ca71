import { own } from './own-system.js';

/** Home visits that are ordered by a message. */
export const homeVisitCodeSystems = {
  homeVisitMeasure: own('home-visit-measure', 'What single home visits are ordered for', {
    'eye-drops': { sv: 'Ögondroppar', en: 'Eye drops' },
    'ear-drops': { sv: 'Örondroppar', en: 'Ear drops' },
    injection: {
      sv: 'Subkutan eller intramuskulär injektion',
      en: 'Subcutaneous or intramuscular injection',
    },
    dressing: { sv: 'Omläggning', en: 'Dressing' },
    'suture-removal': { sv: 'Suturtagning', en: 'Suture removal' },
    sampling: { sv: 'Provtagning', en: 'Sampling' },
  }),
} as const;
