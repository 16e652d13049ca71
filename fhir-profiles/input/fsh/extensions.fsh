Extension: StepState
Id: step-state
Title: "State of a step"
Description: "How far a step of the case has come, the same for every reader; what it means for one unit is that unit's view (VIEW-2)."
Context: CarePlan
* extension contains
    step 1..1 and
    state 1..1
* extension[step].value[x] only Coding
* extension[step].valueCoding from SvuStepValueSet (required)
* extension[state].value[x] only Coding
* extension[state].valueCoding from StepStateValueSet (required)

Extension: AdmissionNoticeDue
Id: admission-notice-due
Title: "Admission notice due"
Description: "When the admission notice is due: 24 hours after admission or the doctor's later assessment (SVU-5)."
Context: CarePlan
* value[x] only dateTime

Extension: NeedsAssessed
Id: needs-assessed
Title: "Needs assessed"
Description: "When the doctor judged, after admission, that needs exist (SVU-5)."
Context: CarePlan
* value[x] only dateTime

Extension: PatientInformation
Id: patient-information
Title: "Information to the patient"
Description: "Whether the patient was informed orally and in writing, or why not (CON-1). Under a refusal only whether the brochure was given (CON-5)."
Context: CarePlan
* extension contains
    informed 0..1 and
    oral 0..1 and
    written 1..1 and
    reason 0..1
* extension[informed].value[x] only boolean
* extension[oral].value[x] only boolean
* extension[written].value[x] only boolean
* extension[reason].value[x] only string

Extension: Ready
Id: ready
Title: "Ready for discharge"
Description: "The day, the responsible doctor, and when it was reported (SVU-10); under a policy that counts ready by 12:00 also the day it counts from (SVU-11). Whether it is a decision under LPT 7 a § (SVU-31)."
Context: CarePlan
* extension contains
    date 1..1 and
    doctor 1..1 and
    reported 1..1 and
    countsFrom 0..1 and
    decisionLpt7a 0..1
* extension[date].value[x] only date
* extension[doctor].value[x] only Reference(Practitioner)
* extension[reported].value[x] only dateTime
* extension[countsFrom].value[x] only date
* extension[decisionLpt7a].value[x] only boolean

Extension: Discharge
Id: discharge
Title: "Discharge"
Description: "Form, place and comment of the discharge (SVU-21); the end of the period stays the planned day."
Context: CarePlan
* extension contains
    form 1..1 and
    dischargedAt 1..1 and
    dischargedTo 0..1 and
    comment 0..1
* extension[form].value[x] only Coding
* extension[form].valueCoding from DischargeFormValueSet (required)
* extension[dischargedAt].value[x] only dateTime
* extension[dischargedTo].value[x] only string
* extension[comment].value[x] only string

Extension: ShortStay
Id: short-stay
Title: "Short stay"
Description: "A short stay with unchanged needs; whether the patient may go home without more contact, as things stand: ready was sent by 12:00 and all have acknowledged it (SVU-28)."
Context: CarePlan
* extension contains
    homeUncalled 1..1
* extension[homeUncalled].value[x] only boolean

Extension: CoordinatedCarePlan
Id: coordinated-care-plan
Title: "Coordinated care plan"
Description: "Takes the place of SIP and invitation on the way to compulsory outpatient psychiatric or forensic care (SVU-31)."
Context: CarePlan
* extension contains
    date 1..1 and
    doctor 1..1 and
    madeBy 1..1 and
    law 1..1
* extension[date].value[x] only date
* extension[doctor].value[x] only Reference(Practitioner)
* extension[madeBy].value[x] only Coding
* extension[madeBy].valueCoding from PlanMakerValueSet (required)
* extension[law].value[x] only Coding
* extension[law].valueCoding from SecrecyLawValueSet (required)

Extension: PlacingMunicipality
Id: placing-municipality
Title: "Placing municipality"
Description: "The municipality that placed the patient in another and stays responsible for payment (ADR-9), by its code of four digits."
Context: CarePlan
* value[x] only Coding

Extension: NotAddressed
Id: not-addressed
Title: "Side not addressed"
Description: "A side the hub could not address the case to, and why (ADR-13)."
Context: CarePlan
* extension contains
    side 1..1 and
    cause 1..1
* extension[side].value[x] only Coding
* extension[side].valueCoding from SideValueSet (required)
* extension[cause].value[x] only Coding
* extension[cause].valueCoding from AddressingFailureValueSet (required)

Extension: ParticipantSide
Id: participant-side
Title: "Side of a participant"
Description: "The side a participating unit stands on."
Context: CareTeam.participant
* value[x] only Coding
* valueCoding from SideValueSet (required)

Extension: ParticipantAddedBy
Id: participant-added-by
Title: "Unit that added a participant"
Description: "The unit that added this one by hand (ADR-15). Shown where the case shares in full."
Context: CareTeam.participant
* value[x] only Reference(Organization)

Extension: ParticipantSecrecy
Id: participant-secrecy
Title: "Secrecy of a participant"
Description: "That a participating unit is outside health and social care and bound by weaker secrecy (ORG-10)."
Context: CareTeam.participant
* value[x] only Coding
* valueCoding from SecrecyValueSet (required)

Extension: ContactResponsibility
Id: contact-responsibility
Title: "Responsibility of a contact"
Description: "What a contact answers for, when it does not call to the SIP (SVU-8)."
Context: CareTeam.participant
* value[x] only string

Extension: RegisteredBy
Id: registered-by
Title: "Registered by"
Description: "Who registered the decision (CON-12)."
Context: Consent
* value[x] only Reference(PractitionerRole)

Extension: DecisionForm
Id: decision-form
Title: "How the decision was given"
Description: "Orally or in writing (CON-12)."
Context: Consent, Communication
* value[x] only Coding
* valueCoding from DecisionFormValueSet (required)

Extension: DecisionGivenBy
Id: decision-given-by
Title: "Who gave the decision"
Description: "The patient, a guardian or a legal representative (CON-12)."
Context: Consent, Communication
* value[x] only Coding
* valueCoding from DecisionGivenByValueSet (required)

Extension: Replaces
Id: replaces
Title: "Replaces a notice"
Description: "The notice that this one says anew or takes back. R4 has no element for it: inResponseTo is an answer, partOf a part."
Context: Communication
* value[x] only Reference(Communication)

Extension: ReplacedBy
Id: replaced-by
Title: "Replaced by a notice"
Description: "The notice that holds instead of this one, whose status stays completed: it was sent."
Context: Communication
* value[x] only Reference(Communication)

Extension: ActiveRole
Id: active-role
Title: "Active role of a unit"
Description: "A role that is active at the unit, and each thing it may do for the unit (ORG-2, ORG-13). Task.performerType says which of them a to-do asks for."
Context: Organization
* extension contains
    role 1..1 and
    may 0..*
* extension[role].value[x] only Coding
* extension[may].value[x] only Coding
* extension[may].valueCoding from ResponsibilityValueSet (required)

Extension: InTheWay
Id: in-the-way
Title: "Resource that stands in the way"
Description: "The case that hinders what was asked, where the asker takes part in it (SVU-2)."
Context: OperationOutcome.issue
* value[x] only Reference(CarePlan)

Extension: InformationHandedOver
Id: information-handed-over
Title: "Patient information handed over"
Description: "When a printed copy of the patient information was handed over, and who took it (SVU-26)."
Context: CarePlan
* extension contains
    at 1..1 and
    to 1..1
* extension[at].value[x] only dateTime
* extension[to].value[x] only Coding
* extension[to].valueCoding from CopyTakerValueSet (required)
