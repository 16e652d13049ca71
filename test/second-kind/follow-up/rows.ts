import { tablesOf } from '../../../src/process/case/tables-of-kind.js';
import { mergedTables } from '../../../src/process/merged-tables.js';
import type { CasePolicy } from '../../../src/process/policy/policy.js';
import { setting, yesOrNo } from '../../../src/process/policy/setting.js';
import { settingsOfKind } from '../../../src/process/policy/settings-of.js';
import { noticeRows } from '../../../src/process/notice/kind-of-notice.js';
import { rejecting } from '../../../src/process/rejections/rejection.js';
import { table } from '../../../src/process/rejections/rejection-text.js';
import { sharedRejections } from '../../../src/process/rejections/shared-rejections.js';
import { todoRows } from '../../../src/process/todo/kind-of-todo.js';

const todos = todoRows({
  // The opener's own, and told as due a day before.
  'finish-follow-up': {
    rules: ['ADR-2'],
    responsibility: 'write',
    openersOwn: true,
    endsByItsStep: true,
    leadMinutes: 24 * 60,
    sv: 'Avsluta uppföljningen',
    en: 'End the follow-up',
  },
  'acknowledge-follow-up': {
    rules: ['ACC-2'],
    responsibility: 'acknowledge',
    acknowledges: true,
    sv: 'Kvittera uppföljningen',
    en: 'Acknowledge the follow-up',
  },
  // Whoever visits would learn what for.
  'visit-at-home': {
    rules: ['CON-5'],
    responsibility: 'acknowledge',
    hiddenUnderRefusal: true,
    asks: { 'visited-on': { type: 'date', sv: 'Besökt den', en: 'Visited on' } },
    sv: 'Besök patienten i hemmet',
    en: 'Visit the patient at home',
  },
  // Of the form under the case.
  'fill-in-home-form': {
    rules: ['ACC-2'],
    responsibility: 'write',
    sv: 'Fyll i hemformuläret',
    en: 'Fill in the home form',
  },
});

const notices = noticeRows({
  'follow-up-shared': {
    rules: ['ACC-2'],
    sv: 'Uppföljning delad',
    en: 'Follow-up shared',
    fields: { until: { label: 'Till och med' }, purpose: { label: 'Syfte', free: true } },
    minimum: { 'follow-up-until': ['until'] },
    replaces: ['follow-up-shared'],
  },
  'follow-up-finished': {
    rules: ['ADR-2'],
    sv: 'Uppföljning avslutad',
    en: 'Follow-up ended',
    lead: 'Uppföljningen är avslutad.',
    fields: { result: { label: 'Resultat', free: true } },
    replaces: ['follow-up-shared'],
  },
});

const rejections = table({
  'only-who-opened-leads': {
    rule: 'ADR-2',
    forbidden: true,
    sv: 'Uppföljningen leds av den sida som öppnade den.',
    en: 'The follow-up is led by the side that opened it.',
  },
  'follow-up-open-already': {
    rule: 'ADR-2',
    conflict: true,
    sv: 'Personen har redan en öppen uppföljning.',
    en: 'The person already has an open follow-up.',
  },
  'follow-up-not-shared': {
    rule: 'ACC-2',
    sv: 'Uppföljningen är inte delad än.',
    en: 'The follow-up has not been shared yet.',
  },
  'follow-up-shared-already': {
    rule: 'ACC-2',
    sv: 'Uppföljningen är redan delad.',
    en: 'The follow-up has been shared already.',
  },
});

const settings = {
  minimum: ['follow-up-until'],
  rows: {
    followUpVisits: setting({
      rule: 'ADR-2',
      en: 'Whether the municipality is asked to visit the patient at home.',
      values: yesOrNo,
      strictest: false,
    }),
  },
} as const;

/** What a follow-up brings of its own: kinds of to-do and of notice, rejections, and what policies decide of it. */
export const followUpRows = { todos, notices, rejections, settings };

/** The settings of the policy that a follow-up was opened under. */
export const policyOfFollowUp = ({ policy }: { readonly policy: CasePolicy }) =>
  settingsOfKind(settings, policy);

/** What every case has of to-dos and notices, and what a follow-up adds. */
export const followUpTables = tablesOf(followUpRows);

/** Rejects for a reason of a follow-up, or of every case. */
export const reject = rejecting(mergedTables('rejections', sharedRejections, rejections));
