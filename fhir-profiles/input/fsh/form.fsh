Profile: CaseForm
Parent: QuestionnaireResponse
Id: case-form
Title: "Form of a case"
Description: "What units write together under a case, field by field (SVU-14): an assessment, for example. It shows every heading and question of the version of its Questionnaire that it was opened with. Under a refusal nobody reads it (CON-5)."
* extension contains Track named track 0..1 and FormOfUnit named formOfUnit 0..1
* basedOn 1..1 MS
* basedOn only Reference(CarePlan)
* questionnaire 1..1 MS
* questionnaire ^short = "With the version that the answers are given to"
* status MS
* subject 1..1
* subject only Reference(Patient)
* authored 1..1 MS
* authored ^short = "When it was last written in; when it was opened, where nobody has"
* author 1..1 MS
* author only Reference(PractitionerRole or Device)
* item 1..* MS
* item.item MS
* item.item.extension contains Written named written 0..1 MS
* item.item.answer 0..1 MS
* item.item.answer.value[x] only string or boolean

Extension: Written
Id: written
Title: "Who wrote an answer"
Description: "Who wrote what a field says, or took it away, when, and from which version of the form it says so (SVU-14, PLB-2)."
Context: QuestionnaireResponse.item
* extension contains
    at 1..1 and
    by 1..1 and
    version 1..1
* extension[at].value[x] only dateTime
* extension[by].value[x] only Reference(PractitionerRole or Device)
* extension[version].value[x] only positiveInt

Extension: SaysNow
Id: says-now
Title: "What a field says now"
Description: "Of a field that somebody else has changed since it was seen: what it says now, written by whom and when (SVU-14). The value is left out where it was taken away."
Context: OperationOutcome.issue
* extension contains
    linkId 1..1 and
    value 0..1 and
    at 1..1 and
    by 1..1 and
    version 1..1
* extension[linkId].value[x] only string
* extension[value].value[x] only string or boolean
* extension[at].value[x] only dateTime
* extension[by].value[x] only Reference(PractitionerRole or Device)
* extension[version].value[x] only positiveInt

Extension: WrittenBy
Id: written-by
Title: "Who writes here by default"
Description: "A side whose units write here by default (SVU-15). It is advice: any unit that takes part may write anywhere."
Context: Questionnaire.item
* value[x] only Coding
* valueCoding from SideValueSet (required)

Extension: PartOfForm
Id: part-of-form
Title: "Whose part of a form it is"
Description: "The side whose part of the form this heading is: no other side writes there, and each of its units signs the form (SVU-16 to SVU-19)."
Context: Questionnaire.item
* value[x] only Coding
* valueCoding from SideValueSet (required)

Extension: AgreesWithHospital
Id: agrees-with-hospital
Title: "Agrees with the hospital"
Description: "By this question a side agrees with what the part of the hospital proposes. A no breaks every signature and hands the form back to the hospital (SVU-17)."
Context: Questionnaire.item
* value[x] only boolean

Extension: Track
Id: track
Title: "Track of a case"
Description: "The colour that the answers of the planning basis give, why, and what it says of the planning that follows (PLB-3, PLB-4); of a case that is ready also the last day on which the patient is to be at home by it."
Context: CarePlan, QuestionnaireResponse
* extension contains
    colour 1..1 and
    because 1..1 and
    follows 0..* and
    homeBy 0..1
* extension[colour].value[x] only Coding
* extension[colour].valueCoding from TrackColourValueSet (required)
* extension[because].value[x] only string
* extension[follows].value[x] only Coding
* extension[follows].valueCoding from TrackStepValueSet (required)
* extension[homeBy].value[x] only date

Extension: FormOfUnit
Id: form-of-unit
Title: "Whose form it is"
Description: "The unit that writes in this form, where each unit has one of its own (SVU-7, SVU-26)."
Context: QuestionnaireResponse
* value[x] only Reference(Organization)

Extension: OpenedBySide
Id: opened-by-side
Title: "Opened by a side"
Description: "A side whose units open a form of this Questionnaire; where none is named, any unit that takes part does (PLB-1)."
Context: Questionnaire
* value[x] only Coding
* valueCoding from SideValueSet (required)

Extension: AnsweredTogether
Id: answered-together
Title: "Answered together"
Description: "The questions under this heading have all an answer, or none has: they are saved together (SVU-39)."
Context: Questionnaire.item
* value[x] only boolean
