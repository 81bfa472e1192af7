import type { ComponentChildren, JSX } from "preact";
import { Empty } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import { say } from "./words.ts";

/** A session as people see it. Moments are UTC milliseconds. */
export interface SessionView {
  readonly name: string;
  readonly device: string;
  readonly network: string;
  readonly openedAt: number;
  readonly lastActivityAt: number;
  readonly secondFactor: string | null;
  readonly isCurrent: boolean;
}

interface SessionListProps {
  readonly sessions: readonly SessionView[];
  /** What can be done with each. */
  readonly actions: (session: SessionView) => ComponentChildren;
}

/** Where somebody is logged in. */
export function SessionList({ sessions, actions }: SessionListProps): JSX.Element {
  if (sessions.length === 0) return <Empty>{say.noSessions}</Empty>;
  return (
    <ul class="list">
      {sessions.map((session) => (
        <li key={session.name} class="card">
          <p>
            <strong>{session.device}</strong>{" "}
            {session.isCurrent && <span class="tag">{say.thisSession}</span>}
          </p>
          <dl class="facts">
            <dt>{say.network}</dt>
            <dd>{session.network}</dd>
            <dt>{say.lastActivity}</dt>
            <dd>
              <Time at={session.lastActivityAt} />
            </dd>
            <dt>{say.opened}</dt>
            <dd>
              <Time at={session.openedAt} />
            </dd>
            <dt>{say.provedBy}</dt>
            <dd>{session.secondFactor === null ? say.notProved : say.kinds[session.secondFactor]}</dd>
          </dl>
          <div class="row">{actions(session)}</div>
        </li>
      ))}
    </ul>
  );
}
