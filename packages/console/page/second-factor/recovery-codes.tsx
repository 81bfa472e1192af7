import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../kit/button.tsx";
import { tell } from "../kit/toast.tsx";
import { say } from "./words.ts";

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  /** What is pressed when they are kept. */
  readonly children: ComponentChildren;
}

/** New recovery codes: shown once, as they cannot be asked for again. */
export function RecoveryCodes({ codes, children }: RecoveryCodesProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join("\n"));
    tell(say.copied);
  };
  return (
    <section class="card">
      <h2 ref={heading} tabIndex={-1}>
        {say.codes}
      </h2>
      <p>{say.codesLead}</p>
      <ol class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="row no-print">
        <Button onClick={copy}>{say.copy}</Button>
        <Button onClick={() => print()}>{say.print}</Button>
        {children}
      </div>
    </section>
  );
}
