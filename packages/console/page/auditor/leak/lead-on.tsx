import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../kit/button.tsx";
import { Note } from "../../kit/states.tsx";
import { type Leak as FiledLeak, leakPage, leakPath } from "../../leaks/leak.ts";
import { OpenDialog } from "../../leaks/open-dialog.tsx";
import { apiProving } from "../../second-factor/ask-proof.tsx";
import { type Found, factsOf, filterOf, type Leak } from "./scope.ts";
import { say } from "./words.ts";

interface LeadOnProps {
  /** As the form has it. */
  readonly leak: Leak;
  readonly found: Found;
  /** The one it was counted for; `null` where it is on file as none yet. */
  readonly filed: FiledLeak | null;
}

/** On to the breach desk: a scope is put on file as a leak, or to the leak it was counted for. */
export function LeadOn({ leak, found: { scope, file }, filed }: LeadOnProps): JSX.Element | null {
  const [isOpening, setOpening] = useState(false);
  const { sha256 } = file;
  const put = async ({ id }: FiledLeak): Promise<void> => {
    const facts = { subjects: scope.people.most };
    await apiProving("PATCH", leakPath(id), { scope: sha256, facts });
    location.assign(leakPage(id));
  };
  // What the desk asked of the log itself is asked again there.
  if (filed !== null && filed.found !== null) return null;
  const begun = { knownAt: leak.knownAt, facts: factsOf(leak), filter: filterOf(leak) };
  return (
    <div class="no-print">
      <Note>
        <p>{filed === null ? say.openLead : say.putLead(filed.title)}</p>
        {filed === null ? (
          <Button kind="main" onClick={() => setOpening(true)}>
            {say.open}
          </Button>
        ) : (
          <Button kind="main" onClick={() => put(filed)}>
            {say.put}
          </Button>
        )}
      </Note>
      {isOpening && <OpenDialog begun={begun} onClose={() => setOpening(false)} />}
    </div>
  );
}
