import { expect, it } from '@jest/globals';
import { fatalErrorText } from './fatal-error-text.js';

it('what a process says of an error that ends it has the kind and place of the error, and nothing that it carries', () => {
  const error = Object.assign(new TypeError('no 193406129829 here'), {
    code: '23505',
    detail: 'Key (name)=(Lindhage) already exists.',
  });
  const words = fatalErrorText('an error that nobody caught', error);
  expect(words).toContain('TypeError 23505');
  expect(words).toContain('fatal-error-text.test');
  expect(words).not.toMatch(/193406129829|Lindhage/);
  expect(fatalErrorText('a promise that nobody waited for', '193406129829')).not.toContain('193406129829');
});
