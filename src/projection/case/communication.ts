import type { Communication } from 'fhir/r4.js';
import { kindOfNotice } from '../../process/notice/kind-of-notice.js';
import type { Notice } from '../../process/vocabulary.js';
import { codeSystems, concept, conceptOfRow, extensions } from '../codes/codes.js';
import { communicationId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { organizationReference, patientReference, referenceTo } from '../references.js';
import { codeToken, conceptTokens, referenceTokens } from '../search-tokens.js';
import { actorReference, isAnnulment, rendered, type CaseView } from './case-view.js';
import { isChange, noticeText } from './notice-text.js';
import type { Replacements } from './replaced-notices.js';

/** Notices that reach a unit which has left the case as well: opened by `removalGrants`. */
export const hasOwnScope = ({ tables }: CaseView, notice: Notice): boolean =>
  kindOfNotice(tables.notices, notice).reachesWhoLeft === true;

/** Whether a notice tells of a unit that receivers may not know: who came and went (CON-5), or what its kind hides. */
function isHospitalsAlone(of: CaseView, notice: Notice): boolean {
  const { content, sentAt } = notice;
  if (of.hidesNotice(notice)) return true;
  const { unit } = content;
  const inDraft = of.state.publishedAt !== undefined && sentAt < of.state.publishedAt;
  const { hiddenOfDraft } = kindOfNotice(of.tables.notices, notice);
  if (hiddenOfDraft === true && inDraft && of.shared.level !== 'full') return true;
  return unit !== undefined && !of.mayName(unit);
}

const linkTo = (of: CaseView, url: string, notice: Notice) => ({
  url,
  valueReference: referenceTo('Communication', communicationId(of.id, notice.key)),
});

/**
 * A notice that went out to units, as Communication on the case. One that is not personal names no person and stays
 * readable when the case is frozen (PAT-6). That a unit was added is not personal, so a unit that may not see the content
 * learns that the case exists (CON-8). That a unit was removed, or no longer leads the case, is opened by a scope of its own, for the
 * unit that left has lost the case (ACC-7), and names no person either. That the case was annulled has a scope of its own too: it is all that is left of the case,
 * and says whom it was about (VIEW-11).
 */
export function renderCommunication(
  of: CaseView,
  notice: Notice,
  { replaces, replacedBy }: Replacements,
): RenderedResource {
  const replaced = (replaces.get(notice.key) ?? []).flatMap((key) => of.shared.notices[key] ?? []);
  const by = of.shared.notices[replacedBy.get(notice.key) ?? ''];
  const removal = hasOwnScope(of, notice);
  const hospitalOnly = isHospitalsAlone(of, notice);
  const kind = kindOfNotice(of.tables.notices, notice);
  const personal = notice.personal && kind.namesNobody !== true;
  const subject = personal && !removal ? patientReference(of.state.personId) : undefined;
  const carePlan = referenceTo('CarePlan', of.id);
  const category = [
    conceptOfRow(codeSystems.notice, notice.kind, kind),
    ...(notice.content['presentedAs'] === 'general-message'
      ? [concept(codeSystems.notice, 'general-message')]
      : []),
    ...(isChange(of.noticeWords, notice, replaced) ? [concept(codeSystems.notice, 'changed')] : []),
  ];
  // Of a notice to receivers the hospital's own units are left out, where they may not know them (CON-5).
  const recipients = notice.recipients
    .filter((unit) => hospitalOnly || of.mayName(unit))
    .map((unit) => organizationReference(unit, of.state.unitNames[unit]));
  const sender = actorReference(of, notice.sentBy);
  // R4 has no word for it: `inResponseTo` is an answer, `partOf` a part, and what was sent stays `completed`.
  const extension = [
    ...replaced.map((each) => linkTo(of, extensions.replaces, each)),
    ...(by === undefined ? [] : [linkTo(of, extensions.replacedBy, by)]),
  ];
  const content: Communication & { id: string } = {
    resourceType: 'Communication',
    id: communicationId(of.id, notice.key),
    meta: { profile: [of.profiles.Communication] },
    ...(extension.length > 0 ? { extension } : {}),
    basedOn: [carePlan],
    status: 'completed',
    category,
    ...(subject ? { subject } : {}),
    sent: notice.sentAt,
    ...(recipients.length > 0 ? { recipient: recipients } : {}),
    sender,
    payload: [
      {
        contentString: noticeText(of.noticeWords, kind, notice, {
          withFreeText: of.shared.freeText,
          names: of.state.unitNames,
          replaced,
          ...(by === undefined ? {} : { by }),
        }),
      },
    ],
  };
  return {
    ...rendered(of, content, {
      needs: personal ? 'minimum' : 'none',
      periodStart: notice.sentAt,
      periodEnd: notice.sentAt,
      tokens: [
        codeToken('status', 'completed'),
        ...category.flatMap((one) => conceptTokens('category', one)),
        ...referenceTokens('based-on', carePlan),
        ...recipients.flatMap((recipient) => referenceTokens('recipient', recipient)),
        ...referenceTokens('sender', sender),
        ...(subject ? [...referenceTokens('patient', subject), ...referenceTokens('subject', subject)] : []),
      ],
    }),
    ...(removal || isAnnulment(of, notice) ? { scope: content.id } : {}),
    ...(hospitalOnly ? { draft: true } : {}),
  };
}
