import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A record whose append resolved. Moments are nanoseconds of the clock that all processes share. */
export interface Acknowledged {
  readonly seq: number;
  readonly id: string;
  readonly begunAt: bigint;
  readonly endedAt: bigint;
}

/** A process that appends to the log from many callers. */
export interface LogWriter {
  /** Resolves once it appends; rejects where it ended before. */
  readonly ready: Promise<void>;
  /** Ends it as a crash would: nothing is flushed, nothing is closed. */
  kill(): Promise<void>;
  /** Lets it append what it has begun, and end. */
  finish(): Promise<void>;
}

export interface LogWriterOptions {
  /** Where it writes down what was acknowledged. */
  readonly file: string;
  /** PostgreSQL; else `folder`. */
  readonly url?: string | undefined;
  /** PGlite. */
  readonly folder?: string;
  readonly callers: number;
  /** Acknowledges before the write: what must be caught. */
  readonly isEarly?: boolean;
}

const SCRIPT = fileURLToPath(new URL("./log-writer.mjs", import.meta.url));

export function startLogWriter(options: LogWriterOptions): LogWriter {
  const child = spawn(process.execPath, [SCRIPT, ...argumentsOf(options)], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  // Killed while it is told to end: its input is gone.
  child.stdin?.on("error", () => undefined);
  const said: string[] = [];
  child.stderr?.on("data", (chunk) => said.push(String(chunk)));
  const ready = untilReady(child, exited, said);
  ready.catch(() => undefined);
  return {
    ready,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async finish() {
      child.stdin?.end();
      const [code] = await exited;
      if (code !== 0) throw new Error(`a log writer ended with ${code}: ${said.join("")}`);
    },
  };
}

async function untilReady(
  { stdout }: ChildProcess,
  exited: Promise<unknown[]>,
  said: readonly string[],
): Promise<void> {
  if (stdout === null) throw new Error("a log writer without output");
  const isReady = await Promise.race([once(stdout, "data").then(() => true), exited.then(() => false)]);
  if (!isReady) throw new Error(`a log writer did not start: ${said.join("")}`);
}

function argumentsOf({ file, url, folder, callers, isEarly }: LogWriterOptions): readonly string[] {
  return [
    `--file=${file}`,
    `--callers=${callers}`,
    ...(url === undefined ? [`--folder=${folder}`] : [`--url=${url}`]),
    ...(isEarly ? ["--early"] : []),
  ];
}

/** What a writer has written down so far; a line that its end cut off says nothing. */
export function readAcknowledged(file: string): readonly Acknowledged[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => {
    const [seq, id = "", begunAt = "", endedAt = ""] = line.split(" ");
    return { seq: Number(seq), id, begunAt: BigInt(begunAt), endedAt: BigInt(endedAt) };
  });
}
