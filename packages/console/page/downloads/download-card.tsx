import type { JSX } from "preact";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { Progress } from "../kit/progress.tsx";
import { purposeText } from "../kit/purpose.ts";
import { Note } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import { say } from "./words.ts";

/** A file as the ledger tells it: of the endpoint `downloads`. Moments are UTC milliseconds. */
export interface Download {
  readonly id: string;
  readonly state: string;
  readonly staff: string;
  readonly why: string;
  readonly purpose: string;
  /** Why there is no file, in words. */
  readonly because: string | null;
  readonly rows: number;
  readonly masked: number;
  readonly subjects: number;
  readonly percent: number | null;
  readonly askedAt: number;
  readonly destroyBy: number | null;
  readonly destroyedAt: number | null;
  readonly isOverdue: boolean;
  readonly file: { readonly sha256: string } | null;
}

interface DownloadCardProps {
  readonly download: Download;
  readonly isOwn: boolean;
  readonly reload: () => void;
}

export function DownloadCard({ download, isOwn, reload }: DownloadCardProps): JSX.Element {
  const { id, state, because, isOverdue, percent } = download;
  const post = async (deed: string, body: object = {}): Promise<void> => {
    await api("POST", `downloads/${encodeURIComponent(id)}/${deed}`, body);
    reload();
  };
  return (
    <>
      <p>
        <span class={isOverdue ? "tag wrong" : "tag"}>{say.states[state] ?? state}</span>{" "}
        <strong>{download.why}</strong>
      </p>
      {because !== null && <p class="soft">{because}</p>}
      {isOverdue && <Note kind="warn">{say.overdue}</Note>}
      <Facts {...download} />
      {state === "running" && (
        <Progress label={say.making} percent={percent} onCancel={() => post("cancel")} />
      )}
      <div class="row">
        {state === "fetched" && download.destroyedAt === null && (
          <Button of={id} onClick={() => askThen(say.destroyed, say.destroyedSure, () => post("destroyed"))}>
            {say.destroyed}
          </Button>
        )}
        {state === "waiting" && !isOwn && (
          <>
            <Button
              kind="main"
              of={id}
              onClick={() => askThen(say.agree, say.agreeSure, () => post("approval", { agrees: true }))}
            >
              {say.agree}
            </Button>
            <Button of={id} onClick={() => post("approval", { agrees: false })}>
              {say.decline}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

function Facts({
  askedAt,
  staff,
  purpose,
  rows,
  subjects,
  masked,
  file,
  destroyBy,
  destroyedAt,
}: Download): JSX.Element {
  return (
    <dl class="facts">
      <dt>{say.when}</dt>
      <dd>
        <Time at={askedAt} />
      </dd>
      <dt>{say.by}</dt>
      <dd>{staff}</dd>
      <dt>{say.purpose}</dt>
      <dd>{purposeText(purpose)}</dd>
      {file !== null && (
        <>
          <dt>{say.amount}</dt>
          <dd>{say.counts(rows, subjects, masked)}</dd>
          <dt>{say.file}</dt>
          <dd>
            <code>SHA-256 {file.sha256.slice(0, 16)}…</code>
          </dd>
        </>
      )}
      {destroyBy !== null && (
        <>
          <dt>{say.destroyBy}</dt>
          <dd>
            <Time at={destroyBy} />
          </dd>
        </>
      )}
      {destroyedAt !== null && (
        <>
          <dt>{say.destroyedAt}</dt>
          <dd>
            <Time at={destroyedAt} />
          </dd>
        </>
      )}
    </dl>
  );
}

async function askThen(title: string, text: string, deed: () => Promise<void>): Promise<void> {
  if (await askFirst({ title, text, deed: title })) await deed();
}
