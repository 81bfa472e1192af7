import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import type { Me } from "../kit/me.ts";
import { type Column, PagedTable } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { linesOf, type People, type PersonCourse, standingOf, titleOf } from "./education.ts";
import { say } from "./words.ts";

type Worker = Extract<Me, { readonly id: string }>;

/** How everybody stands; who keeps the staff puts down what was completed elsewhere, never for oneself. */
export function EverybodysCourses({ me }: { readonly me: Worker }): JSX.Element {
  const [turn, setTurn] = useState(0);
  const isOwn = ({ person }: PersonCourse): boolean => me.kind === "staff" && person.staffId === me.id;
  const complete = async (line: PersonCourse): Promise<void> => {
    const { person, courseId } = line;
    const title = `${person.staffId}: ${titleOf(line)}`;
    const proof = await askText({ title, label: say.askProof, deed: say.say, maxLength: 500 });
    if (proof === undefined) return;
    await apiProving("POST", "duties/education", { ...person, courseId, proof });
    tell(say.saved(title));
    setTurn(turn + 1);
  };
  const deed: Column<PersonCourse> = {
    heading: say.say,
    cell: (line) =>
      !isOwn(line) && (
        <Button kind="plain" onClick={() => complete(line)} of={`${line.person.staffId} ${titleOf(line)}`}>
          {say.say}
        </Button>
      ),
  };
  return (
    <section>
      <h2>{say.everybody}</h2>
      <p>
        {say.everybodyLead} {me.kind !== "auditor" && say.onRecord}
      </p>
      <PagedTable
        caption={say.everybody}
        columns={[...columnsOf(me), ...(me.kind === "auditor" ? [] : [deed])]}
        keyOf={({ person, courseId }) => JSON.stringify([person, courseId])}
        empty={say.nobody}
        keys={[turn]}
        load={async (after, signal) => {
          const page = await api<People>("GET", pathOf(after), undefined, { signal });
          return { rows: linesOf(page), next: page.next };
        }}
      />
    </section>
  );
}

function columnsOf({ kind }: Worker): readonly Column<PersonCourse>[] {
  return [
    ...(kind === "staff"
      ? []
      : [{ heading: say.seller, cell: ({ person }: PersonCourse) => person.sellerId }]),
    { heading: say.who, cell: ({ person }) => person.staffId },
    { heading: say.course, cell: titleOf },
    {
      heading: say.standing,
      cell: (line) => (
        <span class={line.isOverdue ? "tag wrong" : "tag"}>{say.standings[standingOf(line)]}</span>
      ),
    },
    { heading: say.dueAt, cell: ({ dueAt }) => <Time at={dueAt} isDay /> },
    { heading: say.proof, cell: ({ proof }) => proof ?? "" },
  ];
}

function pathOf(after: string | number | null): string {
  return after === null
    ? "duties/education"
    : `duties/education?${new URLSearchParams({ after: String(after) })}`;
}
