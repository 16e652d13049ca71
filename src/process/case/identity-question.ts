/**
 * What is uncertain about whose case it is: the register says that the person is another who has an open case too (SVU-2), or
 * the journal merged numbers that the register keeps apart (PAT-2), or told the stay of the case as another person's (PAT-13), or
 * under a number that nobody can be looked up by (PAT-1, PAT-3, PAT-4), so that what it told reached no case.
 */
export type IdentityQuestion = 'double-case' | 'not-confirmed' | 'stay-of-another' | 'stay-of-unknown';
