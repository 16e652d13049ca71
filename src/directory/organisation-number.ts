/**
 * True for ten digits that form an organisation number: third digit 2 or more (so that it is never a personal number)
 * and a right check digit (the modulus 10 method).
 */
export function isOrganisationNumber(text: string): boolean {
  return /^\d{2}[2-9]\d{7}$/.test(text) && modulus10(text) === 0;
}

/** Weighted sum of digits, weights 2, 1, 2, 1 …, modulo 10; 0 when the last digit is the right check digit. */
function modulus10(digits: string): number {
  const products = Array.from(digits, (digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1));
  return products.reduce((sum, product) => sum + Math.floor(product / 10) + (product % 10), 0) % 10;
}
