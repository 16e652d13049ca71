/**
 * Whether a row of `connector_recording` is about one of these persons, as SQL in the form that its indexes serve: one for the
 * recordings of a single person, which nearly all are, and one for the others (decision 50).
 * @param hashes SQL of an array of keyed hashes; evaluated twice, so nothing that changes anything
 */
export const recordingIsAbout = (hashes: string): string =>
  `((cardinality(person_hashes) = 1 and person_hashes[1] = any(${hashes}))
    or (cardinality(person_hashes) > 1 and person_hashes && ${hashes}))`;
