import type { JSX } from "preact";
import { Button } from "../kit/button.tsx";
import { askText } from "../kit/dialog.tsx";
import type { PartProps } from "./desk.tsx";
import { isPartial, type Leak, missingOf } from "./leak.ts";
import { say } from "./words.ts";

const LONGEST = 1_000;

/** Ends the work on a leak, once nothing is left. */
export function Closing({ leak, change }: PartProps): JSX.Element | null {
  if (leak.closed !== null) return null;
  const left = listLeft(leak);
  const close = async (): Promise<void> => {
    const question = { title: say.close, text: say.closeLead, label: say.closeNote, deed: say.close };
    const note = await askText({ ...question, maxLength: LONGEST });
    if (note !== undefined) await change("POST", ["closing"], { note }, say.closedNow);
  };
  return (
    <section>
      <h3>{say.close}</h3>
      {left.length > 0 && (
        <>
          <p>{say.left}</p>
          <ul>
            {left.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      <p class="no-print">
        <Button kind="main" onClick={close} isDisabled={left.length > 0}>
          {say.close}
        </Button>
      </p>
    </section>
  );
}

/** The endpoint refuses to close before these are done, too. */
function listLeft({ duties, contents, notices, checklist }: Leak): readonly string[] {
  const unchecked = checklist.filter(({ done }) => done === null).length;
  const last = notices.at(-1);
  return [
    ...duties.filter(({ doneAt }) => doneAt === null).map(({ step }) => say.steps[step]),
    ...(missingOf(contents).length > 0 ? [say.leftContents] : []),
    ...(last === undefined || isPartial(last) ? [say.leftNotice] : []),
    ...(unchecked > 0 ? [say.leftChecks(unchecked)] : []),
  ];
}
