import type { JSX } from "preact";
import { reasonText } from "../ended/reason.ts";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { asked, below, outward } from "../kit/host.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Note } from "../kit/states.tsx";
import { Enrolment } from "./enrolment.tsx";
import { type Factors, listFactors } from "./factors.ts";
import { Lock } from "./lock.tsx";
import { StepUp } from "./step-up.tsx";
import { say } from "./words.ts";

const ACTIONS = ["view", "download", "manage"];

/** Where a second factor is proved, or the first one enrolled. */
export function Page(): JSX.Element {
  const { action = "view", return: back } = asked();
  const query = back === undefined ? "" : `?${new URLSearchParams({ return: outward(back) })}`;
  const goOn = below("pages/continue") + query;
  const [load, reload] = useLoad(listWithClock);
  return (
    <Frame title={say.title}>
      <Loaded of={load} retry={reload}>
        {({ list, aheadMs }) => (
          <Proof
            list={list}
            aheadMs={aheadMs}
            action={ACTIONS.includes(action) ? action : "view"}
            goOn={goOn}
            reload={reload}
          />
        )}
      </Loaded>
    </Frame>
  );
}

interface Listed {
  readonly list: Factors;
  /** The server's clock less ours. */
  readonly aheadMs: number;
}

/** The page's clock may be wrong; the end of a lock is told by the server's. */
async function listWithClock(): Promise<Listed> {
  const list = await listFactors();
  if (list.lockedUntil === null) return { list, aheadMs: 0 };
  const { now } = await api<{ readonly now?: number }>("GET", "session");
  return { list, aheadMs: (now ?? Date.now()) - Date.now() };
}

interface ProofProps extends Listed {
  readonly action: string;
  readonly goOn: string;
  readonly reload: () => void;
}

function Proof({ list, aheadMs, action, goOn, reload }: ProofProps): JSX.Element {
  if (list.isDisabled) return <Note kind="warn">{say.disabled}</Note>;
  if (list.lockedUntil !== null) return <Lock until={list.lockedUntil} aheadMs={aheadMs} over={reload} />;
  if (list.factors.length === 0 && list.channels.length === 0)
    return <Enrolment offersPasskeys={list.offersPasskeys} goOn={goOn} />;
  return (
    <>
      <p class="lead">{reasonText(asked()["reason"] ?? "") ?? say.lead}</p>
      <StepUp list={list} action={action} onProved={() => location.replace(goOn)} reload={reload} />
    </>
  );
}
