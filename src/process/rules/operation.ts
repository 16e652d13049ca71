/** Deviations, downtime, environments and the systems around the hub. */
export const operationRules = {
  'DEV-1':
    'A deviation report has event, consequence, risk, measure, suggested improvement, unit, date and time.',
  'DEV-2':
    "It is sent digitally straight to the one who handles deviations at the unit concerned, and the answer comes back to the reporter (a wish: neither system does it; today's channels are policy: e-service, paper, post to the registry, through the MAS).",
  'DEV-3': 'Faults in the hub itself go to its administrators.',
  'DWN-1':
    'When the hub is down, work goes on by paper forms. Current plans and contacts can be taken out beforehand as printable files; emergency sheets not, whose reserve is the manual form.',
  'DWN-2':
    'What was done on paper is entered afterwards with its real time and marked as entered afterwards.',
  'DWN-3':
    'The reserve routine starts and ends by a recorded decision (skane: of the hospital), shown to all units.',
  'ENV-1': 'A test environment may serve training: fictional persons, no route to production.',
  'INT-1': 'Melior (journal, Skåne): discharge documents; admissions, ward changes, discharges',
  'INT-2': 'Cosmic (journal, Västerbotten): the same',
  'INT-3': 'Population register (folkbokföring): person, address, municipality, protection; changes',
  'INT-4': 'Listing service (Lissy, listningstjänst): listed unit and doctor; changes',
  'INT-5': 'HSA catalogue (Skånekatalogen, Komkat): units, users, titles',
  'INT-6': 'SITHS: who is logged in; system certificates',
  'INT-7': 'Municipal systems (Treserva and others): receive notices, documents, to-dos; answer them',
  'INT-8': 'NPÖ: consent to it is recorded',
  'INT-9': 'Care request (vårdbegäran): sent in Cosmic; the hub carries none (policy, off)',
} as const;
