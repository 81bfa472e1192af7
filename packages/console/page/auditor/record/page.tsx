import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field } from "../../kit/field.tsx";
import { asked, remember } from "../../kit/host.ts";
import { Empty } from "../../kit/states.tsx";
import { LogFrame } from "../log/log-frame.tsx";
import type { LogWords } from "../log/words.ts";
import { RecordView } from "./record-view.tsx";
import { say } from "./words.ts";

/** One record, by its place or its id. */
export function Page(): JSX.Element {
  return <LogFrame title={say.title}>{(words) => <One words={words} />}</LogFrame>;
}

function One({ words }: { readonly words: LogWords }): JSX.Element {
  const [record, setRecord] = useState(asked()["record"] ?? "");
  const [typed, type] = useState(record);
  const send = (event: Event): void => {
    event.preventDefault();
    remember({ record: typed.trim() });
    setRecord(typed.trim());
  };
  return (
    <>
      <form class="filters" onSubmit={send}>
        <Field label={say.which} value={typed} onInput={type} maxLength={64} isRequired />
        <button type="submit" class="main">
          {say.show}
        </button>
      </form>
      {record === "" ? <Empty>{say.fill}</Empty> : <RecordView key={record} record={record} words={words} />}
    </>
  );
}
