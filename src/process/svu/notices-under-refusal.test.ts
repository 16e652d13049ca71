import { policyNames } from '../../../test/support/policies.js';
import {
  type Case,
  consent,
  now,
  publishedCase,
  refusal,
  refuse,
  reportReady,
  step,
} from '../../../test/support/process/svu.js';
import { svuCase } from '../../projection/svu/svu-case.js';
import { noticeText } from '../../projection/case/notice-text.js';
import { replacementsOf } from '../../projection/case/replaced-notices.js';
import type { DecisionData } from '../case/decision-data.js';
import { kindOfNotice } from '../notice/kind-of-notice.js';
import type { Notice } from '../vocabulary.js';
import { policyOfSvu } from './settings.js';
import { sharedContent } from './shared-content.js';
import type { SvuState } from './state.js';
import { svuTables } from './tables.js';

const id = '0b1d3a52-0000-4000-8000-00000000000d';
const publishAnew = step('publish-admission-notice', {
  reason: 'Fall i hemmet',
  confirmedWarnings: ['primary-care-missing'],
});
const decide = (last: string, data: DecisionData) =>
  step('register-decision', { decisionId: `0b1d3a52-0000-4000-8000-0000000000${last}`, ...data });
const kinds = Object.keys(svuTables.notices) as (keyof typeof svuTables.notices)[];

/** What a refusal leaves: that the case is, and of its steps those whose day or fact the minimum has (CON-5). */
const left: readonly string[] = [
  'admission-notice',
  'planned-discharge-changed',
  'discharge',
  'discharge-undone',
  'ward-changed',
  'annulled',
  'participant-added',
  'participant-removed',
  'frozen',
  'unfrozen',
];
/** Of these only the changed day. */
const toldAs: Readonly<Record<string, string>> = { 'ready-withdrawn': 'planned-discharge-changed' };

/** A notice of each kind that there is, with all that its row says that it may tell. */
function withEveryKind(state: SvuState): SvuState {
  const notices = kinds.map((kind) => {
    const { fields = {}, minimum = {} } = kindOfNotice(svuTables.notices, { kind });
    const said = [...Object.keys(fields), ...Object.values(minimum).flat(), 'reason', 'doctorName'];
    const content = Object.fromEntries(said.map((field) => [field, `hemligt ${field}`]));
    const key = `${kind}:99`;
    const notice = {
      key,
      kind,
      sentAt: now,
      sentBy: reportReady.by,
      recipients: [],
      content,
      personal: true,
    };
    return [key, notice] as const;
  });
  return { ...state, notices: { ...state.notices, ...Object.fromEntries(notices) } };
}

const shownOf = (state: SvuState, kind: string): Notice | undefined =>
  sharedContent(state).notices[`${kind}:99`];

/** All notices as who takes part reads them. */
function textsOf({ state }: Case): readonly string[] {
  const of = svuCase(id, state);
  const { notices } = of.shared;
  const { replacedBy } = replacementsOf(svuTables.notices, state, notices);
  return Object.values(notices).map((notice) => {
    const by = notices[replacedBy.get(notice.key) ?? ''];
    const reading = {
      withFreeText: of.shared.freeText,
      names: {},
      replaced: [],
      ...(by === undefined ? {} : { by }),
    };
    return noticeText(of.noticeWords, kindOfNotice(svuTables.notices, notice), notice, reading);
  });
}

describe.each(policyNames)('Notices when the patient refuses, under %s', (policy) => {
  it.each(kinds)('CON-5: a refusal leaves no more of the notice %s than the minimum has', (kind) => {
    const before = publishedCase(policy);
    const refused = withEveryKind(before.after(refuse).state);
    const shown = shownOf(refused, kind);
    expect(shown?.kind).toBe(left.includes(kind) ? kind : toldAs[kind]);
    const { minimum = {} } = kindOfNotice(svuTables.notices, { kind });
    const may = policyOfSvu(refused).minimumUnderRefusal.flatMap((field) => minimum[field] ?? []);
    expect(
      Object.keys(shown?.content ?? {}).filter((field) => field !== 'unit' && !may.includes(field)),
    ).toEqual([]);
  });

  it.each(kinds)('CON-5: with all shared, the notice %s is to be seen', (kind) => {
    expect(shownOf(withEveryKind(publishedCase(policy).state), kind)?.kind).toBe(kind);
  });

  const outside = [
    [
      'coordinated-care-plan',
      step('record-coordinated-care-plan', {
        date: '2026-02-27',
        doctor: 'SE2321000016-1009',
        doctorName: 'Lena Åberg',
        madeBy: 'chief-psychiatrist',
        law: 'LPT',
        isHospitalDoctor: true,
      }),
      step('withdraw-coordinated-care-plan', {}),
      /vårdplan|SIP/iu,
    ],
    [
      'placing-municipality',
      step('state-placing-municipality', { municipality: '1283', municipalityName: 'Helsingborg' }),
      step('state-placing-municipality', {}),
      /placera|kommun/iu,
    ],
  ] as const;

  it.each(outside)(
    'CON-5: after a refusal nobody reads of %s, stated or taken back',
    (_kind, state, takeBack, words) => {
      const stated = publishedCase(policy).after(state);
      expect(textsOf(stated).join('\n')).toMatch(words);
      expect(textsOf(stated.after(refuse)).join('\n')).not.toMatch(words);
      expect(textsOf(stated.after(takeBack, refuse)).join('\n')).not.toMatch(words);
    },
  );

  it.each(outside)(
    'CON-5, VIEW-12: with all shared again everybody is told that %s does not hold, once',
    (kind, state, takeBack, words) => {
      const again = publishedCase(policy).after(state, refuse, decide('b2', consent), publishAnew);
      const told = textsOf(again).filter((text) => words.test(text));
      expect(told.map((text) => text.startsWith('Gäller inte längre'))).toEqual([true, false]);
      expect(told.at(-1)).toContain('uppgiften har tagits bort ur ärendet');
      expect(
        again.after(decide('b1', refusal), decide('b3', consent), publishAnew).state.notices,
      ).not.toHaveProperty([`${kind}-withdrawn:2`]);
      // Nothing to take back was told.
      const before = publishedCase(policy).after(state, takeBack, refuse, decide('b2', consent), publishAnew);
      expect(before.state.notices).not.toHaveProperty([`${kind}-withdrawn:2`]);
      expect(
        textsOf(again.after({ ...state, at: '2026-03-02T09:00:00.000Z' }))
          .filter((text) => words.test(text))
          .at(-1),
      ).not.toMatch(/Gäller inte/u);
    },
  );

  it('CON-5, SVU-31: that ready is a decision of compulsory care is in no minimum, also where ready is', () => {
    const { data } = reportReady as Extract<typeof reportReady, { type: 'report-ready' }>;
    const { state } = publishedCase(policy).after(
      step('report-ready', { ...data, decisionLpt7a: true }),
      refuse,
    );
    expect(JSON.stringify(sharedContent(state))).not.toContain('Lpt7a');
  });
});
