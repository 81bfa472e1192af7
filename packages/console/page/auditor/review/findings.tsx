import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../kit/button.tsx";
import { below } from "../../kit/host.ts";
import { Time } from "../../kit/time.tsx";
import { FollowDialog } from "./finding-dialog.tsx";
import type { ReviewState } from "./review.ts";
import { say } from "./words.ts";

interface FindingsProps {
  readonly state: ReviewState;
  readonly onFind: () => void;
  readonly onDone: () => void;
}

/** What was found, and what was done about it. */
export function Findings({ state, onFind, onDone }: FindingsProps): JSX.Element {
  const [followed, follow] = useState<number | undefined>(undefined);
  const close = (): void => follow(undefined);
  return (
    <section>
      <h2>{say.findings}</h2>
      {state.findings.length === 0 && <p class="soft">{say.noFindings}</p>}
      <ul class="list">
        {state.findings.map(({ seq, at, actor, what, owner, about, followUps, isClosed }) => (
          <li key={seq} class="card">
            <p>
              <span class={isClosed ? "tag" : "tag wrong"}>{isClosed ? say.closed : say.unclosed}</span>{" "}
              <strong>{what}</strong>
            </p>
            <p class="soft">
              <Time at={at} /> · {actor.id} · {say.owner}: {owner}
              {about !== null && (
                <>
                  {" · "}
                  <a href={below(`pages/auditor/record?record=${about}`)}>{say.ofRecord(about)}</a>
                </>
              )}
            </p>
            <ul>
              {followUps.map((one) => (
                <li key={one.seq}>
                  {one.what}{" "}
                  <small class="soft">
                    <Time at={one.at} /> · {one.actor.id}
                  </small>
                </li>
              ))}
            </ul>
            <Button onClick={() => follow(seq)} of={what}>
              {say.followUp}
            </Button>
          </li>
        ))}
      </ul>
      {state.signed === null && <Button onClick={onFind}>{say.findOther}</Button>}
      {followed !== undefined && (
        <FollowDialog
          month={state.month}
          finding={followed}
          onClose={close}
          onDone={() => {
            close();
            onDone();
          }}
        />
      )}
    </section>
  );
}
