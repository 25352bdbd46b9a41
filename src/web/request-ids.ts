// A name for each request, by which people, logs and a proxy speak of the same one.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

const readable = /^[\w.-]{8,64}$/;

/**
 * Takes the X-Request-Id of a trusted proxy, else draws one. It does not count up: numbers missing from a log would say
 * when somebody asked without a name.
 */
export function requestIds(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = blockListOf(trustedProxies);
  return ({ headers, socket }) => {
    const given = headers['x-request-id'];
    const isGiven = trusted !== undefined && typeof given === 'string' && readable.test(given);
    return isGiven && includes(trusted, socket.remoteAddress) ? given : draw();
  };
}

/** Twelve hexadecimal digits: short enough to be read out. */
function draw(): string {
  const id = randomUUID();
  return id.slice(0, 8) + id.slice(9, 13);
}

function blockListOf(addresses: readonly string[]): BlockList | undefined {
  if (addresses.length === 0) return undefined;
  const list = new BlockList();
  for (const one of addresses) {
    const [address = '', bits] = one.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function includes(list: BlockList, address = ''): boolean {
  return address !== '' && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
