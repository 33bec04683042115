import { type IpAddress, type IpPrefix, parseAddress, parsePrefix } from "./ip.ts";

/** The prefix of a CIDR text that a schema has accepted. Throws TypeError when it was not one. */
export function parsedPrefix(text: string): IpPrefix {
  const prefix = parsePrefix(text);
  if (!prefix) throw new TypeError(`not a CIDR block: ${text}`);
  return prefix;
}

/** The address of a text that a schema has accepted. Throws TypeError when it was not one. */
export function parsedAddress(text: string): IpAddress {
  const address = parseAddress(text);
  if (!address) throw new TypeError(`not an IP address: ${text}`);
  return address;
}

/** The value, which the validation has shown to be there. Throws TypeError with what was looked for when it is not. */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new TypeError(`${what} is missing`);
  return value;
}
