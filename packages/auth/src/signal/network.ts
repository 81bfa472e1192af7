import type { Language, Words } from "@garim/policy";
import { cutAddress, readAddress, writeAddress } from "../network/address.ts";
import { isMobileDevice } from "./device.ts";

/** The network of a mobile device: any. */
export const MOBILE_NETWORK = "mobile";
/** The network of what is no address. */
export const UNKNOWN_NETWORK = "unknown";

/**
 * Tells which network an address belongs to, for noticing that a session or a worker moved.
 *
 * It is the /24 of IPv4 and the /48 of IPv6, about one line of a provider. A mobile device has none: carriers give a phone
 * another address every few minutes, so a change tells nothing, and every phone would be asked for a second factor once an hour.
 * Claiming to be mobile does not help a thief, as that makes it another device, which is asked at once.
 *
 * Not hashed: there are 16 million of them, whose hashes are read back in a second.
 *
 * @param ip - as the host's `trust proxy` reads it, e.g. `req.ip`
 * @param device - what `deviceOf` gave; without it no device counts as mobile
 * @returns `203.0.113.0/24`, `2001:db8:1::/48`, `mobile`, or `unknown` for anything that is no address; at most 64 characters
 */
export function networkOf(ip: unknown, device?: unknown): string {
  return isMobileDevice(device) ? MOBILE_NETWORK : writeNetwork(ip, 24, 48);
}

/**
 * Tells who stands behind an address when log-ins are counted: an IPv4 address, the /64 of IPv6 (one machine has all of it), and a
 * mobile device itself, as thousands share the address of a carrier's gateway.
 */
export function originOf(ip: unknown, device?: unknown): string {
  return isMobileDevice(device) ? String(device) : writeNetwork(ip, 32, 64);
}

function writeNetwork(ip: unknown, bits4: number, bits6: number): string {
  const address = readAddress(ip);
  if (address === undefined) return UNKNOWN_NETWORK;
  const bits = address.length === 4 ? bits4 : bits6;
  return `${writeAddress(cutAddress(address, bits))}/${bits}`;
}

const MOBILE: Words = { ko: "모바일 기기(주소가 자주 바뀜)", en: "Mobile device (its address changes)" };
const UNKNOWN: Words = { ko: "알 수 없음", en: "Unknown" };
const NETWORK = /^[\da-f.:]{2,40}\/\d{1,3}$/;

/** Says a network of {@link networkOf} to a person; anything else is unknown. */
export function describeNetwork(network: unknown, language: Language): string {
  if (network === MOBILE_NETWORK) return MOBILE[language];
  return typeof network === "string" && NETWORK.test(network) ? network : UNKNOWN[language];
}
