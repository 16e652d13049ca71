Extension: LeftBefore
Id: left-before
Title: "What had left before"
Description: "Of a decision that has ended: a unit of another side, and the notices that it got while the decision stood (CON-8). Left out where a refusal lets a minimum alone be shared."
Context: Consent
* extension contains
    unit 1..1 and
    notice 1..*
* extension[unit].value[x] only Reference(Organization)
* extension[notice].value[x] only Reference(CaseNotice)

Profile: CaseDecision
Parent: Consent
Id: case-decision
Title: "Decision on sharing information"
Description: "The one current decision of a case (CON-2): consent, refusal, harm assessment or secrecy-breaking rule. Inactive once deregistered or replaced (CON-8)."
* status MS
* status ^short = "active | inactive"
* scope = $consentscope#patient-privacy
* category 1..1 MS
* category from DecisionValueSet (required)
* patient 1..1 MS
* patient only Reference(Patient)
* dateTime 1..1 MS
* performer 0..1 MS
* performer only Reference(Patient or RelatedPerson or Practitioner or PractitionerRole)
* performer ^short = "Who decided; for a harm assessment who made it (CON-3)"
* organization only Reference(Organization)
* source[x] only Reference(QuestionnaireResponse)
* policyRule 1..1 MS
* policyRule ^short = "The region's method and its version; for a secrecy-breaking rule also the law"
* provision 1..1
* provision.type 1..1 MS
* provision.data 1..1 MS
* provision.data.meaning = #related
* provision.data.reference only Reference(CarePlan)
* extension contains
    RegisteredBy named registeredBy 0..1 MS and
    DecisionForm named form 0..1 MS and
    DecisionGivenBy named givenBy 0..1 MS and
    LeftBefore named leftBefore 0..*

Profile: SvuDecision
Parent: CaseDecision
Id: svu-decision
Title: "Decision on sharing information in coordination at discharge"
Description: "The decision of a case of coordination at discharge (SVU)."

Instance: harm-assessment
InstanceOf: Questionnaire
Usage: #definition
Title: "Menprövning"
* url = "https://hemgang.example/fhir/Questionnaire/harm-assessment"
* name = "HarmAssessment"
* title = "Menprövning"
* status = #draft
* language = #sv
* subjectType = #Patient
* description = "The questions of a harm assessment. Which of the two last are asked is policy (CON-4)."
* item[+].linkId = "reason-consent-unavailable"
* item[=].text = "Varför kan samtycke inte inhämtas?"
* item[=].type = #string
* item[=].required = true
* item[+].linkId = "may-harm"
* item[=].text = "Kan uppgifterna vara till men för patienten eller någon närstående?"
* item[=].type = #boolean
* item[+].linkId = "necessary"
* item[=].text = "Är uppgifterna nödvändiga för en god och säker vård?"
* item[=].type = #boolean
