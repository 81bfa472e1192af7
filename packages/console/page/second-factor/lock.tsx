import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Note } from "../kit/states.tsx";
import { say } from "./words.ts";

interface LockProps {
  /** UTC milliseconds, by the server's clock. */
  readonly until: number;
  /** The server's clock less ours. */
  readonly aheadMs: number;
  readonly over: () => void;
}

/** How long it is locked, counted down. */
export function Lock({ until, aheadMs, over }: LockProps): JSX.Element {
  const [leftMs, setLeft] = useState(until - Date.now() - aheadMs);
  useEffect(() => {
    const timer = setInterval(() => {
      const left = until - Date.now() - aheadMs;
      setLeft(left);
      if (left <= 0) over();
    }, 1_000);
    return () => clearInterval(timer);
  }, [until, aheadMs]);
  return (
    <Note kind="warn">
      <p role="timer">{say.locked(clockText(leftMs))}</p>
      <p class="soft">{say.lockedHelp}</p>
    </Note>
  );
}

function clockText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
