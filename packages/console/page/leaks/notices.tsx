import type { LeakNotice } from "@garim/duties";
import type { JSX } from "preact";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { doerText } from "../kit/doer.ts";
import { below } from "../kit/host.ts";
import { Empty, Note } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import type { PartProps } from "./desk.tsx";
import { isPartial } from "./leak.ts";
import { Sending } from "./sending.tsx";
import { say } from "./words.ts";

interface NoticesProps extends PartProps {
  readonly reload: () => void;
}

/** The notices as they were written, newest first: sent to those concerned, posted for everybody. */
export function Notices({ leak, change, reload }: NoticesProps): JSX.Element {
  const { notices } = leak;
  return (
    <section>
      <h3>{say.notices}</h3>
      <Posted leak={leak} change={change} />
      {notices.length === 0 ? (
        <Empty>{say.noticesNone}</Empty>
      ) : (
        <ul class="list">
          {notices.toReversed().map((notice) => (
            <li key={notice.no} class="card">
              <NoticeCard leak={leak} change={change} reload={reload} notice={notice} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface NoticeCardProps extends NoticesProps {
  readonly notice: LeakNotice;
}

function NoticeCard({ leak, change, reload, notice }: NoticeCardProps): JSX.Element {
  const { no, text, writtenAt, by } = notice;
  const isLast = no === leak.notices.length;
  return (
    <>
      <h4>
        {say.notice(no)} <span class="tag">{isPartial(notice) ? say.partial : say.full}</span>
      </h4>
      <p class="soft">
        <Time at={writtenAt} /> · {doerText(by)}
      </p>
      <details open={isLast}>
        <summary aria-label={`${say.read}: ${say.notice(no)}`}>{say.read}</summary>
        <div class="text-block paper-text">{text}</div>
      </details>
      <Sending leak={leak} notice={notice} onSent={reload} />
      {leak.closed === null && isLast && <Post leak={leak} change={change} no={no} />}
    </>
  );
}

interface PostProps extends PartProps {
  readonly no: number;
}

function Post({ leak, change, no }: PostProps): JSX.Element | null {
  const isThis = leak.post !== null && leak.post.takenDownAt === null && leak.post.notice === no;
  if (isThis) return null;
  const post = async (): Promise<void> => {
    const question = { title: `${say.notice(no)}: ${say.post}`, text: say.postLead, deed: say.post };
    if (await askFirst(question)) await change("POST", ["post"], { notice: no }, say.posted);
  };
  return (
    <p class="no-print">
      <Button onClick={post} of={say.notice(no)}>
        {say.post}
      </Button>
    </p>
  );
}

/** What stands on the site, until when it stays, and taking it down after that. */
function Posted({ leak, change }: PartProps): JSX.Element | null {
  const { post } = leak;
  if (post === null) return null;
  const { notice, at, staysUntil, takenDownAt } = post;
  if (takenDownAt !== null)
    return (
      <p>
        {say.wasTakenDown(notice)} <Time at={at} isDay /> – <Time at={takenDownAt} isDay />
      </p>
    );
  const takeDown = async (): Promise<void> => {
    const question = { title: say.takeDown, deed: say.takeDown, kind: "danger" } as const;
    if (await askFirst(question)) await change("DELETE", ["post"], {}, say.takenDown);
  };
  return (
    <Note kind="good">
      <p>{say.wasPosted(notice)}</p>
      <dl class="facts">
        <dt>{say.postedAt}</dt>
        <dd>
          <Time at={at} />
        </dd>
        <dt>{say.staysUntil}</dt>
        <dd>
          <Time at={staysUntil} />
        </dd>
      </dl>
      <p class="row no-print">
        <a href={below("published/leaks")} target="_blank" rel="noreferrer">
          {say.seePosted}
        </a>
        {Date.now() >= staysUntil && <Button onClick={takeDown}>{say.takeDown}</Button>}
      </p>
    </Note>
  );
}
