Instance: Practitioner-organisation
InstanceOf: SearchParameter
Usage: #definition
Title: "Organisation of a person of the staff"
* url = "https://hemgang.example/fhir/SearchParameter/Practitioner-organisation"
* name = "organisation"
* status = #draft
* description = "Organisation number of the care provider of a unit where the person works, through PractitionerRole."
* code = #organisation
* base = #Practitioner
* type = #token

Instance: PractitionerRole-organisation
InstanceOf: SearchParameter
Usage: #definition
Title: "Organisation of a person's work"
* url = "https://hemgang.example/fhir/SearchParameter/PractitionerRole-organisation"
* name = "organisation"
* status = #draft
* description = "Organisation number of the care provider of the unit where the person works."
* code = #organisation
* base = #PractitionerRole
* type = #token
