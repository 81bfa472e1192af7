import { lookup } from "node:dns/promises";
import { createAllowList } from "@garim/auth";

/** Addresses that no other firm's keys lie at: one's own networks, this machine, and what is nobody's (RFC 6890). */
const NOT_PUBLIC = createAllowList([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "::/127",
  "64:ff9b::/96",
  "2002::/16",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
]);

/** Where a name leads: the system's resolver. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string }[]>;

const RESOLVE: Resolve = (host) => lookup(host, { all: true });

/**
 * Fetches a tool's public keys. The core waits 2.5 seconds, takes 64 KiB, and closes a connection that went to a private address after
 * all, where the name leads elsewhere the second time it is asked. A redirect, which the core would follow, is refused here.
 *
 * @param isPrivateAllowed - whether keys may lie on a private network and without TLS: for tests and closed networks
 * @throws TypeError (rejects) where an address may not be fetched
 */
export async function fetchKeys(
  url: string,
  options: object | undefined,
  isPrivateAllowed: boolean,
  resolve: Resolve = RESOLVE,
): Promise<Response> {
  const request: RequestInit & { dispatcher?: unknown } = { ...options, redirect: "error" };
  if (isPrivateAllowed) delete request.dispatcher;
  else if (request.dispatcher === undefined || !(await isPublic(new URL(url), resolve)))
    throw new TypeError("keys are fetched from public https addresses only");
  return await fetch(url, request);
}

/** Looked at before anything is sent: even an attempt to connect would tell what runs in the neighbourhood. */
async function isPublic({ protocol, hostname }: URL, resolve: Resolve): Promise<boolean> {
  if (protocol !== "https:") return false;
  const found = await resolve(hostname.replace(/^\[|\]$/g, ""));
  return found.length > 0 && found.every(({ address }) => !NOT_PUBLIC.has(address));
}
