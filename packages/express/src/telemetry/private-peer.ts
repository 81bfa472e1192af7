import { createAllowList } from "@garim/auth";

/** Networks that nobody on the internet comes from (RFC 6890). */
const PRIVATE = createAllowList([
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1",
  "fc00::/7",
]);

export function isPrivateAddress(address: string): boolean {
  return PRIVATE.has(address);
}
