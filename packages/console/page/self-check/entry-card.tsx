import type { SelfCheckEntry } from "@garim/duties";
import type { JSX } from "preact";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import { doerText } from "../kit/doer.ts";
import { ofSeller } from "../kit/seller-choice.tsx";
import { tell } from "../kit/toast.tsx";
import { language } from "../kit/words.ts";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { say } from "./words.ts";

interface EntryCardProps {
  readonly entry: SelfCheckEntry;
  /** Whose; `null` for one's own, or the marketplace's. */
  readonly seller: string | null;
  readonly mayAnswer: boolean;
  readonly reload: () => void;
}

/** One question: what is known, what is to be done, and the answer of who knows. */
export function EntryCard({ entry, seller, mayAnswer, reload }: EntryCardProps): JSX.Element {
  const { id, question, state, isKnown, because, next, sources, answeredBy } = entry;
  const text = question[language];
  const answer = async (given: "yes" | "no"): Promise<void> => {
    const asked = { title: text, label: say.note, deed: say.answer, maxLength: 500 };
    const note = await askText(asked);
    if (note === undefined) return;
    const path = ofSeller(`duties/self-check/${encodeURIComponent(id)}`, seller);
    await apiProving("PUT", path, { answer: given, note });
    tell(say.answered);
    reload();
  };
  return (
    <>
      <h2>
        {text} <span class={state === "no" ? "tag wrong" : "tag"}>{say.states[state]}</span>
      </h2>
      {because !== null && <p>{because[language]}</p>}
      {next !== null && (
        <p>
          <strong>{say.next}:</strong> {next[language]}
        </p>
      )}
      <p class="soft">
        {isKnown && `${say.known} · `}
        {answeredBy !== null && `${say.by(doerText(answeredBy))} · `}
        {say.source}: <code>{sources.join(", ")}</code>
      </p>
      {!isKnown && mayAnswer && (
        <div class="row">
          <Button onClick={() => answer("yes")} of={text}>
            {say.answerYes}
          </Button>
          <Button onClick={() => answer("no")} of={text}>
            {say.answerNo}
          </Button>
        </div>
      )}
    </>
  );
}
