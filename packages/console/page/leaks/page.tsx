import type { JSX } from "preact";
import { Frame } from "../kit/frame.tsx";
import { asked, below } from "../kit/host.ts";
import { LeakDesk } from "./desk.tsx";
import { LeakList } from "./list.tsx";
import { say } from "./words.ts";

/** The breach desk: all leaks, or the one that the address names. */
export function Page(): JSX.Element {
  const { leak } = asked();
  if (leak === undefined)
    return (
      <Frame title={say.title}>
        <p class="lead">{say.lead}</p>
        <LeakList />
      </Frame>
    );
  return (
    <Frame title={say.title}>
      <p class="no-print">
        <a href={below("pages/leaks")}>{say.all}</a>
      </p>
      <LeakDesk id={leak} />
    </Frame>
  );
}
