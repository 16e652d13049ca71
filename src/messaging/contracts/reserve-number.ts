/**
 * The forms of reserve numbers (PAT-4), as the texts of regular expressions without regard to case: an asylum seeker's (R and digits), and
 * a date with a letter after it, `98240301AA06` (national; never I, O, Q, V or W there, which look like others) or `20210325K069` (a
 * region's). A letter among the first eight is a slip of the pen. Regions have more, which are configuration of the connectors.
 * @see the base profiles of HL7 Sweden, `nationelltReservnummer`
 */
export const reserveNumberForms: readonly string[] = [
  String.raw`^R\d{6,}$`,
  String.raw`^\d{8}-?[A-HJ-NPR-UX-Z][0-9A-Z]{3}$`,
];
