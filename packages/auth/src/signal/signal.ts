import type { Refuse, Words } from "@garim/policy";
import type { Worker } from "../worker.ts";

/** What a signal says besides its kind. No personal data but worker, address and device stands in one. */
interface SignalBase {
  /** UTC milliseconds. */
  readonly at: number;
  /** The address it came from; `unknown` where it was none. */
  readonly ip: string;
  /** Whether the host wants a second factor proved after `at` before the worker goes on, as the option `stepUpOn` says. */
  readonly isStepUpDue: boolean;
}

/** A worker is on a device not seen of them before. The very first one is no news. */
export interface NewDevice extends SignalBase {
  readonly kind: "new-device";
  readonly worker: Worker;
  readonly device: string;
}

/** A worker is in a network not seen of them before. Mobile devices are in none, and the very first one is no news. */
export interface NewNetwork extends SignalBase {
  readonly kind: "new-network";
  readonly worker: Worker;
  readonly device: string;
  readonly network: string;
}

/** A worker is too far from where they were too short a time ago. */
export interface ImpossibleHop extends SignalBase {
  readonly kind: "impossible-hop";
  readonly worker: Worker;
  readonly device: string;
  readonly network: string;
  /** Where and when (UTC milliseconds) they were before. */
  readonly before: { readonly network: string; readonly at: number };
  /** Whole kilometres between the two; `null` where only countries are known. */
  readonly km: number | null;
}

/** Many accounts fail from one network, or somebody got in from such a network. */
export interface CredentialStuffing extends SignalBase {
  readonly kind: "credential-stuffing";
  readonly network: string;
  /** How many accounts failed; 32 is 32 or more. */
  readonly accounts: number;
  /** Who logged in from it; `null` for a failure. Names that were tried are told nobody. */
  readonly worker: Worker | null;
}

/** One origin logs in to many sellers, each with an account of its own: a tool (셀러툴) that holds the sellers' passwords. */
export interface SharedPassword extends SignalBase {
  readonly kind: "shared-password";
  /** Who logged in last. */
  readonly worker: Worker;
  /** An address, a network of one machine, or a mobile device. */
  readonly origin: string;
  /** How many sellers; 32 is 32 or more. */
  readonly sellers: number;
  /** Whether such log-ins are refused already. */
  readonly isRefused: boolean;
  /** The way to a grant, for whoever runs the tool. */
  readonly remedy: Words | null;
}

/** Something a host should know of. */
export type Signal = NewDevice | NewNetwork | ImpossibleHop | CredentialStuffing | SharedPassword;

export type SignalKind = Signal["kind"];

/**
 * What was seen of a worker: a log-in at the host, one that failed, a wrong second factor, or a session that turned up on another
 * device or network.
 */
export type SightingKind = "log-in" | "log-in-failed" | "factor-failed" | "session-moved";

export interface Sighting {
  readonly kind: SightingKind;
  /** Who. Of a failed log-in who was claimed, known or not: `id` is then the name that was tried, and only its hash is kept. */
  readonly worker: Worker;
  /** As the host's `trust proxy` reads it, e.g. `req.ip`. */
  readonly ip: string | null | undefined;
  /** What `deviceOf` gave; `null` where nobody knows. */
  readonly device: string | null;
  /** UTC milliseconds; the clock's where left out or unreadable. */
  readonly at?: number;
}

/** What a sighting comes to. */
export interface Observed {
  /** Those raised by this very sighting, each told to `onSignal` too: once over all nodes. */
  readonly signals: readonly Signal[];
  /** Why the log-in opens no session; `null` where nothing stands in the way. */
  readonly refusal: Refuse | null;
}

/** Looks for signs of somebody else behind a worker's name. */
export interface Signals {
  /**
   * Takes note of a sighting. Never rejects: what fails is told to `onFault`, and the rest goes on.
   *
   * @returns what was raised, and refuse with `grant-missing` for a log-in of a tool with shared passwords once those are refused
   * @source notice-2026-9/6-1, code-2022/tool
   */
  observe(sighting: Sighting): Promise<Observed>;
}
