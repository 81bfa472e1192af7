import type { JSX } from "preact";
import { StatusBar } from "../auditor/log/status-bar.tsx";
import { Frame } from "../kit/frame.tsx";
import { asked, below } from "../kit/host.ts";
import { useLoad } from "../kit/load.tsx";
import { whoIsThere } from "../kit/me.ts";
import { LeakDesk } from "./desk.tsx";
import { LeakList } from "./list.tsx";
import { say } from "./words.ts";

/** The breach desk: all leaks, or the one that the address names. */
export function Page(): JSX.Element {
  const { leak } = asked();
  if (leak === undefined)
    return (
      <Frame title={say.title}>
        <Log />
        <p class="lead">{say.lead}</p>
        <LeakList />
      </Frame>
    );
  return (
    <Frame title={say.title}>
      <Log />
      <p class="no-print">
        <a href={below("pages/leaks")}>{say.all}</a>
      </p>
      <LeakDesk id={leak} />
    </Frame>
  );
}

/** How the log stands, for those who may ask it. */
function Log(): JSX.Element | null {
  const [me] = useLoad(() => whoIsThere());
  return me.state === "ready" && me.value.kind === "auditor" ? <StatusBar /> : null;
}
