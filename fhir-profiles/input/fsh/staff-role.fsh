Profile: StaffRole
Parent: PractitionerRole
Id: staff-role
Title: "A person's work at a unit"
Description: "What SEBasePractitionerRole 1.1.0 asks, as far as it can be evaluated: that profile slices code.coding by system without saying which, so no validator can judge a PractitionerRole with a code (docs/decisions/0038). One for each unit, with the HSA-ids of all assignments there."
* identifier 1..* MS
* identifier.system 1..1
* identifier.system = "urn:oid:1.2.752.29.4.19"
* identifier.value 1..1
* practitioner 1..1 MS
* practitioner only Reference(Practitioner)
* organization 1..1 MS
* organization only Reference(Organization)
* code MS
* code ^short = "The hub's roles that the titles lead to, then the titles (KV Befattning, or a name of the region)"
