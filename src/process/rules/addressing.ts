/** Which units take part. */
export const addressingRules = {
  'ADR-1': 'SVU: the outpatient unit is the one where the patient is listed with a doctor (listing service).',
  'ADR-2':
    "SVU: the municipality is the one of the patient's population registration (municipality code), at its receiving unit(s).",
  'ADR-3': 'SIP started by K: listing lookup adds Ö; the unit that starts is added.',
  'ADR-4': 'SIP started by Ö: register lookup adds K; the unit that starts is added.',
  'ADR-5':
    'SIP started by S: both lookups, as in SVU; S itself takes part only when added by hand. Until it is, the unit that started may prepare and invite, nothing else.',
  'ADR-6': '[vasterbotten] a free-standing SIP preselects no receiver.',
  'ADR-7': 'A relisted patient in an SVU: the addressed health centre forwards the case to the new one.',
  'ADR-8':
    'Relisting, a move, or a new participant of decisive weight in a SIP: the participants get a to-do to revise it (change participants with a comment, or reopen for new approval: their choice).',
  'ADR-9':
    'A person placed by one municipality in another: the placing municipality stays responsible for payment.',
  'ADR-10':
    "Any participant adds units from the tree; in a SIP the one who invites does. A unit may always remove itself; removing another's is confirmed, logged and told to the removed unit.",
  'ADR-11':
    'Moving a case = adding the new unit, then removing the old. Removing the last unit of a side needs confirmation and a reason; the others are told.',
  'ADR-12': 'A unit that is added is notified.',
  'ADR-13':
    'No listing, no municipality, or a lookup service that is down: the case is kept, marked as not addressed, retried, and the hospital has a to-do to address it by hand. Nothing is lost.',
  'ADR-14':
    'A case in an inbox is a to-do for the care planner until it has a unit in the right area; a wrong area is put right by the care planner (ADR-11).',
  'ADR-15':
    '[norrbotten, vasterbotten] a receiver forwards the admission notice to other units, which then take part with an acknowledgement of their own; the trail shows who forwarded.',
  'ADR-16': 'Removing a preselected receiver needs a reason and is shown to the others.',
} as const;
