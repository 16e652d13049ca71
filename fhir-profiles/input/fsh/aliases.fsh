Alias: $consentscope = http://terminology.hl7.org/CodeSystem/consentscope
Alias: $v3-ActCode = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $typeofcareplan = https://fhir.inera.se/CodeSystem/typeofcareplan-cs
