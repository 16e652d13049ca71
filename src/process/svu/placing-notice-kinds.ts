import { noticeRows } from '../notice/kind-of-notice.js';
import { groundMoved } from './ground-moved.js';

/** A refusal made the case forget it (CON-5). */
const forgotten = { 'shared-again': groundMoved['shared-again'] };

/** The notices of compulsory outpatient care (SVU-31), and of who placed the patient (ADR-9). */
export const placingNoticeKinds = noticeRows({
  'coordinated-care-plan': {
    rules: ['SVU-31'],
    sv: 'Samordnad vårdplan',
    en: 'Coordinated care plan',
    lead: 'En samordnad vårdplan är upprättad. Den ersätter SIP och kallelse.',
    fields: {
      planDate: { label: 'Upprättad' },
      law: { label: 'Lag' },
      madeBy: {
        label: 'Upprättad av',
        words: {
          'chief-psychiatrist': 'chefsöverläkaren',
          'delegated-senior-physician': 'överläkare på delegation',
        },
      },
    },
    replaces: ['coordinated-care-plan', 'coordinated-care-plan-withdrawn'],
  },
  'coordinated-care-plan-withdrawn': {
    rules: ['SVU-31'],
    sv: 'Samordnad vårdplan återtagen',
    en: 'Coordinated care plan withdrawn',
    lead: 'Uppgiften om en samordnad vårdplan gäller inte längre. SIP blir aktuellt igen.',
    fields: { planForgotten: { label: 'Orsak till att vårdplanen inte gäller', words: forgotten } },
    replaces: ['coordinated-care-plan'],
  },
  'placing-municipality': {
    rules: ['ADR-9'],
    sv: 'Placerande kommun',
    en: 'Placing municipality',
    lead: 'En annan kommun har placerat patienten och har kvar betalningsansvaret.',
    fields: { placedBy: { label: 'Placerande kommun' } },
    replaces: ['placing-municipality', 'placing-municipality-withdrawn'],
  },
  'placing-municipality-withdrawn': {
    rules: ['ADR-9'],
    sv: 'Placerande kommun återtagen',
    en: 'Placing municipality withdrawn',
    lead: 'Uppgiften om en placerande kommun gäller inte längre.',
    fields: { placingForgotten: { label: 'Orsak till att placeringen inte gäller', words: forgotten } },
    replaces: ['placing-municipality'],
  },
});
