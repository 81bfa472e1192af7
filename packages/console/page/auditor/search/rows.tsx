import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../../kit/api.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { below } from "../../kit/host.ts";
import { purposeText } from "../../kit/purpose.ts";
import { Note } from "../../kit/states.tsx";
import { type Column, PagedTable, type Rows } from "../../kit/table.tsx";
import { Time } from "../../kit/time.tsx";
import { numberText } from "../../kit/words.ts";
import { ActorName } from "../log/actor-name.tsx";
import { noteBehind } from "../log/behind.ts";
import { damageText } from "../log/damage-text.ts";
import type { Answer, Damaged, Entry } from "../log/entry.ts";
import type { LogWords } from "../log/words.ts";
import { RecordView } from "../record/record-view.tsx";
import type { bodyOf } from "./question.ts";
import { say } from "./words.ts";

type Found = Entry | Damaged;

interface FoundRowsProps {
  readonly asked: NonNullable<ReturnType<typeof bodyOf>>;
  /** Another one each time it is asked. */
  readonly turn: number;
  readonly words: LogWords;
}

const PAGE = 50;

/** What a question finds, page by page; one of them can be opened in front. */
export function FoundRows({ asked, turn, words }: FoundRowsProps): JSX.Element {
  const [opened, open] = useState<number | undefined>(undefined);
  const [isDamaged, setDamaged] = useState(false);
  const load = async (before: number | string | null, signal: AbortSignal): Promise<Rows<Found>> => {
    const body = { ...asked.body, limit: PAGE, ...(before === null ? {} : { before: Number(before) }) };
    const answer = await api<Answer>("POST", `auditor/${asked.verb}`, body, { signal });
    const { entries, damaged, next, behind } = answer;
    noteBehind(behind);
    if (damaged.length > 0) setDamaged(true);
    return { rows: [...entries, ...damaged].sort((one, other) => other.seq - one.seq), next };
  };
  return (
    <>
      {isDamaged && <Note kind="warn">{say.damagedHere}</Note>}
      <PagedTable
        caption={say.caption}
        columns={columnsOf(words, open)}
        keyOf={({ seq }: Found) => seq}
        load={load}
        keys={[turn]}
        empty={say.none}
      />
      {opened !== undefined && (
        <Dialog title={say.ofRecord(opened)} onClose={() => open(undefined)}>
          <RecordView record={opened} words={words} />
          <p class="row end">
            <a href={below(`pages/auditor/record?record=${opened}`)}>{say.openAlone}</a>
            <Button onClick={() => open(undefined)}>{say.close}</Button>
          </p>
        </Dialog>
      )}
    </>
  );
}

function columnsOf(words: LogWords, open: (seq: number) => void): readonly Column<Found>[] {
  const cell =
    (draw: (entry: Entry) => JSX.Element | string | null) =>
    (found: Found): JSX.Element | string | null =>
      "why" in found ? null : draw(found);
  return [
    { heading: say.when, cell: (found) => <When found={found} /> },
    { heading: say.who, cell: (found) => <Who found={found} words={words} /> },
    { heading: say.what, cell: cell((entry) => <What entry={entry} words={words} />) },
    { heading: say.outcome, cell: cell((entry) => <Outcome entry={entry} words={words} />) },
    { heading: say.purpose, cell: cell(({ purpose }) => (purpose === null ? null : purposeText(purpose))) },
    { heading: say.where, isShort: true, cell: cell(({ ip }) => ip) },
    {
      heading: say.subjects,
      isNumber: true,
      cell: cell(({ subjects }) => (subjects === 0 ? null : numberText(subjects))),
    },
    {
      heading: `${say.clear} / ${say.masked}`,
      isNumber: true,
      isShort: true,
      cell: cell(({ records, clear }) =>
        records === 0 ? null : `${numberText(clear)} / ${numberText(records - clear)}`,
      ),
    },
    {
      heading: say.detail,
      cell: ({ seq }) => (
        <Button kind="plain" onClick={() => open(seq)} of={say.ofRecord(seq)}>
          {say.detail}
        </Button>
      ),
    },
  ];
}

function When({ found }: { readonly found: Found }): JSX.Element {
  return (
    <>
      {"why" in found ? null : <Time at={found.at} />}
      <small class="soft">#{found.seq}</small>
    </>
  );
}

function Who({ found, words }: { readonly found: Found; readonly words: LogWords }): JSX.Element {
  if (!("why" in found)) return <ActorName actor={found.actor} words={words} />;
  return (
    <span class="wrong">
      <strong>{say.damaged}</strong>
      <small>{damageText(found, words)}</small>
    </span>
  );
}

interface EntryProps {
  readonly entry: Entry;
  readonly words: LogWords;
}

function What({ entry: { action, target, route }, words }: EntryProps): JSX.Element {
  return (
    <>
      {words.actions[action] ?? action} {target !== null && say.to2(target.id)}
      <small class="soft">
        <Route route={route} />
      </small>
    </>
  );
}

/** A path may go on in the next line behind each slash. */
function Route({ route }: { readonly route: string }): JSX.Element {
  const [first, ...rest] = route.split("/");
  return (
    <>
      {first}
      {rest.map((part) => (
        <>
          /<wbr />
          {part}
        </>
      ))}
    </>
  );
}

function Outcome({ entry: { outcome, reason, mode }, words }: EntryProps): JSX.Element {
  return (
    <>
      <span class={outcome === "refused" ? "tag wrong" : "tag"}>{words.outcomes[outcome] ?? outcome}</span>
      {mode === "observe" && <span class="tag wrong">{say.observed}</span>}
      {reason !== null && <small class="soft">{words.reasons[reason] ?? reason}</small>}
    </>
  );
}
