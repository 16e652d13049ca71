Profile: CaseCareTeam
Parent: CareTeam
Id: case-care-team
Title: "Participants of a case"
Description: "The units that take part, each with its side, and the contacts (fast vårdkontakt) they named. Changed by operations on the CarePlan."
* status 1..1 MS
* subject 1..1
* subject only Reference(Patient)
* encounter only Reference(HospitalStay)
* participant MS
* participant.role 1..* MS
* participant.role from ParticipantRoleValueSet (required)
* participant.member 1..1 MS
* participant.member only Reference(Organization or PractitionerRole)
* participant.member ^short = "A unit of the hospital that a refusal hides has a display alone (CON-5)"
* participant.onBehalfOf only Reference(Organization)
* participant.extension contains
    ParticipantSide named side 0..1 MS and
    ParticipantAddedBy named addedBy 0..1 MS and
    ParticipantSecrecy named secrecy 0..1 MS and
    ContactResponsibility named responsibility 0..1 MS
* managingOrganization 0..1 MS

Profile: SvuCareTeam
Parent: CaseCareTeam
Id: svu-care-team
Title: "Participants of coordination at discharge"
Description: "The participants of a case of coordination at discharge (SVU)."
