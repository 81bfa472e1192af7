import { type ComponentChildren, type JSX, render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { wordsOf } from "./words.ts";

const say = wordsOf({ cancel: "취소" }, { cancel: "Cancel" });

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Closed by the Escape key as well. */
  readonly onClose: () => void;
}

/** The browser's own dialog: it keeps the keyboard inside, and gives it back afterwards. */
export function Dialog({ title, children, onClose }: DialogProps): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (ref.current?.open === false) ref.current.showModal();
    // Closed by Escape it does so itself; taken off the page while it is open it would leave the keyboard nowhere.
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  return (
    <dialog ref={ref} aria-labelledby="dialog-title" onClose={onClose}>
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

/** A question before something is done. */
interface Question {
  readonly title: string;
  readonly text?: ComponentChildren;
  /** What the button that does it says. */
  readonly deed: string;
  readonly kind?: "main" | "danger";
}

/** Asks before something is done. @returns whether it shall be */
export function askFirst({ title, text, deed, kind = "main" }: Question): Promise<boolean> {
  return openDialog<boolean>(false, (answer) => (
    <Dialog title={title} onClose={() => answer(false)}>
      {text !== undefined && <div class="text">{text}</div>}
      <div class="row end">
        <Button onClick={() => answer(false)}>{say.cancel}</Button>
        <Button kind={kind} onClick={() => answer(true)}>
          {deed}
        </Button>
      </div>
    </Dialog>
  ));
}

interface TextQuestion extends Question {
  readonly label: string;
  readonly value?: string;
  readonly maxLength?: number;
}

/** Asks for a text. @returns `undefined` where somebody thought better of it */
export function askText(question: TextQuestion): Promise<string | undefined> {
  return openDialog<string | undefined>(undefined, (answer) => <TextDialog {...question} answer={answer} />);
}

interface TextDialogProps extends TextQuestion {
  readonly answer: (text: string | undefined) => void;
}

function TextDialog({
  title,
  text,
  label,
  deed,
  value = "",
  maxLength = 100,
  answer,
}: TextDialogProps): JSX.Element {
  const [typed, type] = useState(value);
  const send = (event: Event): void => {
    event.preventDefault();
    if (typed.trim() !== "") answer(typed.trim());
  };
  return (
    <Dialog title={title} onClose={() => answer(undefined)}>
      {text !== undefined && <div class="text">{text}</div>}
      <form onSubmit={send}>
        <Field label={label} value={typed} onInput={type} maxLength={maxLength} isRequired />
        <div class="row end">
          <Button onClick={() => answer(undefined)}>{say.cancel}</Button>
          <button type="submit" class="main">
            {deed}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Shows a dialog until it is answered, or closed. */
export function openDialog<T>(closed: T, draw: (answer: (value: T) => void) => JSX.Element): Promise<T> {
  const place = document.body.appendChild(document.createElement("div"));
  return new Promise<T>((resolve) => {
    let isAnswered = false;
    const answer = (value: T = closed): void => {
      if (isAnswered) return;
      isAnswered = true;
      render(null, place);
      place.remove();
      resolve(value);
    };
    render(draw(answer), place);
  });
}
