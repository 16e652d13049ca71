import { isWithin } from './own-paths.js';

const base = 'https://cosmic.example/open/fhir';

describe('INT-2: the token of Cosmic goes to its FHIR base alone', () => {
  it.each([
    base,
    `${base}/`,
    `${base}?page=2`,
    `${base}/Encounter?_getpages=a%2Fb..&x=//`,
    `${base}/Location/a.b-c`,
    'HTTPS://COSMIC.EXAMPLE:443/open/fhir/Patient/1',
  ])('%s is within', (address) => {
    expect(isWithin(base, address)).toBe(true);
  });

  it.each([
    'https://cosmic.example/',
    'https://cosmic.example/open',
    'https://cosmic.example/open/fhir2/Patient',
    'https://cosmic.example/open/fhir.evil/x',
    'https://cosmic.example/admin/token',
    'https://cosmic.example/OPEN/FHIR/Patient',
    'http://cosmic.example/open/fhir/Patient',
    'https://cosmic.example:8443/open/fhir/Patient',
    'https://evil.example/open/fhir/Patient',
    'https://cosmic.example.evil.example/open/fhir/Patient',
    'https://cosmic.example@evil.example/open/fhir/Patient',
    'https://user:secret@cosmic.example/open/fhir/Patient',
    '//evil.example/open/fhir',
    `${base}/../admin`,
    `${base}/../fhir/Patient`,
    `${base}/./Patient`,
    `${base}/%2e%2e/admin`,
    `${base}/..%2fadmin`,
    `${base}/x%2f..%2f..%2fadmin`,
    `${base}/x%5c..%5cadmin`,
    `${base}/%252e%252e/admin`,
    `${base}/..;/admin`,
    `${base}//evil.example`,
    `${base}\\..\\admin`,
    `${base}/a%00`,
    'javascript:alert(1)',
    'file:///open/fhir',
    'not an address',
    '',
  ])('%s is not', (address) => {
    expect(isWithin(base, address)).toBe(false);
  });
});
