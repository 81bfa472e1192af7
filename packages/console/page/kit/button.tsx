import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { refusalOf } from "./load.tsx";
import { complain } from "./toast.tsx";

interface ButtonProps {
  /** What it does. While it runs the button cannot be pressed again; what it throws is told in words. */
  readonly onClick: () => unknown;
  readonly children: ComponentChildren;
  readonly kind?: "main" | "danger" | "plain";
  /** What it is about, for who hears the page: "Remove" of which of several. */
  readonly of?: string;
  readonly isDisabled?: boolean;
}

export function Button({ onClick, children, kind, of, isDisabled = false }: ButtonProps): JSX.Element {
  const [isBusy, run] = useDeed();
  return (
    <button
      type="button"
      class={kind ?? ""}
      disabled={isDisabled}
      // Not `disabled`: the keyboard would be lost, and not come back after a dialog.
      aria-disabled={isBusy ? "true" : undefined}
      onClick={() => void run(onClick)}
      aria-label={labelOf(children, of)}
    >
      {children}
    </button>
  );
}

/** Not hidden text beside it: what is out of sight is read as a word of its own. */
function labelOf(children: ComponentChildren, of: string | undefined): string | undefined {
  return of === undefined || typeof children !== "string" ? undefined : `${children}: ${of}`;
}

/** Runs what somebody asked for, one at a time, and tells what went wrong. */
export function useDeed(): [boolean, (deed: () => unknown) => Promise<void>] {
  const [isBusy, setBusy] = useState(false);
  // Not as it was drawn last: who closed a dialog by the keyboard may press again before the page is drawn anew.
  const runs = useRef(false);
  const run = async (deed: () => unknown): Promise<void> => {
    if (runs.current) return;
    runs.current = true;
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      complain(refusalOf(error).message);
    } finally {
      runs.current = false;
      setBusy(false);
    }
  };
  return [isBusy, run];
}

interface LinkButtonProps {
  readonly href: string;
  readonly kind?: "main";
  readonly children: ComponentChildren;
}

/** A link that looks like a button. */
export function LinkButton({ href, kind, children }: LinkButtonProps): JSX.Element {
  return (
    <a class={`button ${kind ?? ""}`} href={href}>
      {children}
    </a>
  );
}
