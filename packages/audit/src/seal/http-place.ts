import { GarimError } from "@garim/policy";
import { readSafeUrl } from "../safe-url.ts";
import type { CheckpointPlace } from "./place.ts";
import { formatSealed, parseSealed, type Sealed } from "./sealed.ts";

export interface HttpPlaceOptions {
  /** Asked before each request, so that a credential need not be a constant. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** 10,000 unless given. */
  readonly timeoutMs?: number;
  readonly everySeconds?: number;
}

const TYPE = "application/x-ndjson";

/**
 * Keeps checkpoints at a URL of somebody else: POST takes lines (`application/x-ndjson`) and answers 2xx when they are durable;
 * GET gives all lines back, oldest first; GET with `?latest` the newest note as text, or 404.
 *
 * @throws GarimError `ERR_GARIM_OPTION_INVALID` for a URL that is not HTTPS, loopback excepted, or holds a password
 */
export function httpPlace(url: string, options: HttpPlaceOptions = {}): CheckpointPlace {
  const target = readSafeUrl("httpPlace", url);
  const ask = (search: string, init: RequestInit = {}): Promise<Response> =>
    fetch(search === "" ? target : new URL(search, target), {
      ...init,
      headers: { ...options.headers?.(), ...init.headers },
      redirect: "error",
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    });
  return {
    name: `${target.origin}${target.pathname}`,
    ...(options.everySeconds === undefined ? {} : { everySeconds: options.everySeconds }),
    write: async (parts) => {
      const body = parts.map((part) => `${formatSealed(part)}\n`).join("");
      const answer = await ask("", { method: "POST", body, headers: { "content-type": TYPE } });
      await answer.arrayBuffer();
      checkAnswer(target, answer);
    },
    latest: async () => {
      const answer = await ask("?latest");
      const note = await answer.text();
      if (answer.status === 404) return undefined;
      checkAnswer(target, answer);
      return note;
    },
    read: () => readLines(target, ask),
  };
}

async function* readLines(target: URL, ask: (search: string) => Promise<Response>): AsyncGenerator<Sealed> {
  const answer = await ask("");
  checkAnswer(target, answer);
  let rest = "";
  for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield parseSealed(line);
  }
  if (rest !== "") yield parseSealed(rest);
}

function checkAnswer(target: URL, { ok, status }: Response): void {
  if (ok) return;
  throw new GarimError(
    "ERR_GARIM_LOG_UNAVAILABLE",
    `The place for checkpoints ${target.origin} answered ${status}; see that it is reachable and takes what is posted`,
  );
}
