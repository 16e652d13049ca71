import { table } from '../rejections/rejection-text.js';

/** Who decides on sharing information in an SVU, which unit of the hospital stays in it, and of which organisation its steps are. */
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
  'ward-hands-over-itself': {
    rule: 'SVU-42',
    sv: '{unit} har patienten inskriven. Bara avdelningen själv eller slutenvården i samma organisation kan lämna över ärendet.',
    en: '{unit} is the ward of the stay. It hands the case over itself, or the hospital side of its own organisation does.',
  },
  'step-of-another-organisation': {
    rule: 'ORG-3',
    forbidden: true,
    sv: 'Steget tas av den vårdgivare som har patienten inskriven. En enhet hos en annan vårdgivare kan delta, men inte ta det.',
    en: 'The step is taken by the organisation where the patient is admitted. A unit of another may take part, and not take it.',
  },
  'last-hospital-unit': {
    rule: 'ADR-11',
    sv: '{unit} är slutenvårdens sista enhet i ärendet. Lägg till den nya avdelningen först.',
    en: '{unit} is the last hospital unit of the case. Add the new ward first.',
  },
});
