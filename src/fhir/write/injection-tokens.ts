/** What Nest hands the writing controllers: the application services' dependencies, and references into the catalogue. */
export const CASES = Symbol('CASES');
export const CATALOGUE = Symbol('CATALOGUE');
