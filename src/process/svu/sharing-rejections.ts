import { table } from '../rejections/rejection-text.js';

/** Who decides on sharing information in an SVU, and which unit of the hospital stays in it. */
export const sharingRejections = table({
  'only-hospital-registers-decision': {
    rule: 'CON-2',
    side: 'hospital',
    sv: 'I en SVU registreras samtycke, nekat samtycke och menprövning av slutenvården.',
    en: 'The decision in an SVU is registered by the hospital.',
  },
  'only-hospital-deregisters': {
    rule: 'CON-8',
    side: 'hospital',
    sv: 'I en SVU avregistreras samtycke, nekat samtycke och menprövning av slutenvården.',
    en: 'In an SVU the decision is deregistered by the hospital.',
  },
  'last-hospital-unit': {
    rule: 'ADR-11',
    sv: '{unit} är slutenvårdens sista enhet i ärendet. Lägg till den nya avdelningen först.',
    en: '{unit} is the last hospital unit of the case. Add the new ward first.',
  },
});
