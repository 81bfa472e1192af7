import { readAddress } from "./address.ts";
import { createAllowList } from "./allow-list.ts";

/** Addresses of one's own networks (RFC 6890), carriers' gateways included. */
const PRIVATE = createAllowList([
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1",
  "fc00::/7",
  "fe80::/10",
]);

/**
 * Tells whether an address can be a client's on the internet. One that cannot is most often a proxy's, which nobody named: then
 * everybody seems to come from it.
 */
export function isPublicAddress(text: string): boolean {
  return readAddress(text) !== undefined && !PRIVATE.has(text);
}
