import type { ComponentChildren, JSX } from "preact";
import { say as account } from "../../account/words.ts";
import { api } from "../../kit/api.ts";
import { Button } from "../../kit/button.tsx";
import { Loaded, useLoad } from "../../kit/load.tsx";
import { purposeText } from "../../kit/purpose.ts";
import { Note } from "../../kit/states.tsx";
import { Time } from "../../kit/time.tsx";
import { ActorName } from "../log/actor-name.tsx";
import type { Entry } from "../log/entry.ts";
import { useSaving } from "../log/save.tsx";
import type { LogWords } from "../log/words.ts";
import { Resolve } from "./resolve.tsx";
import { say } from "./words.ts";

interface Decision {
  readonly schema: string;
  readonly kind: string;
  readonly words: string;
}

interface Shown extends Entry {
  readonly recordedAt: number;
  readonly batch: number;
  readonly agent: string | null;
  readonly factor: { readonly method: string; readonly at: number } | null;
  readonly policy: { readonly edition: string };
  readonly file: { readonly sha256: string } | null;
  readonly because: string | null;
  readonly decisions: readonly Decision[];
  readonly isSameAgain: boolean | null;
}

interface RecordViewProps {
  /** Its place or its id. */
  readonly record: number | string;
  readonly words: LogWords;
}

/** All of a record, why it was decided so, and its proof to take away. */
export function RecordView({ record, words }: RecordViewProps): JSX.Element {
  const [load, reload] = useLoad(
    (signal) => api<Shown>("POST", "auditor/record", { record }, { signal }),
    [record],
  );
  return (
    <Loaded of={load} retry={reload}>
      {(shown) => <Whole shown={shown} words={words} />}
    </Loaded>
  );
}

function Whole({ shown, words }: { readonly shown: Shown; readonly words: LogWords }): JSX.Element {
  const { save, progress, isBusy } = useSaving();
  return (
    <>
      <Facts shown={shown} words={words} />
      <h3>{say.decisions}</h3>
      <Decisions shown={shown} />
      {shown.pseudonyms.length > 0 && <Resolve shown={shown} words={words} />}
      <p class="soft no-print">{say.proofLead}</p>
      <Button isDisabled={isBusy} onClick={() => save("auditor/proof", { record: shown.seq })}>
        {say.proof}
      </Button>
      {progress}
    </>
  );
}

function Facts({ shown, words }: { readonly shown: Shown; readonly words: LogWords }): JSX.Element {
  const { seq, id, at, recordedAt, batch, actor, target, action, outcome, because, factor, policy } = shown;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [say.at, <Time key={say.at} at={at} />],
    [say.who, <ActorName key={say.who} actor={actor} words={words} />],
    [say.target, target && <ActorName actor={target} words={words} />],
    [say.what, words.actions[action] ?? action],
    [say.outcome, words.outcomes[outcome] ?? outcome],
    [say.because, because],
    [say.purpose, shown.purpose && purposeText(shown.purpose)],
    [say.route, shown.route],
    [say.where, `${shown.ip}${shown.agent === null ? "" : ` · ${shown.agent}`}`],
    [say.session, shown.session],
    [
      say.factor,
      factor && (
        <>
          {account.kinds[factor.method] ?? factor.method} · <Time at={factor.at} />
        </>
      ),
    ],
    [say.edition, policy.edition],
    [say.file, shown.file && <code>{shown.file.sha256}</code>],
    [say.detail, shown.detail && sayDetail(shown.detail)],
    [say.id, <code key={say.id}>{id}</code>],
    [say.recordedAt, <Time key={say.recordedAt} at={recordedAt} />],
    [say.batch, `#${seq} · ${say.batch} ${batch}`],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null && value !== "")
        .map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function sayDetail(detail: Readonly<Record<string, string | number>>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}

function Decisions({ shown: { decisions, isSameAgain } }: { readonly shown: Shown }): JSX.Element {
  if (decisions.length === 0) return <p class="soft">{say.noDecision}</p>;
  return (
    <>
      <ul class="list">
        {decisions.map(({ schema, kind, words }, i) => (
          <li key={`${i} ${schema}`} class="card">
            <strong>{say.record(i + 1, schema)}</strong> <span class="tag">{say.kinds[kind] ?? kind}</span>
            <p>{words}</p>
          </li>
        ))}
      </ul>
      {isSameAgain !== null && (
        <Note kind={isSameAgain ? "good" : "warn"}>{isSameAgain ? say.same : say.other}</Note>
      )}
    </>
  );
}
