Extension: AcknowledgedBy
Id: acknowledged-by
Title: "Who is asked to acknowledge"
Description: "A unit that is asked to acknowledge the message, once for each (MSG-2). In what a client sends: false for nobody; left out for all who get it but the own unit."
Context: Communication
* value[x] only Reference(Organization) or boolean

Extension: AnnulledBy
Id: annulled-by
Title: "Who annulled"
Description: "Who annulled the message for the unit that sent it (MSG-3). When is the time of the version."
Context: Communication
* value[x] only Reference(PractitionerRole)

Profile: UnitMessage
Parent: Communication
Id: unit-message
Title: "Message of a unit"
Description: "What a unit wrote to others of a case (MSG-1). A directed one is read by sender and addressees alone where the policy of the case says so. An annulled one stays, as entered-in-error (MSG-3)."
* basedOn 1..1 MS
* basedOn only Reference(CarePlan)
* inResponseTo 0..1 MS
* inResponseTo only Reference(UnitMessage)
* status MS
* status ^short = "completed | entered-in-error (annulled)"
* category 1..1 MS
* category = NoticeCodeSystem#message
* subject 1..1
* subject only Reference(Patient)
* sent 1..1 MS
* recipient only Reference(Organization)
* recipient MS
* recipient ^short = "Whom it was addressed to; all the others who took part where it went to all"
* sender 1..1 MS
* sender only Reference(PractitionerRole or Device)
* sender ^short = "Who wrote it, with name, title and unit (VIEW-12)"
* extension contains
    AcknowledgedBy named acknowledgedBy 0..* MS and
    AnnulledBy named annulledBy 0..1 MS
* payload 1..2 MS
* payload.content[x] only string or Attachment
* payload ^short = "The text, and at most one file, which is text too (MSG-4)"

Extension: ConsentGivenAt
Id: consent-given-at
Title: "When consent was given"
Description: "When the patient gave the consent that a message outside every case rests on (CON-10). How and by whom stand in decision-form and decision-given-by; who registered it is who sent the message."
Context: Communication
* value[x] only dateTime

Extension: ConsentWithdrawnBy
Id: consent-withdrawn-by
Title: "Who registered that consent was taken back"
Description: "Who registered that the patient took back the consent of the message (CON-8). When is the time of the version."
Context: Communication
* value[x] only Reference(PractitionerRole)

Extension: HomeVisitOrder
Id: home-visit-order
Title: "Order of single home visits"
Description: "Single home visits that the hospital or outpatient care orders from the municipality (MSG-8): what for, for how many weeks, whether a doctor of primary care has to follow it up (then it is none), the reason, and SBAR."
Context: Communication
* extension contains
    measure 1..1 and
    weeks 1..1 and
    doctorFollowsUp 1..1 and
    situation 1..1 and
    background 1..1 and
    assessment 1..1 and
    recommendation 1..1 and
    reason 1..1
* extension[measure].value[x] only Coding
* extension[measure].valueCoding from HomeVisitMeasureValueSet (required)
* extension[weeks].value[x] only positiveInt
* extension[doctorFollowsUp].value[x] only boolean
* extension[situation].value[x] only string
* extension[background].value[x] only string
* extension[assessment].value[x] only string
* extension[recommendation].value[x] only string
* extension[reason].value[x] only string

Profile: OutsideMessage
Parent: Communication
Id: outside-message
Title: "Message outside every case"
Description: "What a unit wrote to others about a person outside every case, on a consent that it states (MSG-5, CON-10). Sender and addressees read it. An annulled one stays, as entered-in-error (MSG-3); one whose consent was taken back is stopped, and the sender alone reads it (CON-8)."
* basedOn 0..0
* inResponseTo 0..0
* status MS
* status ^short = "completed | entered-in-error (annulled) | stopped (consent taken back)"
* category 1..1 MS
* category = NoticeCodeSystem#message
* subject 1..1
* subject only Reference(Patient)
* sent 1..1 MS
* recipient 1..* MS
* recipient only Reference(Organization)
* sender 1..1 MS
* sender only Reference(PractitionerRole or Device)
* extension contains
    DecisionForm named form 1..1 MS and
    DecisionGivenBy named givenBy 1..1 MS and
    ConsentGivenAt named givenAt 1..1 MS and
    HomeVisitOrder named homeVisitOrder 0..1 MS and
    AcknowledgedBy named acknowledgedBy 0..* MS and
    AnnulledBy named annulledBy 0..1 MS and
    ConsentWithdrawnBy named withdrawnBy 0..1 MS
* payload 1..2 MS
* payload.content[x] only string or Attachment
* payload ^short = "The text, and at most one file, which is text too (MSG-4)"
