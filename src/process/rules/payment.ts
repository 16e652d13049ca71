/** Liability for payment, and statistics. */
export const paymentRules = {
  'PAY-1':
    'Statutory model (policy norrbotten): liability starts three days after a ready notice sent by 12:00, four days after one sent later, calendar days, counted from the day it was sent.',
  'PAY-2':
    'Only if: admission notice within 24 hours; ready notice sent; if a SIP is to be made, Ö invited within three days of ready or the patient declined; for compulsory outpatient psychiatry a coordinated care plan instead. policy norrbotten: contact named.',
  'PAY-3':
    'Average model (policy vasterbotten): per municipality and calendar month, the average days from ready to home. At most 3: no liability. Above 3: a joint analysis.',
  'PAY-4': '[vasterbotten] sent by 12:00 the ready date is day 0; later, the next day is day 0.',
  'PAY-5':
    'The amount per day is set each year by Socialstyrelsen (11 600 SEK proposed for 2024) and is configuration with its source.',
  'PAY-6': "The municipality of registration pays; a placed person's placing municipality (ADR-9).",
  'PAY-7': 'A withdrawn ready stops the count; a new ready starts at zero.',
  'PAY-8':
    'Statistics: ready days per municipality, hospital and period; beds occupied on average (49 626 days over January to August 2023, 243 days, give 204).',
  'PAY-9': 'Each figure can be traced to the notices it was counted from.',
  'PAY-10':
    'No liability while the discharge is held up by missing or unclear measures of the region-financed outpatient care.',
  'PAY-11':
    'Model, day counts, amounts, dated supplements (e.g. major holidays, skane) are set per agreement between region and municipalities, with the statutory values as defaults. skane: not in the sources, a setting.',
  'PAY-12':
    'Late or missing information, or an incomplete report, neither starts nor stops liability; it is listed as a deviation.',
  'PAY-13': 'Statistics: share home within one day of ready (a goal, not a payment criterion).',
} as const;
