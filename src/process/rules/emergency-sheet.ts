/** The emergency sheet. */
export const emergencySheetRules = {
  'AKB-1': "Four tabs: 1 contact details, 2 background, 3 current, 4 the emergency ward's feedback.",
  'AKB-2':
    'Municipal nurses write 1 to 3 by default; a municipality may let other roles write 1 and 2. Tab 3 is filled in when a visit is needed, also by telephone referral.',
  'AKB-3': 'The sheet exists once per person, with the consent of CON-11.',
  'AKB-4': 'Tab 4 can be written when 1 and 2 are filled in, even if 3 is not.',
  'AKB-5':
    "Publishing 3 lifts the sheet to the top of the emergency ward's list, publishing 4 to the top of the municipality's.",
  'AKB-6':
    'A new sheet goes to rest 72 hours after it was made; it stays as history and can be searched ("my unit\'s sheets").',
  'AKB-7':
    'Participants: municipality, emergency ward or observation unit, listed health centre. Who does not take part does not see it in a list.',
} as const;
