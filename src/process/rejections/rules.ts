/**
 * Every rule the hub serves, by id, shortened to its gist. Tests, rejections and lines of code name these ids;
 * `npm run rules` shows which tests stand for which rule. `[skane]` and the like: a setting of that policy.
 */
export const rules = {
  'PAT-1':
    'A person is registered by the full 12-digit personnummer (or samordningsnummer), looked up in the population register. Not found there: cannot be registered.',
  'PAT-2':
    "Name and address come from the register, never from what somebody typed or from a sending system's message.",
  'PAT-3': 'A malformed number (length, date, check digit) is refused with a clear error before any lookup.',
  'PAT-4':
    "An asylum seeker's R-number (reserve number) is not registered; the answer says: plan by telephone.",
  'PAT-5':
    'A person with protected identity (sekretessmarkering, skyddad folkbokföring) is never registered.',
  'PAT-6':
    'A person who becomes protected while a case is open: the case is frozen at once (no reads of personal data, no notices, no new data), each participating unit is told to go on by telephone, and the audit trail stays.',
  'PAT-7':
    'A change in the register (name, address, municipality, protection, death) reaches open cases without anyone asking.',
  'PAT-8':
    'Contact details that the register lacks (mobile number, next of kin with numbers) can be added to a case.',
  'PAT-9': "For a person under 18 a guardian consents to the SIP; the child's own view can be recorded.",
  'PAT-10':
    "Patient overview: all of a person's plans, current and archived, in one place, with what is being transferred about them.",
  'PAT-11': 'policy persons under 18: vasterbotten yes; skane only where the municipality is switched on.',
  'PAT-12':
    'An identity that changes (samordningsnummer becomes personnummer, a number is corrected in the register) keeps its cases, history and order of facts.',
  'PAT-13':
    "A fact or case on the wrong patient can be corrected after notices went out: who was told is told again, the wrong patient's record shows nothing of the other.",
  'ORG-1':
    "Users and units come from the HSA catalogue (HSA-id). A user's title (befattning) maps to a role.",
  'ORG-2':
    'A unit is configured with its active roles and, for each role, its responsibilities: acknowledge, sign, approve; read or write.',
  'ORG-3':
    'Units form a tree under an organisation number. The organisation number is the secrecy domain: a user moves only within it.',
  'ORG-4':
    'Several roles of a unit may hold one responsibility; one of them acting is enough for its unit. local: a step may ask for every such role (Östra Göinge: discharge).',
  'ORG-5': "Every participating unit must act for itself; one unit's act never counts for another's.",
  'ORG-6': 'A user may switch unit within the tree, and role when holding two or more titles.',
  'ORG-7':
    'Each municipality configures one or more receiving units (inbox), each with the kinds of service it serves. policy norrbotten: needs assessment (biståndsenhet) and home nursing (hemsjukvård), besides the listed health centre; psychiatry (närpsykiatri) is added by hand.',
  'ORG-8':
    'Each party decides which roles may approve a SIP, licensed or not (fast vårdkontakt, fast omsorgskontakt included). The SVU statement follows ORG-2.',
  'ORG-9': 'A role says whether it is licensed (legitimerad).',
  'ORG-10':
    'A party outside health and social care (school, Försäkringskassan, Arbetsförmedlingen) takes part only through a unit in the catalogue, sees only the cases it is invited to, and is marked as bound by weaker secrecy.',
  'ORG-11':
    'An unusable configuration (a unit without any role that can acknowledge, an unknown parent, a cycle, a municipality code with no inbox) is refused when it is loaded, naming the unit.',
  'ORG-12':
    'A receiver may acknowledge, answer the fixed questions (policy), forward or add, remove itself, write a message. The only "no" is Ö\'s to the SIP stance (SVU-17).',
  'ORG-13':
    'Each unit of a case is shown with its active roles and what each of them may do (read, write, acknowledge, sign, approve), so that anybody can see whose turn it is.',
  'ACC-1':
    'Only a unit that takes part in a case, through an active role, reads or writes it. Everything else is refused and logged.',
  'ACC-2': 'A draft is seen by the hospital side only.',
  'ACC-3':
    'External access: a user of another organisation who searches a personnummer gets a list of cases (kind, current or archived) and nothing of their content.',
  'ACC-4':
    'Same organisation, other unit: an active, logged choice opens the case for reading. In a SIP, a hospital unit of a region that has a unit in the case may also write.',
  'ACC-5':
    'Every access is logged: who (HSA-id), unit, role, patient, case, what was read or done, when, on what ground.',
  'ACC-6':
    'Ambulance care reads a SIP after a separate consent (ACC-3). Emergency sheet: policy, off by default; it never writes or receives.',
  'ACC-7': 'A unit or role that is removed loses access at once.',
  'ACC-8':
    "Where patients' access is on, every message is readable by the patient; there is no staff-only kind of message.",
  'ACC-9':
    'Only the grounds listed here open a case. Any other request is refused even when the patient is said to agree.',
  'CON-1':
    'Before SVU or SIP the patient is informed orally and in writing: recorded as yes, or as no with a reason.',
  'CON-2':
    'A case then has one current decision: consent, refusal, harm assessment (menprövning), or, policy norrbotten, the secrecy-breaking rule for care under LPT/LRV.',
  'CON-3':
    'Only licensed staff make a harm assessment. The person responsible is picked from the catalogue; name and title are kept.',
  'CON-4':
    '[norrbotten] the harm assessment records its two questions: may the information harm the patient or a relative (must be no), is it necessary for good and safe care (must be yes). vasterbotten: the first.',
  'CON-5':
    'SVU under refusal shares a minimum, by policy. skane: admission date, expected discharge, whether the brochure was given, and the closing discharge notice. norrbotten, vasterbotten: register data, admitting ward, expected discharge (and the closing discharge notice).',
  'CON-6': 'A harm assessment cannot override a refusal.',
  'CON-7':
    'A SIP needs consent from the person or a legal representative; policy skane: a harm assessment also suffices. Refused: the SIP cannot start, and the case can be removed.',
  'CON-8':
    'In SVU only the hospital deregisters the decision; in a SIP any participant may. The patient may withdraw consent at any time.',
  'CON-9':
    '[norrbotten, vasterbotten] consent to information transfer and consent to NPÖ are two decisions. Everywhere: a SIP has one of its own.',
  'CON-10':
    '[norrbotten, vasterbotten] a message outside a care episode cannot be sent without stated consent.',
  'CON-11':
    "The emergency sheet's consent covers the whole process (municipality to emergency ward and the ward's answer, health centre, ambulance).",
  'CON-12':
    'A decision keeps who registered it, when, oral or written, by whom given (patient, guardian, legal representative).',
  'CON-13':
    'A harm assessment needs a recorded reason why consent cannot be given; it is refused while a refusal stands (CON-6).',
  'CON-14': 'An SVU decision covers one stay; a new stay needs a new one.',
  'CON-15':
    'A SIP consent lists the units agreed to; inviting another needs a new decision. Relatives take part unless the person objects, which is recorded.',
  'CON-16':
    'The NPÖ decision is shown to municipal health care; refusing it opens and stops nothing in the hub.',
  'ADR-1': 'SVU: the outpatient unit is the one where the patient is listed with a doctor (listing service).',
  'ADR-2':
    "SVU: the municipality is the one of the patient's population registration (municipality code), at its receiving unit(s).",
  'ADR-3': 'SIP started by K: listing lookup adds Ö; the unit that starts is added.',
  'ADR-4': 'SIP started by Ö: register lookup adds K; the unit that starts is added.',
  'ADR-5':
    'SIP started by S: both lookups, as in SVU; S itself takes part only when added by hand. Until it is, the unit that started may prepare and invite, nothing else.',
  'ADR-6': '[vasterbotten] a free-standing SIP preselects no receiver.',
  'ADR-7': 'A relisted patient in an SVU: the addressed health centre forwards the case to the new one.',
  'ADR-8':
    'Relisting, a move, or a new participant of decisive weight in a SIP: the participants get a to-do to revise it (change participants with a comment, or reopen for new approval: their choice).',
  'ADR-9':
    'A person placed by one municipality in another: the placing municipality stays responsible for payment.',
  'ADR-10':
    "Any participant adds units from the tree; in a SIP the one who invites does. A unit may always remove itself; removing another's is confirmed, logged and told to the removed unit.",
  'ADR-11':
    'Moving a case = adding the new unit, then removing the old. Removing the last unit of a side needs confirmation and a reason; the others are told.',
  'ADR-12': 'A unit that is added is notified.',
  'ADR-13':
    'No listing, no municipality, or a lookup service that is down: the case is kept, marked as not addressed, retried, and the hospital has a to-do to address it by hand. Nothing is lost.',
  'ADR-14':
    'A case in an inbox is a to-do for the care planner until it has a unit in the right area; a wrong area is put right by the care planner (ADR-11).',
  'ADR-15':
    '[norrbotten, vasterbotten] a receiver forwards the admission notice to other units, which then take part with an acknowledgement of their own; the trail shows who forwarded.',
  'ADR-16': 'Removing a preselected receiver needs a reason and is shown to the others.',
  'SVU-1': 'Only a hospital unit creates an SVU.',
  'SVU-2': 'At most one open SVU per person; an SVU and a SIP may be open at the same time.',
  'SVU-3':
    'The admission notice carries name, personnummer and registered address (from the register), admission date, expected discharge, reason. Saved as a draft, then published.',
  'SVU-4': 'Publishing needs patient information (CON-1) and a decision (CON-2).',
  'SVU-5':
    "The admission notice is due within 24 hours of admission, or of the doctor's later assessment that needs exist, whose time is recorded.",
  'SVU-6':
    'The case can be annulled until the first working document has been begun (skane: the assessment; others: the planning basis); after that it ends only by discharge.',
  'SVU-7':
    'Each receiving unit acknowledges the admission notice. policy vasterbotten: it also answers the fixed questions, which feed the planning basis.',
  'SVU-8':
    'Ö names one or more contacts (fast vårdkontakt), from the catalogue; each either calls to the SIP (kallelseansvar) or has a stated responsibility. Named before the patient is discharged.',
  'SVU-9':
    "The hospital changes the expected discharge with a reason; the other sides' units acknowledge again, without answering the questions again. vasterbotten: receivers get the admission notice anew with the new date, and acknowledge that. local: Ö may also change the day when it decides the time of a SIP, with a reason.",
  'SVU-10':
    "Ready: date and responsible doctor. policy vasterbotten: the date is today's, neither forward nor back.",
  'SVU-11':
    "[vasterbotten] a ready notice sent up to and including 12:00:00 counts as today's (the sources say before and after; the moment itself is +); later as the next day's, whatever the weekday.",
  'SVU-12':
    'Ready can be changed or withdrawn by the hospital, and a new expected date is set. policy skane: the step turns and units acknowledge again; vasterbotten: receivers get a general message, and the admission notice is sent again.',
  'SVU-13': 'Each Ö and K unit acknowledges ready.',
  'SVU-14':
    '[skane] The assessment starts once the admission notice is published under consent or harm assessment.',
  'SVU-15':
    "[skane] By default S writes the patient's and relatives' wishes and the current state, K and Ö earlier care and background; a profession may write under another heading.",
  'SVU-16':
    "[skane] Statement, hospital part: required fields, the patient's own words; self-care and consumables yes/no with a description when yes; responsible doctor; stance on SIP. Marking it complete opens the other parts.",
  'SVU-17':
    '[skane] Outpatient part: responsible doctor(s), medical responsibility, agrees with the SIP stance yes/no. No clears every signature and hands the statement back to the hospital.',
  'SVU-18': '[skane] Municipal part: planned measures, even when a profession will do none.',
  'SVU-19':
    '[skane] Each participating unit signs. A side is signed when all its units have; until then partly signed. All three: the step is done.',
  'SVU-20':
    "[skane] A change by a side after it signed breaks every unit's signature. A fully signed statement can be reopened by the hospital alone.",
  'SVU-21':
    'Discharge: date, discharge or early end, for a discharge (never asked for an early end, such as a death) discharged to, comment (temporary address). No contact who calls to the SIP: a warning that can be confirmed.',
  'SVU-22':
    'policy, local: whether units acknowledge a discharge (manual: no; Östra Göinge: yes, every profession).',
  'SVU-23': 'After discharge every part is locked.',
  'SVU-24':
    'The discharge can be undone while the case is on the list (VIEW-8); the parts open again and a new discharge is possible. policy vasterbotten: receivers get a general message.',
  'SVU-25': 'A change of ward keeps the case. It is not a discharge.',
  'SVU-26':
    '[norrbotten, vasterbotten] Patient information: each unit writes what it has planned, with a name and number to call; it names the contact and the SIP time when known; it can change during the whole stay; the hospital hands over a printed copy.',
  'SVU-27':
    'Own planning starts at the admission notice and is done when ready arrives; policy norrbotten: each unit says when it is done, K also when the patient is welcome home.',
  'SVU-28': '[vasterbotten] Short stay, at most 24 hours and with unchanged needs: stated in the reason.',
  'SVU-29': 'local.',
  'SVU-30':
    'Checklist for ready. policy norrbotten: medicines reviewed and list printed, prescriptions written, aids ordered, referral written, discharge information and summary done, self-care assessed, patient information filled in. skane, local: dose-dispensed medicine changes made in Pascal.',
  'SVU-31':
    'Transfer to compulsory outpatient psychiatric or forensic care: a coordinated care plan (samordnad vårdplan), made by the chief psychiatrist or a delegated senior physician, takes the place of SIP and invitation.',
  'SVU-32':
    'policy: which working documents an SVU has (see above). A command on one that the policy lacks is refused.',
  'SVU-33':
    'Ready under refusal. policy skane: none is published, so no count for payment starts; others: setting. Declining a SIP is another thing, and keeps liability.',
  'SVU-34':
    '[vasterbotten] ready is acknowledged the same day when sent by 12:00, else at the latest the next day, weekday or not; a miss is shown to unit and hospital.',
  'SVU-35':
    "local. To a short-term place: the home area's units write the assessment, the short-term unit does the rest with the needs assessor; from one: the short-term unit does both.",
  'SVU-36':
    '[norrbotten] publishing a discharge warns and lists the K and Ö units that have not said they are ready.',
  'SVU-37':
    'K states the time of going home and whether someone meets; vasterbotten: the granted measures with date and time stand in the patient information.',
  'SVU-38':
    'local: a unit signs only when all parts are complete; medical responsibility is stated before licensed staff act; who pays for consumables is stated before discharge.',
  'SVU-39':
    'Handed-over responsibility to review self-care names giver and receiver, in planning basis and patient information.',
  'SVU-40':
    'The notice is due for everybody with ongoing measures and everybody judged to need new or changed ones; where municipal health care is concerned, the region-financed primary care gets it too.',
  'SVU-42':
    'A change of ward is told to the receivers as what it is (from, to), not as units that come and go. A move to a ward of another organisation is a to-do for both wards, never a silent hand-over (ORG-3).',
  'SVU-43': "The responsible doctor of ready is staff with a doctor's licence or title of the hospital.",
  'PLB-1':
    '[norrbotten, vasterbotten] The hospital opens the planning basis: fixed yes/no questions with free text; updated until discharge. norrbotten: with ADL status, sent within 24 hours of the admission notice. vasterbotten: never annulled.',
  'PLB-2': '[vasterbotten] Every entry keeps date, name and title.',
  'PLB-3':
    '[vasterbotten] The answers give a track colour by a configured decision table over: known, has municipal health care or rehabilitation now, anything new or changed, extensive, needs coordination (psychiatric outpatient care included), short-term decision.',
  'PLB-4': '[vasterbotten] Blue and green: home at the latest the day after ready. Blue: no SIP invitation.',
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
  'AKB-1': "Four tabs: 1 contact details, 2 background, 3 current, 4 the emergency ward's feedback.",
  'AKB-2':
    'Municipal nurses write 1 to 3 by default; a municipality may let other roles write 1 and 2. Tab 3 is filled in when a visit is needed, also by telephone referral.',
  'AKB-3': 'The sheet exists once per person, with the consent of CON-11.',
  'AKB-4': 'Tab 4 can be written when 1 and 2 are filled in, even if 3 is not.',
  'AKB-5':
    "Publishing 3 lifts the sheet to the top of the emergency ward's list, publishing 4 to the top of the municipality's.",
  'AKB-6':
    'A new sheet goes to rest 72 hours after it was made; it stays as history and can be searched ("my unit\'s sheets").',
  'AKB-7':
    'Participants: municipality, emergency ward or observation unit, listed health centre. Who does not take part does not see it in a list.',
  'MSG-1':
    'A message belongs to a case. policy skane: every participating unit sees it; vasterbotten: a directed message is seen by its addressees only.',
  'MSG-2':
    "Acknowledgement is asked from chosen units; by default from all but one's own; one's own may be chosen.",
  'MSG-3': "A message can be annulled by the sender's unit; it stays readable, marked.",
  'MSG-4':
    'One file per message. Neither its name nor its content may hold personal data; a personal number found in either is refused. Patient documents go by DOC only.',
  'MSG-5':
    '[norrbotten, vasterbotten] A message outside a care episode goes to any unit, with or without an ongoing stay, always with stated consent (CON-10).',
  'MSG-6':
    '[vasterbotten] Withdrawals (ready, discharge) appear to receivers as a general message, which all of them must acknowledge.',
  'MSG-7': 'Units that are not addressed in the case cannot be added through a message.',
  'MSG-8':
    '[vasterbotten] S orders single home visits from K by a message outside the episode: SBAR, reason, ordered measure, 1 to 4 weeks, no follow-up by a primary-care doctor, one of: eye drops, ear drops, subcutaneous or intramuscular injection, dressing, suture removal, sampling.',
  'MSG-9':
    '[vasterbotten] General messages only during the stay; otherwise, and in a free-standing SIP, a message outside the episode.',
  'DOC-1':
    'The hospital transfers its discharge documents from the journal system (Melior) to municipality and primary care: cross-professional discharge summary (tvärprofessionell epikris), discharge information with medicine list.',
  'DOC-2': 'Which document types may be transferred is configuration; another type is refused.',
  'DOC-3':
    'The sender sees, per receiving unit: accepted by the hub, delivered, opened; and is told when a document has not been opened within the limit of its type.',
  'DOC-4': 'What arrives is byte for byte what was sent (hash kept and checked).',
  'DOC-5':
    'A document for a patient whose case does not permit it (refusal, protected, no case) is not delivered; the sender gets a clear answer.',
  'DOC-6':
    'The information needed is transferred at the latest on the day of discharge; what is missing that day is shown to the ward.',
  'VIEW-1':
    "A unit's list of current cases, latest change first; sorted by change, name, personnummer; filtered by text, by to-do, by contact or coordinator, by SIP.",
  'VIEW-2':
    'Each step has a state for the viewer: red = my role must act; yellow = others must; green = done; blue = assessment begun, with time; grey = not begun; a part tick = some units have.',
  'VIEW-3': 'To-do: what my role in my unit must acknowledge, answer, sign, approve, and since when.',
  'VIEW-4': 'The number of cases changed since one last looked, and a live signal.',
  'VIEW-5': 'Archived cases are found by personnummer.',
  'VIEW-6': 'Every earlier version of a case can be read, marked as not current.',
  'VIEW-7': 'The signed plan and the patient information can be printed (PDF).',
  'VIEW-8':
    'A discharged SVU leaves the list after a configured time (default 72 hours); then it is read only and never reopened.',
  'VIEW-9':
    'policy, local. A to-do not opened within the watch interval (three times a day; morning and afternoon) is flagged to its unit and the sender.',
  'VIEW-10': 'System-wide notices (planned downtime, releases) reach every user.',
  'VIEW-11':
    'Removing or annulling hides a case and all its content from every unit and list; who was told before is told which person it was about and that there is nothing more to do; record and log stay for the retention time (at least ten years).',
  'VIEW-12':
    'For each step: who acknowledged or signed (name, title, unit) and when, to all who see the step.',
  'PAY-1':
    'Statutory model (policy norrbotten): liability starts three days after a ready notice sent by 12:00, four days after one sent later, calendar days, counted from the day it was sent.',
  'PAY-2':
    'Only if: admission notice within 24 hours; ready notice sent; if a SIP is to be made, Ö invited within three days of ready or the patient declined; for compulsory outpatient psychiatry a coordinated care plan instead. policy norrbotten: contact named.',
  'PAY-3':
    'Average model (policy vasterbotten): per municipality and calendar month, the average days from ready to home. At most 3: no liability. Above 3: a joint analysis.',
  'PAY-4': '[vasterbotten] sent by 12:00 the ready date is day 0; later, the next day is day 0.',
  'PAY-5':
    'The amount per day is set each year by Socialstyrelsen (11 600 SEK proposed for 2024) and is configuration with its source.',
  'PAY-6': "The municipality of registration pays; a placed person's placing municipality (ADR-9).",
  'PAY-7': 'A withdrawn ready stops the count; a new ready starts at zero.',
  'PAY-8':
    'Statistics: ready days per municipality, hospital and period; beds occupied on average (49 626 days over January to August 2023, 243 days, give 204).',
  'PAY-9': 'Each figure can be traced to the notices it was counted from.',
  'PAY-10':
    'No liability while the discharge is held up by missing or unclear measures of the region-financed outpatient care.',
  'PAY-11':
    'Model, day counts, amounts, dated supplements (e.g. major holidays, skane) are set per agreement between region and municipalities, with the statutory values as defaults. skane: not in the sources, a setting.',
  'PAY-12':
    'Late or missing information, or an incomplete report, neither starts nor stops liability; it is listed as a deviation.',
  'PAY-13': 'Statistics: share home within one day of ready (a goal, not a payment criterion).',
  'DEV-1':
    'A deviation report has event, consequence, risk, measure, suggested improvement, unit, date and time.',
  'DEV-2':
    "It is sent digitally straight to the one who handles deviations at the unit concerned, and the answer comes back to the reporter (a wish: neither system does it; today's channels are policy: e-service, paper, post to the registry, through the MAS).",
  'DEV-3': 'Faults in the hub itself go to its administrators.',
  'DWN-1':
    'When the hub is down, work goes on by paper forms. Current plans and contacts can be taken out beforehand as printable files; emergency sheets not, whose reserve is the manual form.',
  'DWN-2':
    'What was done on paper is entered afterwards with its real time and marked as entered afterwards.',
  'DWN-3':
    'The reserve routine starts and ends by a recorded decision (skane: of the hospital), shown to all units.',
  'ENV-1': 'A test environment may serve training: fictional persons, no route to production.',
  'INT-1': 'Melior (journal, Skåne): discharge documents; admissions, ward changes, discharges',
  'INT-2': 'Cosmic (journal, Västerbotten): the same',
  'INT-3': 'Population register (folkbokföring): person, address, municipality, protection; changes',
  'INT-4': 'Listing service (Lissy, listningstjänst): listed unit and doctor; changes',
  'INT-5': 'HSA catalogue (Skånekatalogen, Komkat): units, users, titles',
  'INT-6': 'SITHS: who is logged in; system certificates',
  'INT-7': 'Municipal systems (Treserva and others): receive notices, documents, to-dos; answer them',
  'INT-8': 'NPÖ: consent to it is recorded',
  'INT-9': 'Care request (vårdbegäran): sent in Cosmic; the hub carries none (policy, off)',
} as const;

/** The id of a rule, e.g. `SVU-2`. */
export type RuleId = keyof typeof rules;
