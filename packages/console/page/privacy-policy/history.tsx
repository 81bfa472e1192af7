import type { PrivacyVersion } from "@garim/duties";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../kit/api.ts";
import { Button } from "../kit/button.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { type Changes, publicPath, sectionText } from "./policy.ts";
import { say } from "./words.ts";

interface HistoryProps {
  readonly sellerId: string;
  /** The newest version; `null` where nothing is published. */
  readonly newest: number | null;
}

/** Of the endpoint `published/privacy-policies/….json`. */
interface Told {
  readonly versions: readonly PrivacyVersion[];
  readonly next: string | null;
}

/** All versions, newest first, and what changed in each. */
export function History({ sellerId, newest }: HistoryProps): JSX.Element {
  const [compared, compare] = useState<number | null>(null);
  const load = async (after: string | number | null, signal: AbortSignal): Promise<Rows<PrivacyVersion>> => {
    if (newest === null) return { rows: [], next: null };
    const query = after === null ? "" : `?${new URLSearchParams({ after: String(after) })}`;
    const path = `published/privacy-policies/${encodeURIComponent(sellerId)}.json${query}`;
    const { versions, next } = await api<Told>("GET", path, undefined, { signal });
    return { rows: versions, next };
  };
  return (
    <>
      <PagedTable
        caption={say.history}
        keys={[sellerId, newest]}
        load={load}
        keyOf={({ version }) => version}
        columns={[
          { heading: say.version, cell: ({ version }) => version },
          { heading: say.at, cell: ({ publishedAt }) => <Time at={publishedAt} /> },
          {
            heading: say.changes,
            cell: ({ version }) =>
              version === 1 ? (
                say.first
              ) : (
                <Button kind="plain" onClick={() => compare(version)}>
                  {say.compare(version - 1)}
                </Button>
              ),
          },
          {
            heading: say.read,
            cell: ({ version }) => (
              <a href={publicPath(sellerId, { version: String(version) })} target="_blank" rel="noreferrer">
                {say.read} <span class="unseen">{version}</span>
              </a>
            ),
          },
        ]}
      />
      {compared !== null && <Difference sellerId={sellerId} to={compared} />}
    </>
  );
}

/** What a version has other than the one before. */
function Difference({ sellerId, to }: { readonly sellerId: string; readonly to: number }): JSX.Element {
  const path = `published/privacy-policies/${encodeURIComponent(sellerId)}.json?from=${to - 1}&to=${to}`;
  const [load, reload] = useLoad((signal) => api<Changes>("GET", path, undefined, { signal }), [path]);
  return (
    <section aria-live="polite">
      <h2>{say.compare(to - 1)}</h2>
      <Loaded of={load} retry={reload}>
        {({ changes }) => (changes.length === 0 ? <p>{say.nothing}</p> : <Lines changes={changes} />)}
      </Loaded>
    </section>
  );
}

/** Said in words besides: strokes and colours are not read out. */
function Lines({ changes }: Changes): JSX.Element {
  return (
    <>
      {changes.map(({ section, lines }) => (
        <div key={section} class="card">
          <h3>{sectionText(section)}</h3>
          {lines.map(({ kind, text }, i) => (
            <p key={i} class="text-block">
              {kind === "same" && text}
              {kind === "added" && (
                <ins>
                  {say.added}: {text}
                </ins>
              )}
              {kind === "removed" && (
                <del>
                  {say.removed}: {text}
                </del>
              )}
            </p>
          ))}
        </div>
      ))}
    </>
  );
}
