import type { JSX } from "preact";
import { type AskOptions, api, type Method } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { doerText } from "../kit/doer.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Note } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { apiProving } from "../second-factor/ask-proof.tsx";
import { Checklist } from "./checklist.tsx";
import { Closing } from "./closing.tsx";
import { ContentsDesk } from "./contents-desk.tsx";
import { FactsDesk } from "./facts-desk.tsx";
import { kindText, type Leak, leakPath } from "./leak.ts";
import { Notices } from "./notices.tsx";
import { Steps } from "./steps.tsx";
import { say } from "./words.ts";

/** Changes the leak that is open: `change("POST", ["steps"], { step }, "Done")`. */
export type Change = (
  method: Method,
  parts: readonly (string | number)[],
  body: object,
  done: string,
  options?: AskOptions,
) => Promise<Leak>;

/** What each part of the desk is given. */
export interface PartProps {
  readonly leak: Leak;
  readonly change: Change;
}

/** One leak: its clocks, what is known, its notices, what is to be looked at, until it is closed. */
export function LeakDesk({ id }: { readonly id: string }): JSX.Element {
  const [load, reload] = useLoad((signal) => api<Leak>("GET", leakPath(id), undefined, { signal }), [id]);
  const change: Change = async (method, parts, body, done, options) => {
    const leak = await apiProving<Leak>(method, leakPath(id, ...parts), body, options);
    tell(done);
    reload();
    return leak;
  };
  return (
    <Loaded of={load} retry={reload}>
      {(leak) => (
        <>
          <Head leak={leak} />
          <Steps leak={leak} change={change} />
          <FactsDesk leak={leak} change={change} />
          <ContentsDesk leak={leak} change={change} />
          <Notices leak={leak} change={change} reload={reload} />
          <Checklist leak={leak} change={change} />
          <Closing leak={leak} change={change} />
        </>
      )}
    </Loaded>
  );
}

function Head({ leak }: { readonly leak: Leak }): JSX.Element {
  const { title, kind, knownAt, openedAt, openedBy, closed } = leak;
  return (
    <>
      <h2>
        {title} <span class="tag">{closed === null ? say.isOpen : say.closed}</span>
      </h2>
      <dl class="facts">
        <dt>{say.kind}</dt>
        <dd>{kindText(kind)}</dd>
        <dt>{say.knownAt}</dt>
        <dd>
          <Time at={knownAt} />
        </dd>
        <dt>{say.openedBy}</dt>
        <dd>
          {doerText(openedBy)} · <Time at={openedAt} />
        </dd>
      </dl>
      {closed !== null && (
        <Note kind="good">
          <p>
            {say.closed}: <Time at={closed.at} /> · {doerText(closed.by)}
          </p>
          <p class="text-block">{closed.note}</p>
        </Note>
      )}
      <p class="print-only">
        {say.printedAt} <Time at={Date.now()} />
      </p>
      <p class="no-print">
        <Button onClick={() => print()}>{say.printAll}</Button>
      </p>
    </>
  );
}
