/** Who sees what. */
export const accessRules = {
  'ACC-1':
    'Only a unit that takes part in a case, through an active role, reads or writes it. Everything else is refused and logged.',
  'ACC-2': 'A draft is seen by the hospital side only.',
  'ACC-3':
    'External access: a user of another organisation who searches a personnummer gets a list of cases (kind, current or archived) and nothing of their content.',
  'ACC-4':
    'Same organisation, other unit: an active, logged choice opens the case for reading. In a SIP, a hospital unit of a region that has a unit in the case may also write.',
  'ACC-5':
    'Every access is logged: who (HSA-id), unit, role, patient, case, what was read or done, when, on what ground.',
  'ACC-6':
    'Ambulance care reads a SIP after a separate consent (ACC-3). Emergency sheet: policy, off by default; it never writes or receives.',
  'ACC-7': 'A unit or role that is removed loses access at once.',
  'ACC-8':
    "Where patients' access is on, every message is readable by the patient; there is no staff-only kind of message.",
  'ACC-9':
    'Only the grounds listed here open a case. Any other request is refused even when the patient is said to agree.',
} as const;
