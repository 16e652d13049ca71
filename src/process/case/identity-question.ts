/**
 * What is uncertain about whose case it is: the register says that the person is another who has an open case too (SVU-2), or
 * the journal merged numbers that the register keeps apart (PAT-2), or told the stay of the case as another person's (PAT-13).
 */
export type IdentityQuestion = 'double-case' | 'not-confirmed' | 'stay-of-another';
