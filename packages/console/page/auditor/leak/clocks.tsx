import type { JSX } from "preact";
import { RunningClock } from "../../kit/running-clock.tsx";
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
  return (
    <section>
      <h2>{say.clocks}</h2>
      <ul class="cards">
        {duties.map(({ step, reason, source, dueAt }) => (
          <li key={step} class="card">
            <p>{words.reasons[reason] ?? reason}</p>
            <RunningClock dueAt={dueAt} />
            <small class="soft">
              <Time at={dueAt} /> · <code>{source}</code>
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
