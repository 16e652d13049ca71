import { expect, it } from '@jest/globals';
import { lastWords } from './last-words.js';

it('the last words of a process tell kind and place of the error, and nothing that it carries', () => {
  const error = Object.assign(new TypeError('no 193406129829 here'), {
    code: '23505',
    detail: 'Key (name)=(Lindhage) already exists.',
  });
  const words = lastWords('an error that nobody caught', error);
  expect(words).toContain('TypeError 23505');
  expect(words).toContain('last-words.test');
  expect(words).not.toMatch(/193406129829|Lindhage/);
  expect(lastWords('a promise that nobody waited for', '193406129829')).not.toContain('193406129829');
});
