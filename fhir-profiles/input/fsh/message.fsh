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
