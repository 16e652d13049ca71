import { expect, it } from '@jest/globals';
import { requireNode } from './require-node.js';

it.each(['18.20.4', '20.20.2', '22.14.0', '23.11.1'])('Node %s is refused', (version) => {
  expect(() => requireNode(version)).toThrow(`this is ${version}`);
});

it.each(['24.0.0', '24.21.0', '26.1.0', process.versions.node])('Node %s is taken', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});
