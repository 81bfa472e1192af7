import { GarimError, nearest, type Policy, readMoment } from "@garim/policy";
import type { AllowList } from "../network/allow-list.ts";
import type { StateStore } from "../state/store.ts";
import type { Locate } from "./locator.ts";
import type { Signal, SignalKind } from "./signal.ts";

export interface SignalsOptions {
  readonly state: StateStore;
  readonly policy: Policy;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
  /** Told of every signal, once over all nodes. Never waited for; what it throws goes to `onFault`. */
  readonly onSignal: (signal: Signal) => unknown;
  /** Told what could not be looked at or told: the state store, `locate` or `onSignal` failed. Must not throw. */
  readonly onFault: (error: GarimError) => void;
  /** Signals that ask for a fresh second factor. Default: `impossible-hop`, `credential-stuffing`. */
  readonly stepUpOn?: readonly SignalKind[];
  /** Where an address is, by a database of the host's; without it no hop is looked for. */
  readonly locate?: Locate;
  /** From when on log-ins of a tool with shared passwords are refused, UTC milliseconds; `null`, the default, for never. */
  readonly refuseSharedPasswordsFrom?: number | null;
  /** Addresses that many sellers share rightly: an office building, an agency. They are no tool. */
  readonly sharedOffices?: AllowList;
}

const NAMES: readonly (keyof SignalsOptions)[] = [
  "state",
  "policy",
  "clock",
  "onSignal",
  "onFault",
  "stepUpOn",
  "locate",
  "refuseSharedPasswordsFrom",
  "sharedOffices",
];

const KINDS: readonly SignalKind[] = [
  "new-device",
  "new-network",
  "impossible-hop",
  "credential-stuffing",
  "shared-password",
];

/** A new device or network is asked for a factor by the rules of sessions already. */
const STEP_UP_ON: readonly SignalKind[] = ["impossible-hop", "credential-stuffing"];

/** The options with their defaults. */
export interface SignalSettings {
  readonly state: StateStore;
  readonly policy: Policy;
  readonly clock: () => number;
  readonly onSignal: (signal: Signal) => unknown;
  readonly onFault: (error: GarimError) => void;
  readonly stepUpOn: ReadonlySet<SignalKind>;
  readonly locate: Locate | null;
  readonly refuseSharedPasswordsFrom: number | null;
  readonly sharedOffices: AllowList | null;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws GarimError `ERR_GARIM_OPTION_UNKNOWN` (names the nearest option), `ERR_GARIM_OPTION_INVALID`
 */
export function readSignalsOptions(options: SignalsOptions): SignalSettings {
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name as keyof SignalsOptions));
  if (unknown !== undefined) throw unknownOption(unknown);
  checkPorts(options);
  return {
    ...options,
    clock: options.clock ?? Date.now,
    stepUpOn: readKinds(options.stepUpOn ?? STEP_UP_ON),
    locate: options.locate ?? null,
    refuseSharedPasswordsFrom: readFrom(options.refuseSharedPasswordsFrom ?? null),
    sharedOffices: options.sharedOffices ?? null,
  };
}

function checkPorts({ onSignal, onFault, locate, sharedOffices }: SignalsOptions): void {
  if (typeof onSignal !== "function") throw invalid("onSignal", "a function", "onSignal: (signal) => { … }");
  if (typeof onFault !== "function") throw invalid("onFault", "a function", "onFault: (error) => { … }");
  if (locate !== undefined && typeof locate !== "function")
    throw invalid("locate", "a function", "locate: (ip) => ({ lat, lon })");
  if (sharedOffices !== undefined && typeof sharedOffices.has !== "function")
    throw invalid("sharedOffices", "an allow-list", 'sharedOffices: createAllowList(["203.0.113.0/24"])');
}

function readKinds(kinds: readonly SignalKind[]): ReadonlySet<SignalKind> {
  const wrong = Array.isArray(kinds) ? kinds.find((kind) => !KINDS.includes(kind)) : kinds;
  if (wrong === undefined) return new Set(kinds);
  throw invalid(
    "stepUpOn",
    `a list of ${KINDS.join(", ")}`,
    `stepUpOn: ["${nearest(String(wrong), KINDS) ?? KINDS[0]}"]`,
  );
}

function readFrom(from: number | null): number | null {
  // A text, though readable, would compare as never.
  if (from === null || (typeof from === "number" && !Number.isNaN(readMoment(from)))) return from;
  throw invalid(
    "refuseSharedPasswordsFrom",
    "a moment in UTC milliseconds, or null",
    'refuseSharedPasswordsFrom: Date.parse("2027-01-01T00:00:00+09:00")',
  );
}

function unknownOption(name: string): GarimError {
  const hint = nearest(name, NAMES);
  return new GarimError(
    "ERR_GARIM_OPTION_UNKNOWN",
    `createSignals has no option ${JSON.stringify(name)}.${hint === undefined ? "" : ` Did you mean ${hint}?`} It takes: ${NAMES.join(", ")}`,
  );
}

function invalid(name: string, wanted: string, line: string): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    `createSignals needs ${name} to be ${wanted}; write ${line}`,
  );
}
