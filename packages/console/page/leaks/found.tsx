import type { LeakFound, LeakGathered } from "@garim/duties";
import { KIND_WORDS } from "@garim/policy";
import type { JSX } from "preact";
import { Button, LinkButton } from "../kit/button.tsx";
import { doerText } from "../kit/doer.ts";
import { useLoad } from "../kit/load.tsx";
import { whoIsThere } from "../kit/me.ts";
import { Time } from "../kit/time.tsx";
import { language } from "../kit/words.ts";
import { useWork } from "../kit/work.tsx";
import type { PartProps } from "./desk.tsx";
import { reportPage, scopePage } from "./leak.ts";
import { say } from "./words.ts";

/** What the log showed of it, and whether those concerned are on the host's list. The log is asked by auditors alone. */
export function Scope({ leak, change }: PartProps): JSX.Element {
  const { scope, found, gathered, closed } = leak;
  const [me] = useLoad(() => whoIsThere());
  const mayAsk = me.state === "ready" && me.value.kind === "auditor" && closed === null;
  return (
    <div class="card">
      {found === null ? (
        <p>{scope === null ? say.scopeNone : say.scopeAt(scope.slice(0, 12))}</p>
      ) : (
        <Found found={found} gathered={gathered} />
      )}
      {mayAsk && <Deeds leak={leak} change={change} />}
    </div>
  );
}

interface FoundProps {
  readonly found: LeakFound;
  readonly gathered: LeakGathered | null;
}

function Found({ found, gathered }: FoundProps): JSX.Element {
  const { people, answers, kinds, firstAt, lastAt, isWhole } = found;
  return (
    <dl class="facts">
      <dt>{say.subjects}</dt>
      <dd>
        {say.range(people.least, people.most)} {!isWhole && <span class="wrong">{say.notWhole}</span>}
      </dd>
      <dt>{say.answers}</dt>
      <dd>{say.times(answers)}</dd>
      <dt>{say.items}</dt>
      <dd>{kinds.map((kind) => KIND_WORDS[kind][language]).join(", ")}</dd>
      {firstAt !== null && lastAt !== null && (
        <>
          <dt>{say.when}</dt>
          <dd>
            <Time at={firstAt} /> – <Time at={lastAt} />
          </dd>
        </>
      )}
      <dt>{say.list}</dt>
      <dd>
        {gathered === null ? say.listNone : say.listOf(gathered.handed, gathered.unreachable)}
        {gathered !== null && (
          <small class="soft">
            <Time at={gathered.at} /> · {doerText(gathered.by)}
          </small>
        )}
      </dd>
    </dl>
  );
}

function Deeds({ leak, change }: PartProps): JSX.Element {
  const { id, scope, found } = leak;
  const { begin, progress, isBusy } = useWork();
  if (found === null)
    return (
      <p class="no-print">
        <LinkButton href={scopePage(id)}>{scope === null ? say.scopeCount : say.scopeAgain}</LinkButton>
      </p>
    );
  const gather = (): Promise<void> =>
    begin(say.gathering, async (signal) => {
      await change("POST", ["recipients"], {}, say.gathered, { signal });
    });
  return (
    <div class="no-print">
      <p class="row">
        <Button onClick={gather} isDisabled={isBusy}>
          {say.gather}
        </Button>
        <LinkButton href={reportPage(leak, found)}>{say.report}</LinkButton>
      </p>
      {progress}
    </div>
  );
}
