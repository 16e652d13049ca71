import { expect, it } from '@jest/globals';
import { GiveWay } from './give-way.js';

it('way is given while senders wait, ten seconds at a stretch, and then as long not: nothing starves', () => {
  let now = 0;
  let busy = false;
  const way = new GiveWay(() => now);
  way.to(() => busy);
  expect(way.gives()).toBe(false);
  busy = true;
  const given = Array.from({ length: 40 }, (_, second) => {
    now = second * 1000;
    return way.gives();
  });
  expect(given.map(Number).join('')).toBe(`${'1'.repeat(10)}${'0'.repeat(10)}`.repeat(2));
  now = 47_000;
  busy = false;
  expect(way.gives()).toBe(false);
  busy = true;
  expect(way.gives()).toBe(true);
});

it('where nobody receives in this process no way is given', () => {
  expect(new GiveWay().gives()).toBe(false);
});
