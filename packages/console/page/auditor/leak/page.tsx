import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../../kit/api.ts";
import { Field, Select } from "../../kit/field.tsx";
import { asked, below, host, remember } from "../../kit/host.ts";
import { Loaded, useLoad } from "../../kit/load.tsx";
import { whoIsThere } from "../../kit/me.ts";
import { Empty } from "../../kit/states.tsx";
import { type Leak as FiledLeak, leakPage, leakPath } from "../../leaks/leak.ts";
import { LogFrame } from "../log/log-frame.tsx";
import type { LogWords } from "../log/words.ts";
import { Clocks } from "./clocks.tsx";
import { DraftDesk, ReportDesk } from "./draft-desk.tsx";
import { LeadOn } from "./lead-on.tsx";
import { Reach } from "./reach.tsx";
import { ANSWERS, bodyOf, type Contents, type Found, fillFrom, KINDS, type Leak, NO_LEAK } from "./scope.ts";
import { say } from "./words.ts";

/** How far a leak reaches, what it obliges to and until when, and drafts of what is to be sent. */
export function Page(): JSX.Element {
  return <LogFrame title={say.title}>{(words) => <Ground words={words} />}</LogFrame>;
}

/** What the page stands on. */
interface OnFile {
  /** Whether there is a breach desk to go on to: it is for the whole marketplace. */
  readonly hasDesk: boolean;
  /** The leak whose scope is counted; `null` where it is on file as none yet. */
  readonly filed: FiledLeak | null;
}

function Ground({ words }: { readonly words: LogWords }): JSX.Element {
  const [load, reload] = useLoad(askOnFile);
  return (
    <Loaded of={load} retry={reload}>
      {(onFile) => <LeakDesk words={words} {...onFile} />}
    </Loaded>
  );
}

async function askOnFile(signal: AbortSignal): Promise<OnFile> {
  const me = await whoIsThere();
  const { leak } = asked();
  const hasDesk = host.pages.includes("leaks") && me.kind === "auditor" && me.sellerId === null;
  if (!hasDesk || leak === undefined) return { hasDesk, filed: null };
  return { hasDesk, filed: await api<FiledLeak>("GET", leakPath(leak), undefined, { signal }) };
}

/** A leak from an address: nothing in it is a buyer. */
function readLeak(): Leak {
  const given = asked();
  const known = Object.keys(NO_LEAK).filter((name) => typeof given[name] === "string");
  const read = { ...NO_LEAK, ...Object.fromEntries(known.map((name) => [name, given[name]])) };
  return { ...read, of: KINDS.find((kind) => kind === read.of) ?? NO_LEAK.of };
}

interface LeakDeskProps extends OnFile {
  readonly words: LogWords;
}

function LeakDesk({ words, hasDesk, filed }: LeakDeskProps): JSX.Element {
  const [leak, setLeak] = useState(() => (filed === null ? readLeak() : fillFrom(readLeak(), filed)));
  const [contents, setContents] = useState<Contents>(filed?.contents ?? {});
  const [turn, setTurn] = useState(0);
  const body = bodyOf(leak, contents);
  const ask = (next: Leak): void => {
    setLeak(next);
    remember({ ...next, leak: filed?.id });
    setTurn(turn + 1);
  };
  const redraft = (written: Contents): void => {
    setContents(written);
    setTurn(turn + 1);
  };
  return (
    <>
      {hasDesk && (
        <p class="no-print">
          <a href={filed === null ? below("pages/leaks") : leakPage(filed.id)}>{say.desk}</a>
        </p>
      )}
      <p class="lead no-print">{say.lead}</p>
      <LeakForm first={leak} onAsk={ask} />
      {body === undefined ? (
        <Empty>{say.fill}</Empty>
      ) : (
        <Result body={body} turn={turn}>
          {(found) => (
            <>
              {found.duties !== null && filed === null && <Clocks duties={found.duties} words={words} />}
              <Reach scope={found.scope} />
              {hasDesk && <LeadOn leak={leak} found={found} filed={filed} />}
              {found.drafts !== null && !hasDesk && (
                <DraftDesk drafts={found.drafts} contents={contents} onWritten={redraft} />
              )}
              {found.drafts !== null && filed !== null && <ReportDesk drafts={found.drafts} />}
              <p class="soft">{say.onRecord}</p>
            </>
          )}
        </Result>
      )}
    </>
  );
}

interface ResultProps {
  readonly body: object;
  readonly turn: number;
  readonly children: (found: Found) => ComponentChildren;
}

function Result({ body, turn, children }: ResultProps): JSX.Element {
  const [load, reload, waiting] = useLoad(
    (signal) => api<Found>("POST", "auditor/scope", body, { signal }),
    [turn],
  );
  return (
    <Loaded of={load} retry={reload} waiting={waiting}>
      {children}
    </Loaded>
  );
}

interface LeakFormProps {
  readonly first: Leak;
  readonly onAsk: (leak: Leak) => void;
}

function LeakForm({ first, onAsk }: LeakFormProps): JSX.Element {
  const [leak, setLeak] = useState(first);
  const set = (more: Partial<Leak>): void => setLeak({ ...leak, ...more });
  const send = (event: Event): void => {
    event.preventDefault();
    onAsk(leak);
  };
  const options = KINDS.map((value) => ({ value, text: say.kinds[value] ?? value }));
  return (
    <form class="no-print" onSubmit={send}>
      <div class="filters">
        <Select label={say.of} value={leak.of} options={options} onChange={(of) => set({ of })} />
        <Field label={say.value} value={leak.value} onInput={(value) => set({ value })} maxLength={256} />
        <Field label={say.from} type="date" value={leak.from} onInput={(from) => set({ from })} />
        <Field label={say.to} type="date" value={leak.to} onInput={(to) => set({ to })} />
        <Field
          label={say.knownAt}
          type="datetime-local"
          value={leak.knownAt}
          onInput={(knownAt) => set({ knownAt })}
          help={say.knownHelp}
        />
        <Field
          label={say.company}
          value={leak.company}
          onInput={(company) => set({ company })}
          maxLength={200}
        />
      </div>
      <fieldset>
        <legend>{say.facts}</legend>
        <div class="filters">
          {ANSWERS.map((name) => (
            <Select
              key={name}
              label={say.questions[name] ?? name}
              value={leak[name]}
              options={[
                { value: "", text: say.unknown },
                { value: "yes", text: say.yes },
                { value: "no", text: say.no },
              ]}
              onChange={(answer) => set({ [name]: answer })}
            />
          ))}
        </div>
      </fieldset>
      <button type="submit" class="main">
        {say.find}
      </button>
    </form>
  );
}
