import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { asked as askedInAddress, remember } from "../../kit/host.ts";
import { Empty } from "../../kit/states.tsx";
import { LogFrame } from "../log/log-frame.tsx";
import type { LogWords } from "../log/words.ts";
import { Export } from "./export.tsx";
import { QuestionForm } from "./form.tsx";
import { addressOf, bodyOf, type Question, readQuestion } from "./question.ts";
import { FoundRows } from "./rows.tsx";
import { say } from "./words.ts";

/** Who saw whom: questions to the access log, their answers, and files of them. */
export function Page(): JSX.Element {
  return <LogFrame title={say.title}>{(words) => <Search words={words} />}</LogFrame>;
}

function Search({ words }: { readonly words: LogWords }): JSX.Element {
  const [question, setQuestion] = useState(() => readQuestion(askedInAddress()));
  const [turn, setTurn] = useState(0);
  const ask = (next: Question): void => {
    remember(addressOf(next));
    setQuestion(next);
    setTurn(turn + 1);
  };
  const asked = bodyOf(question);
  return (
    <>
      <QuestionForm first={question} words={words} onAsk={ask} />
      <p class="soft">{say.onRecord}</p>
      {asked === undefined ? (
        <Empty>{say.fill}</Empty>
      ) : (
        <>
          <FoundRows key={turn} asked={asked} turn={turn} words={words} />
          <Export asked={asked} />
        </>
      )}
    </>
  );
}
