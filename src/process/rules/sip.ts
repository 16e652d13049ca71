/** The individual plan (SIP). */
export const sipRules = {
  'SIP-1':
    'A person has at most one open SIP (created, not ended or removed). A second start is refused and points to the first; an invitation from an SVU while one is open becomes a follow-up of it.',
  'SIP-2':
    '[skane] any side starts and invites. norrbotten (at discharge), vasterbotten: the contact in Ö invites; other sides register an initiative to Ö. Patient, relative or school may take the initiative anywhere (recorded).',
  'SIP-3':
    'Invitation (kallelse), new plan or follow-up: who took the initiative, name, relation or title, reason; form, place, date and time of the meeting. The time must lie in the future.',
  'SIP-4': "Each invited unit acknowledges the meeting's time and form.",
  'SIP-5': 'At most one coordinator (samordningsansvarig); replaced by removing and adding.',
  'SIP-6': 'Participants are reviewed before each invitation; the one who invites adds others.',
  'SIP-7':
    "Shared assessment, kept as in SVU-14. policy skane: a SIP held in hospital uses the SVU's assessment, after discharge its own. vasterbotten: at discharge after the invitation was sent, free-standing before or after; it never blocks meeting or approval.",
  'SIP-8':
    'The plan: present situation, main goal, participants at the meeting by name, risk assessment with measures, early signs of relapse, medical and psychiatric support; action or crisis plan as a summary, not a pointer only; whether the journal has a level-of-care note, and its date; sub-goals each with a responsible unit; activities under a sub-goal (description, follow-up date, responsible, status).',
  'SIP-9':
    'Becoming final. policy skane: once all required fields are filled in and each participant has written its sub-goals, every participating unit approves; then the plan is active. vasterbotten: the coordinator locks it as agreed at the meeting. norrbotten: as skane.',
  'SIP-10': "In a final plan only an activity's status and follow-up text can change.",
  'SIP-11': 'Follow-up: skane at least once a year; vasterbotten on the date agreed at the meeting.',
  'SIP-12':
    'Any party ends the SIP, with a reason, stating that all parties and the person were consulted. policy vasterbotten: after an evaluation is recorded.',
  'SIP-13': 'A SIP can be removed until an invitation is sent; after that it is ended.',
  'SIP-14':
    'An active SIP leaves the list 72 hours after approval, an ended one 72 hours after its end; both stay searchable.',
  'SIP-15':
    'At discharge Ö invites at the latest on the day of ready (policy vasterbotten: a target) and within three days of ready (law: a condition for payment); meeting within 4 weeks of discharge (policy vasterbotten; the start of the count is a setting).',
  'SIP-16': 'local. If the sides disagree about when, outpatient care decides.',
  'SIP-17':
    "Pre-meeting, actors' meeting (förmöte, aktörsmöte) is not a SIP and does not replace it. policy norrbotten: consent required, the one who sees the need calls, patient and relatives are not receivers. vasterbotten: that the patient was told, and why, is recorded; the patient may take part.",
  'SIP-18':
    '[vasterbotten] Follow-up notes by each responsible at the latest the day before; evaluation of the main goal by the coordinator together with the person.',
  'SIP-19': 'The patient declined a SIP: recorded; planned measures still go ahead.',
  'SIP-20':
    'The plan states which measures are needed, which each party answers for, what others do, and who has the overall responsibility.',
  'SIP-21': '[vasterbotten] An invitation from an SVU preselects its units (removable).',
  'SIP-22':
    '[vasterbotten] A short-term stay counts as ordinary housing; its division of responsibility stands in the SIP, the contact in Ö invites; a decision on short-term or special housing is recorded by the needs-assessor role only.',
  'SIP-23':
    '[vasterbotten] Continuous home nursing: the primary-care doctor enrols; the contact informs K by SIP invitation (reason, background, status, ordered treatment), at the latest on the day of ready.',
  'SIP-24': '[skane] After approval the one who invited has a to-do to remove the hospital ward.',
  'SIP-25':
    '[vasterbotten] Form: home, clinic, ward, video, telephone; telephone only with a reason why video failed; digital: at least one professional, named, is physically with the person; chair and documenter are recorded.',
  'SIP-26':
    '[vasterbotten] All invited must attend; at a follow-up those with ongoing measures; absence is recorded.',
  'SIP-27': 'Plan and evaluation are handed to the person; date and form recorded.',
  'SIP-28': 'The hub asks for follow-up when due; the reminder never turns the invitation step red.',
  'SIP-29':
    '[vasterbotten] No SIP needs a coded reason: declined; has one, unchanged; one principal only; limited rehabilitation follow-up; moves to special housing.',
} as const;
