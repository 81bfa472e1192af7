import { NOTICE_CONTENTS, NOTICE_WORDS } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../kit/button.tsx";
import { TextArea } from "../../kit/field.tsx";
import { Note } from "../../kit/states.tsx";
import { Tabs } from "../../kit/tabs.tsx";
import { language } from "../../kit/words.ts";
import { hand } from "../log/save.tsx";
import type { Contents, Drafts } from "./scope.ts";
import { say } from "./words.ts";

/** The report alone, where the notice is written on the breach desk. */
export function ReportDesk({ drafts }: Pick<DraftDeskProps, "drafts">): JSX.Element {
  return (
    <section>
      <h2>{say.reports}</h2>
      <p class="no-print">{say.reportLead}</p>
      <Missing drafts={drafts} />
      <Papers drafts={drafts} papers={PAPERS.filter(({ paper }) => paper === "report")} />
    </section>
  );
}

interface DraftDeskProps {
  readonly drafts: Drafts;
  readonly contents: Contents;
  readonly onWritten: (contents: Contents) => void;
}

const PAPERS = [
  { key: "notice-ko", paper: "notice", tongue: "ko" },
  { key: "notice-en", paper: "notice", tongue: "en" },
  { key: "report-ko", paper: "report", tongue: "ko" },
  { key: "report-en", paper: "report", tongue: "en" },
] as const;

/** The two papers, in two languages, for somebody to finish. */
export function DraftDesk({ drafts, contents, onWritten }: DraftDeskProps): JSX.Element {
  return (
    <section>
      <h2>{say.drafts}</h2>
      <p class="no-print">{say.draftLead}</p>
      <Missing drafts={drafts} />
      <ContentsForm first={contents} onWritten={onWritten} />
      <Papers drafts={drafts} papers={PAPERS} />
    </section>
  );
}

/** What is to be written still, and what is to be written otherwise. */
function Missing({ drafts: { missing, softWords } }: Pick<DraftDeskProps, "drafts">): JSX.Element {
  return (
    <>
      {missing.length > 0 && (
        <Note kind="warn">
          {say.missing}: {missing.map((content) => NOTICE_WORDS[content][language]).join(", ")}
        </Note>
      )}
      {softWords.length > 0 && (
        <Note kind="warn">
          {say.soft}: {softWords.join(", ")}
        </Note>
      )}
    </>
  );
}

interface PapersProps {
  readonly drafts: Drafts;
  readonly papers: readonly (typeof PAPERS)[number][];
}

function Papers({ drafts, papers }: PapersProps): JSX.Element {
  return (
    <Tabs
      label={say.drafts}
      tabs={papers.map(({ key, paper, tongue }) => ({
        key,
        title: `${say[paper]} · ${tongue === "ko" ? say.korean : say.english}`,
        draw: () => <Paper key={`${key} ${drafts[paper][tongue]}`} name={key} text={drafts[paper][tongue]} />,
      }))}
    />
  );
}

interface ContentsFormProps {
  readonly first: Contents;
  readonly onWritten: (contents: Contents) => void;
}

function ContentsForm({ first, onWritten }: ContentsFormProps): JSX.Element {
  const [contents, write] = useState<Contents>(first);
  const send = (event: Event): void => {
    event.preventDefault();
    onWritten(Object.fromEntries(Object.entries(contents).filter(([, text]) => text.trim() !== "")));
  };
  return (
    <details class="no-print" open={Object.keys(first).length > 0}>
      <summary>{say.contents}</summary>
      <form onSubmit={send}>
        {NOTICE_CONTENTS.map((content) => (
          <TextArea
            key={content}
            label={NOTICE_WORDS[content][language]}
            value={contents[content] ?? ""}
            onInput={(text) => write({ ...contents, [content]: text })}
            rows={2}
            maxLength={4_000}
          />
        ))}
        <button type="submit">{say.redraft}</button>
      </form>
    </details>
  );
}

interface PaperProps {
  readonly name: string;
  readonly text: string;
}

/** A draft as text: edited here, saved or printed, and not stored. */
function Paper({ name, text }: PaperProps): JSX.Element {
  const [edited, edit] = useState(text);
  return (
    <div class="draft">
      <div class="no-print">
        <TextArea label={say.text} value={edited} onInput={edit} rows={18} />
        <div class="row">
          <Button onClick={() => hand(`${name}.txt`, [edited], "text/plain;charset=utf-8")}>
            {say.save}
          </Button>
          <Button onClick={() => print()}>{say.print}</Button>
        </div>
      </div>
      <pre class="print-only">{edited}</pre>
    </div>
  );
}
