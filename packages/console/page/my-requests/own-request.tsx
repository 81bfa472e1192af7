import type { SubjectRequest } from "@garim/duties";
import type { JSX } from "preact";
import { Time } from "../kit/time.tsx";
import { say } from "./words.ts";

/** One request, and what was answered. */
export function OwnRequestCard({ request }: { readonly request: SubjectRequest }): JSX.Element {
  const { kind, text, sellerId, askedAt, dueAt, outcome, answer, answeredAt } = request;
  return (
    <>
      <h3>
        {say.kinds[kind]} <Standing request={request} />
      </h3>
      <p class="text-block">{text}</p>
      <dl class="facts">
        <dt>{say.to}</dt>
        <dd>{sellerId ?? say.market}</dd>
        <dt>{say.askedAt}</dt>
        <dd>
          <Time at={askedAt} />
        </dd>
        {outcome === null && (
          <>
            <dt>{say.dueAt}</dt>
            <dd>
              <Time at={dueAt} isDay />
            </dd>
          </>
        )}
        {answer !== null && (
          <>
            <dt>{say.answer}</dt>
            <dd>
              <div class="text-block">{answer}</div>
              {answeredAt !== null && (
                <small class="soft">
                  <Time at={answeredAt} />
                </small>
              )}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

function Standing({ request: { outcome, isOverdue } }: { readonly request: SubjectRequest }): JSX.Element {
  if (outcome !== null) return <span class="tag">{say.outcomes[outcome]}</span>;
  return isOverdue ? <span class="tag wrong">{say.overdue}</span> : <span class="tag">{say.waiting}</span>;
}
