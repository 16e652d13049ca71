/** Units, roles and responsibilities. */
export const organisationRules = {
  'ORG-1':
    "Users and units come from the HSA catalogue (HSA-id). A user's title (befattning) maps to a role.",
  'ORG-2':
    'A unit is configured with its active roles and, for each role, its responsibilities: acknowledge, sign, approve; read or write.',
  'ORG-3':
    'Units form a tree under an organisation number. The organisation number is the secrecy domain: a user moves only within it.',
  'ORG-4':
    'Several roles of a unit may hold one responsibility; one of them acting is enough for its unit. local: a step may ask for every such role (Östra Göinge: discharge).',
  'ORG-5': "Every participating unit must act for itself; one unit's act never counts for another's.",
  'ORG-6': 'A user may switch unit within the tree, and role when holding two or more titles.',
  'ORG-7':
    'Each municipality configures one or more receiving units (inbox), each with the kinds of service it serves. policy norrbotten: needs assessment (biståndsenhet) and home nursing (hemsjukvård), besides the listed health centre; psychiatry (närpsykiatri) is added by hand.',
  'ORG-8':
    'Each party decides which roles may approve a SIP, licensed or not (fast vårdkontakt, fast omsorgskontakt included). The SVU statement follows ORG-2.',
  'ORG-9': 'A role says whether it is licensed (legitimerad).',
  'ORG-10':
    'A party outside health and social care (school, Försäkringskassan, Arbetsförmedlingen) takes part only through a unit in the catalogue, sees only the cases it is invited to, and is marked as bound by weaker secrecy.',
  'ORG-11':
    'An unusable configuration (a unit without any role that can acknowledge, an unknown parent, a cycle, a municipality code with no inbox) is refused when it is loaded, naming the unit.',
  'ORG-12':
    'A receiver may acknowledge, answer the fixed questions (policy), forward or add, remove itself, write a message. The only "no" is Ö\'s to the SIP stance (SVU-17).',
  'ORG-13':
    'Each unit of a case is shown with its active roles and what each of them may do (read, write, acknowledge, sign, approve), so that anybody can see whose turn it is.',
  'ORG-14':
    'local: a municipality may send cases by kind of service to another inbox (Östra Göinge: housing under LSS or social psychiatry to individual and family services).',
} as const;
