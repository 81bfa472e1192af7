import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { numberText, wordsOf } from "./words.ts";

const say = wordsOf(
  {
    left: (text: string) => `${text} 남음`,
    overdue: (text: string) => `기한이 ${text} 지났습니다`,
    span: (hours: number, minutes: number, seconds: number) =>
      `${numberText(hours)}시간 ${minutes}분 ${seconds}초`,
  },
  {
    left: (text) => `${text} left`,
    overdue: (text) => `overdue by ${text}`,
    span: (hours, minutes, seconds) => `${numberText(hours)} h ${minutes} min ${seconds} s`,
  },
);

/** The time left until a moment, or gone since; it runs. @param dueAt - UTC milliseconds */
export function RunningClock({ dueAt }: { readonly dueAt: number }): JSX.Element {
  const now = useNow();
  const isLate = dueAt < now;
  return (
    <p class={isLate ? "clock wrong" : "clock"} role="timer">
      {isLate ? say.overdue(spanOf(now - dueAt)) : say.left(spanOf(dueAt - now))}
    </p>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function spanOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return say.span(Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60);
}
