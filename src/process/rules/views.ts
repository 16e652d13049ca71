/** Lists, to-dos and what is shown of a case. */
export const viewsRules = {
  'VIEW-1':
    "A unit's list of current cases, latest change first; sorted by change, name, personnummer; filtered by text, by to-do, by contact or coordinator, by SIP.",
  'VIEW-2':
    'Each step has a state for the viewer: red = my role must act; yellow = others must; green = done; blue = assessment begun, with time; grey = not begun; a part tick = some units have.',
  'VIEW-3': 'To-do: what my role in my unit must acknowledge, answer, sign, approve, and since when.',
  'VIEW-4': 'The number of cases changed since one last looked, and a live signal.',
  'VIEW-5': 'Archived cases are found by personnummer.',
  'VIEW-6': 'Every earlier version of a case can be read, marked as not current.',
  'VIEW-7': 'The signed plan and the patient information can be printed (PDF).',
  'VIEW-8':
    'A discharged SVU leaves the list after a configured time (default 72 hours); then it is read only and never reopened.',
  'VIEW-9':
    'policy, local. A to-do not opened within the watch interval (three times a day; morning and afternoon) is flagged to its unit and the sender.',
  'VIEW-10': 'System-wide notices (planned downtime, releases) reach every user.',
  'VIEW-11':
    'Removing or annulling hides a case and all its content from every unit and list; who was told before is told which person it was about and that there is nothing more to do; record and log stay for the retention time (at least ten years).',
  'VIEW-12':
    'For each step: who acknowledged or signed (name, title, unit) and when, to all who see the step.',
} as const;
