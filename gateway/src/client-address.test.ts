import { expect, it } from '@jest/globals';
import { clientAddress, networkOf } from './client-address.ts';

const request = (ip: string) => ({ ip });

it('the address of a client is the one at the other end of its connection, written in one way', () => {
  expect(clientAddress(request('10.1.2.3'))).toBe('10.1.2.3');
  expect(clientAddress(request('::ffff:10.1.2.3'))).toBe('10.1.2.3');
  expect(clientAddress(request('2001:db8::1'))).toBe('2001:db8::1');
});

it('all addresses of one IPv6 network count as one', () => {
  expect(networkOf('10.1.2.3')).toBe('10.1.2.3');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0');
});
