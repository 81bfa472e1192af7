import { hash } from "node:crypto";
import { AUTH_DEFAULTS } from "../defaults.ts";
import { SIGNAL_DEFAULTS } from "./defaults.ts";

/** Something that was seen, by its hash, and when last (UTC milliseconds). */
export interface Seen {
  readonly id: string;
  readonly at: number;
}

/** Distinct things seen lately. */
export type Recent = readonly Seen[];

/** The hash something is remembered by: 64 bits in hex. */
export function hashSeen(text: string): string {
  return hash("sha256", text).slice(0, 16);
}

/** Those seen within the last `windowMs`. One from the future, beyond what nodes' clocks differ by, is not believed. */
export function keepRecent(recent: Recent, now: number, windowMs: number): Recent {
  return recent.filter(({ at }) => now - at < windowMs && at - now <= AUTH_DEFAULTS.clockSkewMs);
}

export function hasSeen(recent: Recent, id: string): boolean {
  return recent.some((seen) => seen.id === id);
}

/** Remembers that something is seen now; beyond `most` the one not seen for longest is forgotten. */
export function remember(recent: Recent, id: string, at: number, most: number): Recent {
  const others = recent.filter((seen) => seen.id !== id);
  return [...others, { id, at }].sort((a, b) => a.at - b.at).slice(-most);
}

/**
 * Counts something in, without a write for each time it comes: one already counted moves at most every minute, and a full list
 * takes no more. So a flood costs reads.
 *
 * @returns `recent` itself where nothing is to be written
 */
export function countIn(recent: Recent, id: string, at: number): Recent {
  const seen = recent.find((one) => one.id === id);
  const isDue =
    seen === undefined ? recent.length < SIGNAL_DEFAULTS.crowd : at - seen.at >= SIGNAL_DEFAULTS.refreshMs;
  return isDue ? remember(recent, id, at, SIGNAL_DEFAULTS.crowd) : recent;
}

/** Whether a value read back is a list of what was seen. */
export function isRecent(value: unknown): value is Recent {
  return Array.isArray(value) && value.every((one) => typeof one?.id === "string" && Number.isFinite(one.at));
}
