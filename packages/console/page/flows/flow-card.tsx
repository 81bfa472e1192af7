import type { JSX } from "preact";
import { reasonText } from "../ended/reason.ts";
import { Note } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import { type Flow, itemText, kindText, partyText, saidOf } from "./flow.ts";
import { say } from "./words.ts";

/** One entry: from whom to whom, whether data may go, and what is lacking where it may not. */
export function FlowCard({ flow }: { readonly flow: Flow }): JSX.Element {
  const { from, to, reason, gaps } = flow;
  const name = `${partyText(from)} → ${partyText(to)}`;
  return (
    <>
      <h2>
        {kindText(flow)}: {name}{" "}
        <span class={reason === null ? "tag" : "tag wrong"}>{reason === null ? say.live : say.stopped}</span>
      </h2>
      {reason !== null && (
        <Note kind="warn">
          <p>{reasonText(reason) ?? reason}</p>
          {gaps.length > 0 && (
            <p>
              {say.lacks}: {gaps.map(itemText).join(", ")}
            </p>
          )}
        </Note>
      )}
      <p>
        <span class="soft">{say.period}</span> <Period flow={flow} />
      </p>
      <details>
        <summary aria-label={`${say.open}: ${name}`}>{say.open}</summary>
        <dl class="facts">
          {saidOf(flow).map(([item, text]) => (
            <>
              <dt>{item}</dt>
              <dd>{text}</dd>
            </>
          ))}
          {flow.evidence !== null && (
            <>
              <dt>{say.evidence}</dt>
              <dd>{flow.evidence.document}</dd>
            </>
          )}
        </dl>
      </details>
    </>
  );
}

/** The end is exclusive: the last day is the one before. */
function Period({ flow: { startsAt, endsAt } }: { readonly flow: Flow }): JSX.Element {
  return (
    <>
      <Time at={startsAt} isDay /> –{" "}
      {endsAt === null ? <span class="soft">{say.noEnd}</span> : <Time at={endsAt - 1} isDay />}
    </>
  );
}
