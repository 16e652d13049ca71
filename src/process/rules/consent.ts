/** Information to the patient, and decisions on sharing. */
export const consentRules = {
  'CON-1':
    'Before SVU or SIP the patient is informed orally and in writing: recorded as yes, or as no with a reason.',
  'CON-2':
    'A case then has one current decision: consent, refusal, harm assessment (menprövning), or, policy norrbotten, the secrecy-breaking rule for care under LPT/LRV.',
  'CON-3':
    'Only licensed staff make a harm assessment. The person responsible is picked from the catalogue; name and title are kept.',
  'CON-4':
    '[norrbotten] the harm assessment records its two questions: may the information harm the patient or a relative (must be no), is it necessary for good and safe care (must be yes). vasterbotten: the first.',
  'CON-5':
    'SVU under refusal shares a minimum, by policy. skane: admission date, expected discharge, whether the brochure was given, and the closing discharge notice. norrbotten, vasterbotten: register data, admitting ward, expected discharge (and the closing discharge notice).',
  'CON-6': 'A harm assessment cannot override a refusal.',
  'CON-7':
    'A SIP needs consent from the person or a legal representative; policy skane: a harm assessment also suffices. Refused: the SIP cannot start, and the case can be removed.',
  'CON-8':
    'In SVU only the hospital deregisters the decision; in a SIP any participant may. The patient may withdraw consent at any time.',
  'CON-9':
    '[norrbotten, vasterbotten] consent to information transfer and consent to NPÖ are two decisions. Everywhere: a SIP has one of its own.',
  'CON-10':
    '[norrbotten, vasterbotten] a message outside a care episode cannot be sent without stated consent.',
  'CON-11':
    "The emergency sheet's consent covers the whole process (municipality to emergency ward and the ward's answer, health centre, ambulance).",
  'CON-12':
    'A decision keeps who registered it, when, oral or written, by whom given (patient, guardian, legal representative).',
  'CON-13':
    'A harm assessment needs a recorded reason why consent cannot be given; it is refused while a refusal stands (CON-6).',
  'CON-14': 'An SVU decision covers one stay; a new stay needs a new one.',
  'CON-15':
    'A SIP consent lists the units agreed to; inviting another needs a new decision. Relatives take part unless the person objects, which is recorded.',
  'CON-16':
    'The NPÖ decision is shown to municipal health care; refusing it opens and stops nothing in the hub.',
} as const;
