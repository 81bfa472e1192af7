import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { Empty } from "../kit/states.tsx";
import { Courses } from "./courses.tsx";
import type { OwnCourses } from "./education.ts";
import { OwnCourseCard } from "./own-course.tsx";
import { EverybodysCourses } from "./people.tsx";
import { say } from "./words.ts";

/** Courses on personal data: one's own, and for who keeps staff those of everybody. */
export function Page(): JSX.Element {
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <Loaded of={me} retry={reload}>
        {(who) => (
          <>
            {who.kind === "staff" && <Own />}
            {hasOthers(who) && <Others me={who} />}
          </>
        )}
      </Loaded>
    </Frame>
  );
}

/** What one may not is refused by the endpoint; this only spares asking. */
function hasOthers(me: Me): me is Extract<Me, { readonly id: string }> {
  if (me.kind === "none" || me.kind === "buyer") return false;
  return me.kind !== "staff" || me.may.includes("manageStaff");
}

function Others({ me }: { readonly me: Extract<Me, { readonly id: string }> }): JSX.Element {
  const [turn, setTurn] = useState(0);
  return (
    <>
      <EverybodysCourses key={turn} me={me} />
      <Courses me={me} onChange={() => setTurn(turn + 1)} />
    </>
  );
}

function Own(): JSX.Element {
  const [load, reload] = useLoad((signal) =>
    api<OwnCourses>("GET", "duties/education/mine", undefined, { signal }),
  );
  return (
    <section>
      <h2>{say.mine}</h2>
      <p>{say.lead}</p>
      <Loaded of={load} retry={reload}>
        {({ courses }) =>
          courses.length === 0 ? (
            <Empty>{say.none}</Empty>
          ) : (
            <ul class="list">
              {courses.map((course) => (
                <li key={course.courseId} class="card">
                  <OwnCourseCard course={course} reload={reload} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
