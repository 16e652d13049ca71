Profile: SvuCarePlan
Parent: CarePlan
Id: svu-care-plan
Title: "Coordination at discharge"
Description: "A case of samverkan vid utskrivning. Created as a draft by a hospital unit; moved by operations; a frozen case (on-hold) shows its status alone and carries no profile (PAT-6)."
* status MS
* status ^short = "draft | active | on-hold (frozen) | completed (discharged) | revoked (annulled)"
* intent = #plan
* category 2..*
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains
    kind 1..1 MS and
    inera 1..1 MS
* category[kind] = CaseKindCodeSystem#svu
* category[inera] = $typeofcareplan#SPU
* subject only Reference(Patient)
* subject MS
* subject ^comment = "On create: by identifier (personnummer or samordningsnummer). Shown by literal reference, never by number."
* encounter only Reference(HospitalStay)
* period MS
* period.start MS
* period.start ^short = "Admission; absent where a refusal hides it (CON-5)"
* period.end MS
* period.end ^short = "Planned discharge, also once discharged: when that was, is dischargedAt of the discharge"
* description MS
* description ^short = "Reason of the admission notice (SVU-3). Never shown under a refusal (CON-5)"
* author only Reference(Organization)
* author ^short = "The ward"
* careTeam only Reference(SvuCareTeam)
* careTeam 0..1
* extension contains
    StepState named stepState 0..4 MS and
    AdmissionNoticeDue named admissionNoticeDue 0..1 MS and
    NeedsAssessed named needsAssessed 0..1 MS and
    Ready named ready 0..1 MS and
    ShortStay named shortStay 0..1 MS and
    CoordinatedCarePlan named coordinatedCarePlan 0..1 MS and
    PlacingMunicipality named placingMunicipality 0..1 MS and
    Discharge named discharge 0..1 MS and
    PatientInformation named patientInformation 0..1 MS and
    NotAddressed named notAddressed 0..3 MS and
    Track named track 0..1 MS and
    InformationHandedOver named informationHandedOver 0..1 MS
