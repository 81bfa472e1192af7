import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { VerifyState } from "@garim/audit";
import { inputInvalid } from "../input-error.ts";

/** A verification is set back by so much at most when it is interrupted (ours). */
const EVERY_MS = 1_000;

/** Keeps how far a verification is: whole or not at all, for its owner only. */
export class StateFile {
  readonly #path: string;
  readonly #now: () => number;
  #writtenAt = Number.NEGATIVE_INFINITY;

  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /**
   * What was kept.
   *
   * @throws GarimError `ERR_GARIM_INPUT_INVALID`
   */
  async read(): Promise<VerifyState> {
    try {
      return JSON.parse(await readFile(this.#path, "utf8")) as VerifyState;
    } catch (cause) {
      const { code = "no JSON" } = cause as NodeJS.ErrnoException;
      throw inputInvalid(
        `The state ${this.#path} cannot be read (${code}); give the file of an earlier garim verify --state, or leave --resume out`,
        cause,
      );
    }
  }

  /** Keeps a state, unless one was kept a moment ago. */
  async keep(make: () => VerifyState): Promise<void> {
    const now = this.#now();
    if (now - this.#writtenAt < EVERY_MS) return;
    this.#writtenAt = now;
    const beside = `${this.#path}.${randomUUID()}.tmp`;
    try {
      await writeFile(beside, JSON.stringify(make()), { mode: 0o600, flag: "wx" });
      await rename(beside, this.#path);
    } catch (cause) {
      await rm(beside, { force: true });
      const { code } = cause as NodeJS.ErrnoException;
      throw inputInvalid(
        `The state ${this.#path} cannot be written (${code}); give --state a path that can`,
        cause,
      );
    }
  }
}
