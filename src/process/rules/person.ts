/** Patients and their identity. */
export const personRules = {
  'PAT-1':
    'A person is registered by the full 12-digit personnummer (or samordningsnummer), looked up in the population register. Not found there: cannot be registered.',
  'PAT-2':
    "Name and address come from the register, never from what somebody typed or from a sending system's message.",
  'PAT-3': 'A malformed number (length, date, check digit) is refused with a clear error before any lookup.',
  'PAT-4':
    "An asylum seeker's R-number (reserve number) is not registered; the answer says: plan by telephone.",
  'PAT-5':
    'A person with protected identity (sekretessmarkering, skyddad folkbokföring) is never registered.',
  'PAT-6':
    'A person who becomes protected while a case is open: the case is frozen at once (no reads of personal data, no notices, no new data), each participating unit is told to go on by telephone, and the audit trail stays.',
  'PAT-7':
    'A change in the register (name, address, municipality, protection, death) reaches open cases without anyone asking.',
  'PAT-8':
    'Contact details that the register lacks (mobile number, next of kin with numbers) can be added to a case.',
  'PAT-9': "For a person under 18 a guardian consents to the SIP; the child's own view can be recorded.",
  'PAT-10':
    "Patient overview: all of a person's plans, current and archived, in one place, with what is being transferred about them.",
  'PAT-11': 'policy persons under 18: vasterbotten yes; skane only where the municipality is switched on.',
  'PAT-12':
    'An identity that changes (samordningsnummer becomes personnummer, a number is corrected in the register) keeps its cases, history and order of facts.',
  'PAT-13':
    "A fact or case on the wrong patient can be corrected after notices went out: who was told is told again, the wrong patient's record shows nothing of the other.",
} as const;
