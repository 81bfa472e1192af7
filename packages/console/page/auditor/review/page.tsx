import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../../kit/api.ts";
import { Button } from "../../kit/button.tsx";
import { askFirst } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { asked, remember } from "../../kit/host.ts";
import { Loaded, useLoad } from "../../kit/load.tsx";
import { Note } from "../../kit/states.tsx";
import { Time } from "../../kit/time.tsx";
import { tell } from "../../kit/toast.tsx";
import { LogFrame } from "../log/log-frame.tsx";
import { useSaving } from "../log/save.tsx";
import type { LogWords } from "../log/words.ts";
import { FindingDialog } from "./finding-dialog.tsx";
import { Findings } from "./findings.tsx";
import { LISTS, lastMonth, type Review, type ReviewState } from "./review.ts";
import { WatchList } from "./watch-list.tsx";
import { say } from "./words.ts";

/** The monthly check: what to look at, what was found, the signature. */
export function Page(): JSX.Element {
  return <LogFrame title={say.title}>{(words) => <Month words={words} />}</LogFrame>;
}

function Month({ words }: { readonly words: LogWords }): JSX.Element {
  const [month, setMonth] = useState(asked()["month"] ?? lastMonth(Date.now()));
  const [typed, type] = useState(month);
  const [load, reload] = useLoad(
    (signal) => api<{ readonly state: ReviewState }>("POST", "auditor/review/state", { month }, { signal }),
    [month],
  );
  const send = (event: Event): void => {
    event.preventDefault();
    remember({ month: typed });
    setMonth(typed);
  };
  return (
    <>
      <p class="lead no-print">{say.lead}</p>
      <form class="filters" onSubmit={send}>
        <Field label={say.month} type="month" value={typed} onInput={type} isRequired />
        <button type="submit">{say.show}</button>
      </form>
      <Loaded of={load} retry={reload}>
        {({ state }) =>
          state.begun === null ? (
            <Begin month={month} onDone={reload} />
          ) : (
            <Begun key={month} month={month} words={words} />
          )
        }
      </Loaded>
    </>
  );
}

function Begin({ month, onDone }: { readonly month: string; readonly onDone: () => void }): JSX.Element {
  const begin = async (): Promise<void> => {
    await api("POST", "auditor/review/begin", { month });
    onDone();
  };
  return (
    <div class="state">
      <p>{say.notBegun}</p>
      <Button kind="main" onClick={begin}>
        {say.begin}
      </Button>
    </div>
  );
}

function Begun({ month, words }: { readonly month: string; readonly words: LogWords }): JSX.Element {
  const [load, reload, waiting] = useLoad(
    (signal) => api<Review>("POST", "auditor/review/show", { month }, { signal }),
    [],
  );
  return (
    <Loaded of={load} retry={reload} waiting={waiting}>
      {(review) => <Guide review={review} words={words} reload={reload} />}
    </Loaded>
  );
}

interface GuideProps {
  readonly review: Review;
  readonly words: LogWords;
  readonly reload: () => void;
}

function Guide({ review, words, reload }: GuideProps): JSX.Element {
  const { account, state, isAsSigned, file } = review;
  const { watch } = account;
  const [looked, setLooked] = useState<readonly string[]>([]);
  const [about, find] = useState<number | "none" | undefined>(undefined);
  const parts = [
    ...LISTS.map((name) => ({ name, ...watch[name] })),
    { name: "sample" as const, rows: watch.sample, more: 0 },
  ];
  const close = (): void => find(undefined);
  return (
    <>
      <Head state={state} isAsSigned={isAsSigned} />
      <p>{say.records(watch.records, watch.answers, watch.actors)}</p>
      {watch.records === 0 && <Note>{say.empty}</Note>}
      {!watch.isWhole && <Note kind="warn">{say.notWhole}</Note>}
      {watch.gaps > 0 && <Note kind="warn">{say.gaps(watch.gaps)}</Note>}
      <h2>{say.steps}</h2>
      <p class="no-print" role="status">
        {say.progress(looked.length, parts.length)}
      </p>
      <ul class="list">
        {parts.map(({ name, rows, more }) => (
          <WatchList
            key={name}
            name={name}
            rows={rows}
            more={more}
            note={name === "downloads" ? say.withoutPurpose(watch.withoutPurpose) : undefined}
            isLooked={looked.includes(name)}
            onLooked={(isOn) => setLooked(isOn ? [...looked, name] : looked.filter((one) => one !== name))}
            onFind={state.signed === null ? find : undefined}
            words={words}
          />
        ))}
      </ul>
      <Findings state={state} onFind={() => find("none")} onDone={reload} />
      <p class="soft">
        {say.hash} <code>{file.sha256}</code>
      </p>
      <End state={state} reload={reload} />
      {about !== undefined && (
        <FindingDialog
          month={state.month}
          about={about === "none" ? undefined : about}
          onClose={close}
          onDone={() => {
            close();
            reload();
          }}
        />
      )}
    </>
  );
}

type HeadProps = Pick<Review, "state" | "isAsSigned">;

function Head({ state: { begun, signed }, isAsSigned }: HeadProps): JSX.Element {
  return (
    <>
      <dl class="facts">
        <dt>{say.begun}</dt>
        <dd>
          {begun && (
            <>
              <Time at={begun.at} /> · {begun.actor.id}
            </>
          )}
        </dd>
        <dt>{say.signed}</dt>
        <dd>
          {signed === null ? (
            say.open
          ) : (
            <>
              <Time at={signed.at} /> · {signed.actor.id}
            </>
          )}
        </dd>
      </dl>
      {isAsSigned !== null && (
        <Note kind={isAsSigned ? "good" : "warn"}>{isAsSigned ? say.asSigned : say.notAsSigned}</Note>
      )}
    </>
  );
}

/** What ends it: the signature, and papers to take away. */
function End({ state, reload }: Pick<GuideProps, "reload"> & { readonly state: ReviewState }): JSX.Element {
  const { month, findings, signed } = state;
  const { save, progress, isBusy } = useSaving();
  const sign = async (): Promise<void> => {
    const open = findings.filter(({ isClosed }) => !isClosed).length;
    if (!(await askFirst({ title: say.signAsk, text: say.signText(open), deed: say.sign }))) return;
    await api("POST", "auditor/review/sign", { month });
    tell(say.signedNow);
    reload();
  };
  return (
    <div class="no-print">
      <div class="row">
        {signed === null && (
          <Button kind="main" onClick={sign}>
            {say.sign}
          </Button>
        )}
        <Button isDisabled={isBusy} onClick={() => save("auditor/review/report", { month })}>
          {say.report}
        </Button>
        <Button onClick={() => print()}>{say.print}</Button>
      </div>
      {progress}
    </div>
  );
}
