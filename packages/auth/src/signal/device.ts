import { hash, randomBytes } from "node:crypto";
import { readAgent } from "./agent.ts";

/** What a request brings of its device. */
export interface DeviceClues {
  /** The `User-Agent` header. */
  readonly agent?: unknown;
  /** The device's cookie, as it came. */
  readonly deviceId?: unknown;
}

const ID = /^[\w-]{22}$/;
const DEVICE = /^([a-z]+)-([a-z]+)-(mobile|desktop)\.([\da-f]{16}|none)$/;
const NO_ID = "none";

/**
 * Makes the id of a device: 128 random bits in base64url, 22 characters, for a cookie of its own (`__Host-`, `HttpOnly`).
 * It says that a browser was here before, and nothing else: no factor is ever left out for it.
 */
export function makeDeviceId(): string {
  return randomBytes(16).toString("base64url");
}

/** The id that came in the cookie; `null` where it is none of {@link makeDeviceId}, and then a new one is due. */
export function readDeviceId(value: unknown): string | null {
  return typeof value === "string" && ID.test(value) ? value : null;
}

/**
 * Names the device of a request: `chrome-windows-desktop.` and a hash of its id.
 *
 * It is another device where the id is another, or none came, or the family of browser or system changed, as when cookies were
 * copied elsewhere. Versions, screens and fonts do not count: this is no fingerprint. Who copies the cookie and sends the
 * same user agent is not told apart.
 *
 * @returns at most 64 characters, without the id; total
 */
export function deviceOf({ agent, deviceId }: DeviceClues): string {
  const { browser, system, isMobile } = readAgent(agent);
  const id = readDeviceId(deviceId);
  const name = id === null ? NO_ID : hash("sha256", id).slice(0, 16);
  return `${browser}-${system}-${isMobile ? "mobile" : "desktop"}.${name}`;
}

/** What a device is called, and whether it has an id. */
export interface ReadDevice {
  readonly browser: string;
  readonly system: string;
  readonly isMobile: boolean;
  readonly hasId: boolean;
}

/** Reads what {@link deviceOf} gave; `undefined` for anything else. */
export function readDevice(device: unknown): ReadDevice | undefined {
  const [, browser, system, form, id] = (typeof device === "string" && DEVICE.exec(device)) || [];
  if (browser === undefined || system === undefined) return undefined;
  return { browser, system, isMobile: form === "mobile", hasId: id !== NO_ID };
}

/** Whether a device says it is mobile, and can be told from others: without an id any client could claim it. */
export function isMobileDevice(device: unknown): device is string {
  const read = readDevice(device);
  return read?.isMobile === true && read.hasId;
}
