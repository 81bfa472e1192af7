import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Time } from "../../kit/time.tsx";
import type { LogWords } from "../log/words.ts";
import type { Duty } from "./scope.ts";
import { say } from "./words.ts";

interface ClocksProps {
  readonly duties: readonly Duty[];
  readonly words: LogWords;
}

/** What is due until when, each with a clock that runs. */
export function Clocks({ duties, words }: ClocksProps): JSX.Element {
  const now = useNow();
  return (
    <section>
      <h2>{say.clocks}</h2>
      <ul class="cards">
        {duties.map(({ step, reason, source, dueAt }) => (
          <li key={step} class="card">
            <p>{words.reasons[reason] ?? reason}</p>
            <p class={dueAt < now ? "clock wrong" : "clock"} role="timer">
              {dueAt < now ? say.overdue(spanOf(now - dueAt)) : say.left(spanOf(dueAt - now))}
            </p>
            <small class="soft">
              <Time at={dueAt} /> · <code>{source}</code>
            </small>
          </li>
        ))}
      </ul>
    </section>
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
