import type { FiledCourse } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import type { Me } from "../kit/me.ts";
import { type Column, PagedTable, type Rows } from "../kit/table.tsx";
import { tell } from "../kit/toast.tsx";
import { language } from "../kit/words.ts";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { roleText } from "../staff/words.ts";
import { CourseDialog } from "./course-dialog.tsx";
import { say } from "./words.ts";

/** Of the endpoint `duties/courses`. */
interface Told {
  readonly courses: readonly FiledCourse[];
  readonly next: string | null;
}

interface CoursesProps {
  readonly me: Extract<Me, { readonly id: string }>;
  /** Told when others may be asked for another course now. */
  readonly onChange: () => void;
}

/** The courses that are asked: operators keep those of everybody, owners those of their own staff. */
export function Courses({ me, onChange }: CoursesProps): JSX.Element {
  /** `null` for a new one. */
  const [edited, edit] = useState<FiledCourse | null | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const changed = (): void => {
    setTurn(turn + 1);
    onChange();
  };
  const end = async ({ id, title }: FiledCourse): Promise<void> => {
    const question = { title: `${title[language]}: ${say.endCourse}`, text: say.endCourseDoes };
    if (!(await askFirst({ ...question, deed: say.endCourse, kind: "danger" }))) return;
    await apiProving("DELETE", `duties/courses/${encodeURIComponent(id)}`, {});
    tell(say.courseEnded);
    changed();
  };
  const mayEdit = ({ sellerId }: FiledCourse): boolean => me.kind === "operator" || sellerId === me.sellerId;
  const deeds: Column<FiledCourse> = {
    heading: say.change,
    cell: (course) => mayEdit(course) && <Deeds course={course} edit={edit} end={end} />,
  };
  return (
    <section>
      <h2>{say.courses}</h2>
      {me.kind !== "auditor" && (
        <p>
          <Button onClick={() => edit(null)}>{say.newCourse}</Button>
        </p>
      )}
      <PagedTable
        caption={say.courses}
        columns={me.kind === "auditor" ? COLUMNS : [...COLUMNS, deeds]}
        keyOf={({ id }) => id}
        empty={say.coursesNone}
        keys={[turn]}
        load={load}
      />
      {edited !== undefined && (
        <CourseDialog
          first={edited}
          sellerId={me.kind === "staff" ? me.sellerId : null}
          onClose={() => edit(undefined)}
          onFiled={changed}
        />
      )}
    </section>
  );
}

async function load(after: string | number | null, signal: AbortSignal): Promise<Rows<FiledCourse>> {
  const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
  const { courses, next } = await api<Told>("GET", `duties/courses${query}`, undefined, { signal });
  return { rows: courses, next };
}

const COLUMNS: readonly Column<FiledCourse>[] = [
  {
    heading: say.course,
    cell: ({ title, id }) => (
      <>
        {title[language]} <small class="soft">{id}</small>
      </>
    ),
  },
  {
    heading: say.asked,
    cell: ({ roles, sellerId }) => (
      <>
        {roles.map((role) => (role === "*" ? say.everyRole : roleText(role))).join(", ")}
        {sellerId !== null && <small class="soft">{sellerId}</small>}
      </>
    ),
  },
  { heading: say.months, cell: ({ months }) => (months === null ? say.monthsUsual : say.monthsOf(months)) },
];

interface DeedsProps {
  readonly course: FiledCourse;
  readonly edit: (course: FiledCourse) => void;
  readonly end: (course: FiledCourse) => Promise<void>;
}

function Deeds({ course, edit, end }: DeedsProps): JSX.Element {
  return (
    <>
      <Button kind="plain" onClick={() => edit(course)} of={course.title[language]}>
        {say.change}
      </Button>
      <Button kind="plain" onClick={() => end(course)} of={course.title[language]}>
        {say.endCourse}
      </Button>
    </>
  );
}
