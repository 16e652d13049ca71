import { expect, it } from '@jest/globals';
import { networkOf } from './limits.js';

it.each([
  ['2001:db8:1:2::7', '2001:db8:1:2'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['2001:0DB8:0001:0002::7', '2001:db8:1:2'],
  ['[2001:db8:1:2::7]:443', '2001:db8:1:2'],
  ['[2001:db8:1:2::7]', '2001:db8:1:2'],
  ['10.0.0.4:1000', '10.0.0.4'],
  ['::FFFF:A00:4', '10.0.0.4'],
  ['64:ff9b::10.0.0.4', '64:ff9b:0:0'],
  ['::ffff:10.0.0.4', '10.0.0.4'],
  ['10.0.0.4', '10.0.0.4'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['', 'no address'],
  ['10.0.0.4:x', 'no address'],
])('an address of IPv6 is counted by its network, one of IPv4 by itself: %s as %s', (address, counted) => {
  expect(networkOf(address)).toBe(counted);
});
