/** Coordination at discharge (SVU) and its planning basis. */
export const svuRules = {
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
    '[skane] The assessment can start once consent or harm assessment and the admission notice exist; its text is shared when that is published. Every field is saved as it is written, and keeps who wrote what when, with all earlier text.',
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
  'SVU-28':
    '[vasterbotten] Short stay, at most 24 hours and with unchanged needs: stated in the reason. Ready sent before 12:00 and acknowledged by all: home the same day without more contact; otherwise contact is required.',
  'SVU-29':
    'local. End of life: breakpoint conversation held, fit to be moved, written basis for level of care and treatment limitations, outpatient care has taken over: a warning at discharge for each that is not recorded.',
  'SVU-30':
    'Checklist for ready. policy norrbotten: medicines reviewed and list printed, prescriptions written, aids ordered, referral written, discharge information and summary done, self-care assessed, patient information filled in. skane, local: dose-dispensed medicine changes made in Pascal.',
  'SVU-31':
    'Transfer to compulsory outpatient psychiatric or forensic care: a coordinated care plan (samordnad vårdplan), made by the chief psychiatrist or a delegated senior physician, takes the place of SIP and invitation. A decision under LPT 7 a § counts as the ready notice.',
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
  'SVU-41':
    'A municipal unit that knows of a person in hospital without an admission notice asks for one (care planner to the hospital), recorded.',
  'SVU-42':
    'A change of ward is told to the receivers as what it is (from, to), not as units that come and go. A move to a ward of another organisation is a to-do for both wards, never a silent hand-over (ORG-3).',
  'SVU-43': "The responsible doctor of ready is staff with a doctor's licence or title of the hospital.",
  'PLB-1':
    '[norrbotten, vasterbotten] The hospital opens the planning basis: fixed yes/no questions with free text; updated until discharge. norrbotten: with ADL status, sent within 24 hours of the admission notice. vasterbotten: never annulled.',
  'PLB-2': '[vasterbotten] Every entry keeps date, name and title.',
  'PLB-3':
    '[vasterbotten] The answers give a track colour by a configured decision table over: known, has municipal health care or rehabilitation now, anything new or changed, extensive, needs coordination (psychiatric outpatient care included), short-term decision.',
  'PLB-4': '[vasterbotten] Blue and green: home at the latest the day after ready. Blue: no SIP invitation.',
} as const;
