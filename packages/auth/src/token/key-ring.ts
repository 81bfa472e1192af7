import { stateUnavailable } from "../state/store.ts";
import type { TokenAlgorithm } from "./algorithm.ts";
import { TOKEN_DEFAULTS } from "./defaults.ts";
import type { KeyFinder } from "./jws.ts";
import { readKeySet } from "./key-set.ts";
import type { TokenKeyPort, TokenKeySet } from "./token.ts";

/** The keys in force. A read that found others gives another {@link KeyFinder}: what was verified with the old one is old, too. */
export interface KeyRing {
  /** The keys where they are known; otherwise {@link KeyRing.read} them. */
  known(): KeyFinder | undefined;
  /** @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the port fails or gives no usable key set */
  read(): Promise<KeyFinder>;
  /**
   * Keys newer than those that did not have the one needed; `undefined` where there are none, or they were asked for just now.
   *
   * @throws as {@link KeyRing.read}
   */
  renew(old: KeyFinder): Promise<KeyFinder | undefined>;
  forget(): void;
}

export function createKeyRing(
  jwks: TokenKeySet | TokenKeyPort,
  algorithms: readonly TokenAlgorithm[],
  clock: () => number,
): KeyRing {
  return typeof jwks === "function"
    ? createPortRing(jwks, algorithms, clock)
    : createFixedRing(readKeySet(jwks, algorithms));
}

function createFixedRing(keys: KeyFinder): KeyRing {
  return {
    known: () => keys,
    read: async () => keys,
    renew: async () => undefined,
    forget: () => undefined,
  };
}

/** Keys that were read, and when that began, UTC milliseconds. */
interface HeldKeys {
  readonly startedAt: number;
  readonly keys: KeyFinder;
}

function createPortRing(
  port: TokenKeyPort,
  algorithms: readonly TokenAlgorithm[],
  clock: () => number,
): KeyRing {
  let held: HeldKeys | undefined;
  /** The reading under way, shared by whoever needs it. */
  let reading: Promise<KeyFinder> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  function isWithin(startedAt: number, ms: number): boolean {
    const age = clock() - startedAt;
    return age >= 0 && age < ms;
  }

  function start(): Promise<KeyFinder> {
    const startedAt = clock();
    askedAt = startedAt;
    const started = readPort(port, algorithms);
    reading = started;
    // Nobody holds what was forgotten meanwhile. Whoever waits is told of a failure; what is held serves for the rest of its time.
    const settle = (next: HeldKeys | undefined) => {
      if (reading === started) [held, reading] = [next, undefined];
    };
    started.then(
      (keys) => settle({ startedAt, keys }),
      () => settle(held),
    );
    return started;
  }

  function known(): KeyFinder | undefined {
    return held && isWithin(held.startedAt, TOKEN_DEFAULTS.keysMs) ? held.keys : undefined;
  }

  return {
    known,
    read: async () => known() ?? (await (reading ?? start())),
    async renew(old) {
      const newer = known();
      if (newer !== undefined && newer !== old) return newer;
      // Tokens of keys that never were must not have the port read again and again.
      const isPause = reading === undefined && isWithin(askedAt, TOKEN_DEFAULTS.keysPauseMs);
      return isPause ? undefined : await (reading ?? start());
    },
    forget() {
      held = undefined;
      reading = undefined;
    },
  };
}

async function readPort(port: TokenKeyPort, algorithms: readonly TokenAlgorithm[]): Promise<KeyFinder> {
  try {
    return readKeySet(await port(), algorithms);
  } catch (cause) {
    throw stateUnavailable(
      "The keys of the token issuer could not be read, so no token was verified. Look at the cause, and at the function given as jwks.",
      cause,
    );
  }
}
