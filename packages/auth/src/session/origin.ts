import { hash } from "node:crypto";
import { AUTH_DEFAULTS } from "../defaults.ts";

/** Where a request comes from, in short opaque texts of the caller; `null` where it cannot tell, which is a place too. */
export interface SessionOrigin {
  readonly device: string | null;
  readonly network: string | null;
}

/** A network a session was used from. */
export interface SeenNetwork {
  readonly network: string | null;
  /** When the session came there; `null` where it was opened there, or a second factor was proved there since. */
  readonly since: number | null;
}

/** Where a session is, and was. Moments are UTC milliseconds. */
export interface SeenOrigins {
  readonly device: string | null;
  /** When the session came to its device; `null` where it was opened there, or a second factor was proved there since. */
  readonly deviceSince: number | null;
  /** The present one first. */
  readonly networks: readonly [SeenNetwork, ...SeenNetwork[]];
}

const LONGEST = 64;

/** Bounds what a caller says of a request: what is longer than 64 characters is stored as its hash. */
export function readOrigin({ device, network }: SessionOrigin): SessionOrigin {
  return { device: shorten(device), network: shorten(network) };
}

function shorten(text: string | null): string | null {
  if (typeof text !== "string") return null;
  return text.length <= LONGEST ? text : hash("sha256", text);
}

/** The origins of a session opened somewhere: it never moved. */
export function startOrigins({ device, network }: SessionOrigin): SeenOrigins {
  return { device, deviceSince: null, networks: [{ network, since: null }] };
}

/**
 * Whether a session is somewhere else than it was. Going back to a network is no move: dual-stack and mobile connections change
 * with every request. Going back to a device is one, for two browsers with one id are one too many.
 */
export function hasMoved(seen: SeenOrigins, { device, network }: SessionOrigin): boolean {
  return device !== seen.device || !seen.networks.some((one) => one.network === network);
}

/** The origins once the session is used from somewhere, at a moment. */
export function moveTo(seen: SeenOrigins, { device, network }: SessionOrigin, at: number): SeenOrigins {
  const known = seen.networks.find((one) => one.network === network);
  const others = seen.networks.filter((one) => one !== known);
  return {
    device,
    deviceSince: device === seen.device ? seen.deviceSince : at,
    networks: [known ?? { network, since: at }, ...others.slice(0, AUTH_DEFAULTS.networks - 1)],
  };
}

/** The origins once a second factor was proved somewhere: there nothing is asked again, elsewhere what was due stays due. */
export function settleOrigins(seen: SeenOrigins, { device, network }: SessionOrigin): SeenOrigins {
  const settled = seen.networks.filter((one) => one.since === null && one.network !== network);
  return { device, deviceSince: null, networks: [{ network, since: null }, ...settled] };
}
