import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { leaveFor, Refusal } from "../../kit/api.ts";
import { below } from "../../kit/host.ts";
import { refusalOf } from "../../kit/load.tsx";
import { Progress } from "../../kit/progress.tsx";
import { complain, tell } from "../../kit/toast.tsx";
import { language, wordsOf } from "../../kit/words.ts";

const say = wordsOf(
  {
    making: "파일을 만들고 있습니다. 기록이 많으면 몇 분 걸립니다.",
    fetching: "받고 있습니다.",
    saved: (name: string) => `저장했습니다: ${name}`,
    cancelled: "취소했습니다. 파일은 나가지 않았습니다.",
  },
  {
    making: "The file is being made; with many records it takes minutes.",
    fetching: "It is being fetched.",
    saved: (name) => `Saved: ${name}`,
    cancelled: "Cancelled; no file has left.",
  },
);

/** What saves a file, what shows how far it is, and whether one is on its way. */
interface Saving {
  readonly save: (path: string, body: object) => Promise<void>;
  readonly progress: JSX.Element | null;
  readonly isBusy: boolean;
}

/** Files that are asked for by POST: how far they are, and a way to stop. */
export function useSaving(): Saving {
  const [percent, setPercent] = useState<number | null | undefined>(undefined);
  const controller = useRef<AbortController | undefined>(undefined);
  const save = async (path: string, body: object): Promise<void> => {
    if (controller.current !== undefined) return;
    const own = new AbortController();
    controller.current = own;
    setPercent(null);
    try {
      tell(say.saved(await fetchFile(path, body, own.signal, setPercent)));
    } catch (error) {
      if (own.signal.aborted) tell(say.cancelled);
      else fail(error);
    } finally {
      controller.current = undefined;
      setPercent(undefined);
    }
  };
  const isBusy = percent !== undefined;
  const progress = isBusy ? (
    <Progress
      label={percent === null ? say.making : say.fetching}
      percent={percent}
      onCancel={() => controller.current?.abort()}
    />
  ) : null;
  return { save, progress, isBusy };
}

function fail(error: unknown): void {
  const refusal = refusalOf(error);
  leaveFor(refusal);
  complain(refusal.message);
}

async function fetchFile(
  path: string,
  body: object,
  signal: AbortSignal,
  onPercent: (percent: number) => void,
): Promise<string> {
  const headers = { "Accept-Language": language, "Content-Type": "application/json" };
  const response = await fetch(below(path), { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!response.ok || response.body === null)
    throw new Refusal({ ...(await response.json().catch(() => ({}))), status: response.status });
  const [, name = "file"] =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "") ?? [];
  const total = Number(response.headers.get("content-length") ?? 0);
  hand(name, await readAll(response.body, total, onPercent), response.headers.get("content-type") ?? "");
  return name;
}

async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  total: number,
  onPercent: (percent: number) => void,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    read += part.value.length;
    if (total > 0) onPercent(Math.floor((read / total) * 100));
  }
  return parts;
}

/** Hands a file to the browser to save. */
export function hand(name: string, parts: readonly BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
