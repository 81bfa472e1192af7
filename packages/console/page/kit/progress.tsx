import type { JSX } from "preact";
import { Button } from "./button.tsx";
import { useOwnId } from "./own-id.ts";
import { wordsOf } from "./words.ts";

const say = wordsOf({ cancel: "취소" }, { cancel: "Cancel" });

interface ProgressProps {
  readonly label: string;
  /** Of 100; `null` where nobody knows. */
  readonly percent: number | null;
  readonly onCancel?: () => unknown;
}

/** How far long work is, and a way to stop it. */
export function Progress({ label, percent, onCancel }: ProgressProps): JSX.Element {
  const id = useOwnId();
  return (
    <div class="progress">
      <label for={id}>{label}</label>
      {percent === null ? <progress id={id} max={100} /> : <progress id={id} max={100} value={percent} />}
      {percent !== null && <span aria-hidden="true">{percent}%</span>}
      {onCancel && <Button onClick={onCancel}>{say.cancel}</Button>}
    </div>
  );
}
