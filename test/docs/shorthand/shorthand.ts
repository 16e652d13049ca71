/** A text of FHIR Shorthand. Reference: https://hl7.org/fhir/uv/shorthand/ */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\]/gu, '\\$&')}"`;

/** A code as a name of Shorthand: `svu-step` is `SvuStep`. */
export const nameOf = (code: string): string =>
  code
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');

/** What stands first in a file that is made from the program's tables. */
export const madeBy = (tables: string): string =>
  `// Made from ${tables} by \`npm run docs\`; a test holds it against them. Not written by hand.`;
