Profile: CaseNotice
Parent: Communication
Id: case-notice
Title: "Notice of a case"
Description: "What the hub told the units when a step was taken. Without subject when it must stay readable though the case is frozen (PAT-6)."
* basedOn 1..1 MS
* basedOn only Reference(CarePlan)
* status = #completed
* category 1..3 MS
* category from NoticeValueSet (required)
* subject only Reference(Patient)
* about only Reference(Task)
* about ^short = "The to-do that a note is about"
* sent 1..1 MS
* recipient only Reference(Organization)
* recipient MS
* sender 1..1 MS
* sender only Reference(PractitionerRole or Organization or Device)
* sender ^short = "Who sent it, with name, title and unit; the unit or a display alone where a refusal hides who (CON-5); the hub itself by display alone"
* extension contains
    Replaces named replaces 0..* MS and
    ReplacedBy named replacedBy 0..1 MS
* payload 1..* MS
* payload.content[x] only string
* payload ^short = "The notice in Swedish, as staff read it"

Profile: SvuNotice
Parent: CaseNotice
Id: svu-notice
Title: "Notice of coordination at discharge"
Description: "What the hub told the units of a case of coordination at discharge (SVU)."
