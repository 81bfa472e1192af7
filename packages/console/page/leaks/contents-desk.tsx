import { findSoftWords, NOTICE_CONTENTS, NOTICE_WORDS, type NoticeContent } from "@garim/policy";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { Field, TextArea } from "../kit/field.tsx";
import { Note } from "../kit/states.tsx";
import { language } from "../kit/words.ts";
import type { PartProps } from "./desk.tsx";
import { type Contents, missingOf } from "./leak.ts";
import { say } from "./words.ts";

const LONGEST = 4_000;
const LONGEST_NAME = 200;

/** The seven contents that the next notice is written of. */
export function ContentsDesk({ leak, change }: PartProps): JSX.Element {
  const { contents, closed } = leak;
  return (
    <section>
      <h3>{say.contents}</h3>
      <Written contents={contents} isPrinted={closed === null} />
      {closed === null && <ContentsForm leak={leak} change={change} />}
    </section>
  );
}

/** As text: on paper, and where it is changed no more. */
function Written({
  contents,
  isPrinted,
}: {
  readonly contents: Contents;
  readonly isPrinted: boolean;
}): JSX.Element {
  return (
    <div class={isPrinted ? "print-only" : ""}>
      <dl class="facts">
        {NOTICE_CONTENTS.map((content) => (
          <>
            <dt>{NOTICE_WORDS[content][language]}</dt>
            <dd class="text-block">{contents[content] ?? "–"}</dd>
          </>
        ))}
      </dl>
    </div>
  );
}

function ContentsForm({ leak, change }: PartProps): JSX.Element {
  const [contents, write] = useState<Contents>(leak.contents);
  const [company, setCompany] = useState("");
  const missing = missingOf(contents);
  // Left out it stays as it was: what was taken back is sent as empty.
  const all = Object.fromEntries(NOTICE_CONTENTS.map((content) => [content, contents[content] ?? ""]));
  const save = (): Promise<unknown> => change("PATCH", [], { contents: all }, say.saved);
  const saveAndWrite = async (): Promise<void> => {
    await save();
    const named = company.trim() === "" ? {} : { company: company.trim() };
    const no = leak.notices.length + 1;
    await change("POST", ["notices"], named, say.written(no));
  };
  return (
    <div class="wide-fields no-print">
      <p class="soft">{say.contentsLead}</p>
      {missing.length > 0 && <Note kind="warn">{say.missing(namesOf(missing))}</Note>}
      {NOTICE_CONTENTS.map((content) => (
        <TextArea
          key={content}
          label={NOTICE_WORDS[content][language]}
          value={contents[content] ?? ""}
          onInput={(text) => write({ ...contents, [content]: text })}
          rows={2}
          maxLength={LONGEST}
          wrong={softWordsOf(contents[content])}
        />
      ))}
      <Field
        label={say.company}
        help={say.companyHelp}
        value={company}
        onInput={setCompany}
        maxLength={LONGEST_NAME}
      />
      <div class="row">
        <Button onClick={save} of={say.contents}>
          {say.save}
        </Button>
        <Button kind="main" onClick={saveAndWrite} isDisabled={missing.includes("items")}>
          {say.write}
        </Button>
      </div>
    </div>
  );
}

function namesOf(contents: readonly NoticeContent[]): string {
  return contents.map((content) => NOTICE_WORDS[content][language]).join(", ");
}

function softWordsOf(text = ""): string | undefined {
  const words = findSoftWords(text);
  return words.length === 0 ? undefined : say.soft(words.join(", "));
}
