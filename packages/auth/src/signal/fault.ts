import { GarimError, isGarimError } from "@garim/policy";
import type { SignalSettings } from "./options.ts";
import type { Signal } from "./signal.ts";

/** Tells a fault. Nobody is left to be told of one in telling it, and no log-in shall fail for it. */
export function tellFault(error: unknown, { onFault }: Pick<SignalSettings, "onFault">): void {
  try {
    onFault(isGarimError(error) ? error : notLooked(error));
  } catch {
    // See above.
  }
}

/** Tells a signal without waiting for whoever is told: a listener that throws or hangs holds up no log-in. */
export function tellSignal(signal: Signal, settings: Pick<SignalSettings, "onSignal" | "onFault">): void {
  const fail = (cause: unknown) => tellFault(notTold(signal, cause), settings);
  try {
    Promise.resolve(settings.onSignal(signal)).catch(fail);
  } catch (cause) {
    fail(cause);
  }
}

function notLooked(cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_SIGNAL",
    "A sighting could not be looked at for signals; give observe() a kind, worker, ip and device as its types say.",
    cause,
  );
}

function notTold({ kind }: Signal, cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_SIGNAL",
    `onSignal failed on ${kind}, so nobody was told. Catch errors in it, or queue what it sends.`,
    cause,
  );
}
