// What a client sends, where it is another thing than what the hub shows: what is not taken is 0..0 here and 422 there
// (docs/fhir-writing.md). A Task is sent as it was read, by unit-todo; Parameters have their OperationDefinitions.

RuleSet: NothingUnderstoodOtherwise
* implicitRules 0..0
* modifierExtension 0..0

RuleSet: ExtensionsNamedHere
* extension ^slicing.discriminator.type = #value
* extension ^slicing.discriminator.path = "url"
* extension ^slicing.ordered = false
* extension ^slicing.rules = #closed

Profile: SvuCarePlanSubmitted
Parent: CarePlan
Id: svu-care-plan-submitted
Title: "Coordination at discharge, as a hospital unit opens it"
Description: "The body of POST CarePlan. The unit is the token's; name and address come from the population register."
* insert NothingUnderstoodOtherwise
* contained 0..0
* insert ExtensionsNamedHere
* extension contains NeedsAssessed named needsAssessed 0..1
* identifier 0..0
* instantiatesCanonical 0..0
* instantiatesUri 0..0
* basedOn 0..0
* replaces 0..0
* partOf 0..0
* status = #draft
* intent = #plan
* category 1..2
* title ^short = "Samverkan vid utskrivning, or left out"
* subject.reference 0..0
* subject.identifier 1..1
* subject.identifier.system 1..1
* subject.identifier.value 1..1
* subject.display 0..0
* encounter only Reference(HospitalStay)
* period 1..1
* period.start 1..1
* period.start ^short = "Admission, with time of day and zone"
* period.end 1..1
* period.end ^short = "Expected discharge: a day"
* created 0..0
* author only Reference(Organization)
* author ^short = "The token's unit, or left out"
* contributor 0..0
* careTeam 0..0
* addresses 0..0
* supportingInfo 0..0
* goal 0..0
* activity 0..0
* note 0..0

Profile: SvuDecisionSubmitted
Parent: Consent
Id: svu-decision-submitted
Title: "Decision on sharing information, as a hospital unit registers it"
Description: "The body of POST Consent: one decision without limits, for the hub keeps none (CON-2, CON-12)."
* insert NothingUnderstoodOtherwise
* contained 0..1
* insert ExtensionsNamedHere
* extension contains
    DecisionForm named form 0..1 and
    DecisionGivenBy named givenBy 0..1
* identifier 0..0
* status = #active
* scope = $consentscope#patient-privacy
* category 1..1
* category from DecisionValueSet (required)
* patient only Reference(Patient)
* dateTime ^short = "The present, or left out"
* performer 0..1
* performer only Reference(Patient or Practitioner or PractitionerRole)
* organization 0..1
* organization only Reference(Organization)
* source[x] only Reference(QuestionnaireResponse)
* policy 0..0
* policyRule 1..1
* policyRule ^short = "Lag (2017:612); for a secrecy-breaking rule the code of the law"
* verification 0..0
* provision 1..1
* provision.modifierExtension 0..0
* provision.type 1..1
* provision.period 0..0
* provision.actor 0..0
* provision.action 0..0
* provision.securityLabel 0..0
* provision.purpose 0..0
* provision.class 0..0
* provision.code 0..0
* provision.dataPeriod 0..0
* provision.data 1..1
* provision.data.modifierExtension 0..0
* provision.data.meaning = #related
* provision.data.reference only Reference(CarePlan)
* provision.provision 0..0

Profile: HarmAssessmentAnswersSubmitted
Parent: QuestionnaireResponse
Id: harm-assessment-answers-submitted
Title: "Answers of a harm assessment, as they are sent"
Description: "Contained in the Consent that registers the harm assessment (CON-4): each question once, with one answer."
* insert NothingUnderstoodOtherwise
* identifier 0..0
* basedOn only Reference(CarePlan)
* partOf 0..0
* questionnaire 1..1
* questionnaire = "https://hemgang.example/fhir/Questionnaire/harm-assessment"
* status = #completed
* subject only Reference(Patient)
* encounter 0..0
* author only Reference(Practitioner or PractitionerRole)
* source 0..0
* item 1..3
* item.modifierExtension 0..0
* item.definition 0..0
* item.answer 1..1
* item.answer.modifierExtension 0..0
* item.answer.value[x] only string or boolean
* item.answer.item 0..0
* item.item 0..0

Profile: UnitMessageSubmitted
Parent: Communication
Id: unit-message-submitted
Title: "Message, as a unit writes it"
Description: "The body of POST Communication. The sender is the token's; who is named nowhere as recipient leaves it to all who take part, or to those who read what is answered (MSG-1)."
* insert NothingUnderstoodOtherwise
* contained 0..0
* insert ExtensionsNamedHere
* extension contains AcknowledgedBy named acknowledgedBy 0..*
* identifier 0..0
* instantiatesCanonical 0..0
* instantiatesUri 0..0
* basedOn 1..1
* basedOn only Reference(CarePlan)
* partOf 0..0
* inResponseTo 0..1
* inResponseTo only Reference(UnitMessage)
* status = #completed
* statusReason 0..0
* category 0..1
* category = NoticeCodeSystem#message
* priority 0..0
* medium 0..0
* subject only Reference(Patient)
* topic 0..0
* about 0..0
* encounter 0..0
* sent ^short = "The present, or left out"
* received 0..0
* recipient only Reference(Organization)
* sender only Reference(Organization)
* sender ^short = "The token's unit, or left out"
* reasonCode 0..0
* reasonReference 0..0
* payload 1..2
* payload.content[x] only string or Attachment
* payload ^short = "One text, and at most one file: text/plain, text/csv or text/markdown in UTF-8, no personal number in name or content (MSG-4)"
* note 0..0

Profile: OutsideMessageSubmitted
Parent: Communication
Id: outside-message-submitted
Title: "Message outside every case, as a unit writes it"
Description: "The body of POST Communication without basedOn (MSG-5). The sender is the token's; name and address come from the population register; the consent is stated (CON-10)."
* insert NothingUnderstoodOtherwise
* contained 0..0
* insert ExtensionsNamedHere
* extension contains
    DecisionForm named form 1..1 and
    DecisionGivenBy named givenBy 1..1 and
    ConsentGivenAt named givenAt 1..1 and
    HomeVisitOrder named homeVisitOrder 0..1 and
    AcknowledgedBy named acknowledgedBy 0..*
* identifier 0..0
* instantiatesCanonical 0..0
* instantiatesUri 0..0
* basedOn 0..0
* partOf 0..0
* inResponseTo 0..0
* status = #completed
* statusReason 0..0
* category 0..1
* category = NoticeCodeSystem#message
* priority 0..0
* medium 0..0
* subject 1..1
* subject.reference 0..0
* subject.identifier 1..1
* subject.identifier.system 1..1
* subject.identifier.value 1..1
* subject.display 0..0
* topic 0..0
* about 0..0
* encounter 0..0
* sent ^short = "The present, or left out"
* received 0..0
* recipient 1..*
* recipient only Reference(Organization)
* sender only Reference(Organization)
* sender ^short = "The token's unit, or left out"
* reasonCode 0..0
* reasonReference 0..0
* payload 1..2
* payload.content[x] only string or Attachment
* payload ^short = "One text, and at most one file: text/plain, text/csv or text/markdown in UTF-8, no personal number in name or content (MSG-4)"
* note 0..0
