import type { JSX } from "preact";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { type OwnCourse, standingOf, titleOf } from "./education.ts";
import { say } from "./words.ts";

interface OwnCourseCardProps {
  readonly course: OwnCourse;
  readonly reload: () => void;
}

/** One of one's courses: by when it is due, what is to be read, and that one completed it. */
export function OwnCourseCard({ course, reload }: OwnCourseCardProps): JSX.Element {
  const { courseId, text, link, completedAt, proof, dueAt } = course;
  const standing = standingOf(course);
  const title = titleOf(course);
  const complete = async (body: object): Promise<void> => {
    await api("POST", `duties/education/mine/${encodeURIComponent(courseId)}`, body);
    tell(say.saved(title));
    reload();
  };
  const completeLinked = async (): Promise<void> => {
    const question = { title, label: say.askProof, deed: say.completed, maxLength: 500 };
    const given = await askText(question);
    if (given !== undefined) await complete({ proof: given });
  };
  return (
    <>
      <h3>
        {title} <span class={standing === "overdue" ? "tag wrong" : "tag"}>{say.standings[standing]}</span>
      </h3>
      <dl class="facts">
        <dt>{standing === "done" ? say.goodUntil : say.dueAt}</dt>
        <dd>
          <Time at={dueAt} isDay />
        </dd>
        {completedAt !== null && (
          <>
            <dt>{say.completedAt}</dt>
            <dd>
              <Time at={completedAt} isDay />
            </dd>
            <dt>{say.proof}</dt>
            <dd>{proof}</dd>
          </>
        )}
      </dl>
      {text !== null && (
        <details open={standing !== "done"}>
          <summary>{say.read}</summary>
          <div class="text-block">{text}</div>
        </details>
      )}
      <div class="row">
        {link !== null && (
          <a class="button" href={link} target="_blank" rel="noreferrer">
            {say.goTo}
          </a>
        )}
        {text === null ? (
          <Button onClick={completeLinked} of={title}>
            {say.completed}
          </Button>
        ) : (
          <Button kind={standing === "done" ? "plain" : "main"} onClick={() => complete({})} of={title}>
            {say.iRead}
          </Button>
        )}
      </div>
    </>
  );
}
