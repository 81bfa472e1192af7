import type { ComponentChildren, JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Refusal } from "./api.ts";
import { Cancelled, Failed, Loading } from "./states.tsx";

/** What is being asked for, was told, or was refused. */
export type Load<T> =
  | { readonly state: "loading" }
  | { readonly state: "cancelled" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly refusal: Refusal };

/** Whether an answer is still to come, and not waiting for it any longer. */
export interface Waiting {
  readonly isWaiting: boolean;
  readonly cancel: () => void;
}

/**
 * Asks when the page opens, and again when `keys` change or `reload` is called. What is shown meanwhile stays.
 *
 * @param ask - what to ask; aborted when nobody waits for it any more
 */
export function useLoad<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  keys: readonly unknown[] = [],
): [Load<T>, () => void, Waiting] {
  const [load, setLoad] = useState<Load<T>>({ state: "loading" });
  const [isWaiting, setWaiting] = useState(true);
  const [turn, setTurn] = useState(0);
  const stop = useRef(() => {});
  useEffect(() => {
    const { signal, abort } = startTurn();
    const end = (next: Load<T>): void => {
      if (signal.aborted) return;
      setLoad(next);
      setWaiting(false);
    };
    stop.current = abort;
    setWaiting(true);
    setLoad((last) => (last.state === "cancelled" ? { state: "loading" } : last));
    ask(signal)
      .then((value) => end({ state: "ready", value }))
      .catch((error) => end({ state: "failed", refusal: refusalOf(error) }));
    return abort;
  }, [turn, ...keys]);
  const cancel = useCallback(() => {
    stop.current();
    setWaiting(false);
    setLoad((last) => (last.state === "loading" ? { state: "cancelled" } : last));
  }, []);
  return [load, useCallback(() => setTurn((last) => last + 1), []), { isWaiting, cancel }];
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
  /** For what may take long: after a second there is a way to stop it, also where something older is shown meanwhile. */
  readonly waiting?: Waiting;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows what was told; till then that it is being asked for, or why not. */
export function Loaded<T>({ of, retry, waiting, children }: LoadedProps<T>): JSX.Element {
  if (of.state === "loading") return <Loading {...(waiting && { onCancel: waiting.cancel })} />;
  if (of.state === "cancelled") return <Cancelled {...(retry && { retry })} />;
  if (of.state === "failed") return <Failed refusal={of.refusal} {...(retry && { retry })} />;
  return (
    <>
      {waiting?.isWaiting === true && <Loading onCancel={waiting.cancel} isLate />}
      {children(of.value)}
    </>
  );
}
