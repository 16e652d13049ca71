import type { NoticeKinds } from '../notice/kind-of-notice.js';
import type { CaseContent } from './case-content.js';
import { isInMinimum, minimumOf } from './notices.js';
import { policyOfCase } from './questions.js';
import { sharedLevel } from './shared-level.js';
import type { CaseState } from './state.js';

/**
 * What a case may show now (CON-5, CON-8, PAT-6), of a kind that adds nothing to what every case has: everything, or what a refusal leaves.
 * @param notices the kinds of notice of its kind of case
 */
export function contentOfCase(notices: NoticeKinds, state: CaseState): CaseContent {
  const level = sharedLevel(state);
  if (level === 'none') return nothing;
  if (level === 'full')
    return {
      level,
      namesHospitalStaff: true,
      freeText: true,
      contacts: state.contacts,
      decisions: state.decisions,
      notices: state.notices,
    };
  const policy = policyOfCase(state);
  return {
    level,
    // A draft is its own side's (ACC-2).
    namesHospitalStaff: state.publishedAt === undefined,
    freeText: false,
    contacts: {},
    decisions: state.decisions,
    notices: Object.fromEntries(
      Object.entries(state.notices)
        .filter(([, notice]) => isInMinimum(notices, notice))
        .map(([key, notice]) => [
          key,
          { ...notice, content: minimumOf(notices, notice.kind, notice.content, policy) },
        ]),
    ),
  };
}

const nothing: CaseContent = {
  level: 'none',
  namesHospitalStaff: false,
  freeText: false,
  contacts: {},
  decisions: [],
  notices: {},
};
