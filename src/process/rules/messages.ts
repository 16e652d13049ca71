/** Messages and documents. */
export const messagesRules = {
  'MSG-1':
    'A message belongs to a case. policy skane: every participating unit sees it; vasterbotten: a directed message is seen by its addressees only.',
  'MSG-2':
    "Acknowledgement is asked from chosen units; by default from all but one's own; one's own may be chosen.",
  'MSG-3': "A message can be annulled by the sender's unit; it stays readable, marked.",
  'MSG-4':
    'One file per message. Neither its name nor its content may hold personal data; a personal number found in either is refused. Patient documents go by DOC only.',
  'MSG-5':
    '[norrbotten, vasterbotten] A message outside a care episode goes to any unit, with or without an ongoing stay, always with stated consent (CON-10).',
  'MSG-6':
    '[vasterbotten] Withdrawals (ready, discharge) appear to receivers as a general message, which all of them must acknowledge.',
  'MSG-7': 'Units that are not addressed in the case cannot be added through a message.',
  'MSG-8':
    '[vasterbotten] S orders single home visits from K by a message outside the episode: SBAR, reason, ordered measure, 1 to 4 weeks, no follow-up by a primary-care doctor, one of: eye drops, ear drops, subcutaneous or intramuscular injection, dressing, suture removal, sampling.',
  'MSG-9':
    '[vasterbotten] General messages only during the stay; otherwise, and in a free-standing SIP, a message outside the episode.',
  'DOC-1':
    'The hospital transfers its discharge documents from the journal system (Melior) to municipality and primary care: cross-professional discharge summary (tvärprofessionell epikris), discharge information with medicine list.',
  'DOC-2': 'Which document types may be transferred is configuration; another type is refused.',
  'DOC-3':
    'The sender sees, per receiving unit: accepted by the hub, delivered, opened; and is told when a document has not been opened within the limit of its type.',
  'DOC-4': 'What arrives is byte for byte what was sent (hash kept and checked).',
  'DOC-5':
    'A document for a patient whose case does not permit it (refusal, protected, no case) is not delivered; the sender gets a clear answer.',
  'DOC-6':
    'The information needed is transferred at the latest on the day of discharge; what is missing that day is shown to the ward.',
} as const;
