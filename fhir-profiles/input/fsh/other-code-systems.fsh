// Those of answers and of the trail are made by the hub from its own tables, and read there: GET [base]/CodeSystem/refusal, rule, trail-action.

CodeSystem: RefusalCodeSystem
Id: refusal
Title: "Why something is refused"
Description: "The hub's own code of a refusal, in OperationOutcome.issue.details. Complete at [base]/CodeSystem/refusal, without a token."
* insert Translated
* ^content = #not-present

CodeSystem: RuleCodeSystem
Id: rule
Title: "Rule of the rulebook behind a refusal"
Description: "Beside the code of the refusal, in OperationOutcome.issue.details. Complete at [base]/CodeSystem/rule, without a token."
* insert Translated
* ^content = #not-present

CodeSystem: TrailActionCodeSystem
Id: trail-action
Title: "What the trail calls an act that is no interaction of FHIR"
Description: "AuditEvent.subtype of an operation. Complete at [base]/CodeSystem/trail-action, without a token."
* insert Translated
* ^content = #not-present

// Inera's code system of types of care plan is Inera's to publish; this is the one code of it that the hub writes, so that a validator knows it.
Instance: typeofcareplan-cs
InstanceOf: CodeSystem
Usage: #definition
Title: "Type of care plan (Inera), the code that the hub writes"
* url = "https://fhir.inera.se/CodeSystem/typeofcareplan-cs"
* name = "TypeOfCarePlanFragment"
* title = "Type of care plan (Inera), the code that the hub writes"
* status = #draft
* content = #fragment
* language = #sv
* concept[+].code = #SPU
* concept[=].display = "Samordnad plan vid utskrivning"
