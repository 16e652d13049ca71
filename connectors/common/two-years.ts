/** For so long a connector knows what it has told, after the last word of it. */
export const twoYears = 2 * 365 * 24 * 60 * 60 * 1000;
