import type { JSX } from "preact";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import { doerText } from "../kit/doer.ts";
import { type Column, Table } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { language } from "../kit/words.ts";
import type { Change, PartProps } from "./desk.tsx";
import type { LeakCheckLine } from "./leak.ts";
import { say } from "./words.ts";

const LONGEST = 1_000;

/** What is to be looked at about a leak of this kind. */
export function Checklist({ leak: { checklist, closed }, change }: PartProps): JSX.Element {
  return (
    <section>
      <h3>{say.checklist}</h3>
      <Table
        caption={say.checklist}
        columns={[WORDS, doneColumn(closed === null ? change : undefined)]}
        rows={checklist}
        keyOf={({ id }) => id}
      />
    </section>
  );
}

const WORDS: Column<LeakCheckLine> = { heading: say.checkWhat, cell: ({ words }) => words[language] };

function doneColumn(change: Change | undefined): Column<LeakCheckLine> {
  return {
    heading: say.check,
    cell: (line) => {
      const { done, words } = line;
      if (done !== null)
        return (
          <>
            {done.note}
            <small class="soft">
              <Time at={done.at} /> · {doerText(done.by)}
            </small>
          </>
        );
      return (
        change !== undefined && (
          <Button kind="plain" onClick={() => check(line, change)} of={words[language]}>
            {say.check}
          </Button>
        )
      );
    },
  };
}

async function check({ id, words }: LeakCheckLine, change: Change): Promise<void> {
  const question = { title: words[language], label: say.checkNote, deed: say.check, maxLength: LONGEST };
  const note = await askText(question);
  if (note !== undefined) await change("POST", ["checks"], { check: id, note }, say.checked);
}
