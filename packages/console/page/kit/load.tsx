import type { ComponentChildren, JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Refusal } from "./api.ts";
import { Failed, Loading } from "./states.tsx";

/** What is being asked for, was told, or was refused. */
export type Load<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly refusal: Refusal };

/**
 * Asks when the page opens, and again when `keys` change or `reload` is called. What is shown meanwhile stays.
 *
 * @param ask - what to ask; aborted when nobody waits for it any more
 */
export function useLoad<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[] = [],
): [Load<T>, () => void] {
  const [load, setLoad] = useState<Load<T>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const { signal, abort } = startTurn();
    ask(signal)
      .then((value) => signal.aborted || setLoad({ state: "ready", value }))
      .catch((error) => signal.aborted || setLoad({ state: "failed", refusal: refusalOf(error) }));
    return abort;
  }, [turn, ...keys]);
  return [load, useCallback(() => setTurn((last) => last + 1), [])];
}

function startTurn(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** Whatever was thrown, in words for its reader. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal
    ? error
    : new Refusal({ title: error instanceof Error ? error.message : String(error) });
}

interface LoadedProps<T> {
  readonly of: Load<T>;
  readonly retry?: () => void;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows what was told; till then that it is being asked for, or why not. */
export function Loaded<T>({ of, retry, children }: LoadedProps<T>): JSX.Element {
  if (of.state === "loading") return <Loading />;
  if (of.state === "failed") return <Failed refusal={of.refusal} {...(retry && { retry })} />;
  return <>{children(of.value)}</>;
}
