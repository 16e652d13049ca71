/**
 * How long the texts and lists of a fact may be: the schemas refuse what is longer, so whoever translates cuts a text for people, and
 * leaves out a code, an id or a date, which is another one when it is cut.
 */
export const longest = {
  /** Names, titles, addresses: what people read. */
  text: 200,
  /** Ids at the source; of a stay or a care plan `visit`. */
  id: 64,
  visit: 100,
  /** Codes of a register; of a FHIR Coding `codeOfCoding`. */
  code: 50,
  codeOfCoding: 100,
  postalCode: 20,
  /** `YYYY-MM-DD`, or as much of it as the register has. */
  date: 10,
  givenNameIndicator: 10,
} as const;

/** How many a list of a fact may hold. */
export const most = {
  identities: 20,
  listings: 50,
  titles: 50,
  licences: 50,
  assignments: 200,
  categories: 20,
  receivers: 50,
} as const;
