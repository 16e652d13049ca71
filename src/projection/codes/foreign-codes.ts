/** Code systems of others that the hub writes. */
export const foreignSystems = {
  /** Inera, type of care plan (SPU: samordnad plan vid utskrivning). */
  careplanType: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  physicalType: 'http://terminology.hl7.org/CodeSystem/location-physical-type',
  snomed: 'http://snomed.info/sct',
  title: 'urn:oid:1.2.752.129.2.2.1.4',
  /** Kommunkod of SCB, four digits. */
  municipality: 'urn:oid:1.2.752.129.2.2.1.17',
} as const;

/** Inera's type of care plan, of which one is a case of the hub. Inera publishes the words in Swedish alone. */
export const careplanType = {
  system: foreignSystems.careplanType,
  concepts: { SPU: { sv: 'Samordnad plan vid utskrivning', en: 'Samordnad plan vid utskrivning' } },
} as const;

/** HL7's scope of a consent, of which one is that of a decision; the words are HL7's. */
export const consentScope = {
  system: foreignSystems.consentScope,
  concepts: { 'patient-privacy': { sv: 'Privacy Consent', en: 'Privacy Consent' } },
} as const;
