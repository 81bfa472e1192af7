import { GarimError } from "@garim/policy";
import { type Answer, type Command, obey } from "./command.ts";
import { makeFile } from "./make-file.ts";
import type { SealSpec } from "./seal-spec.ts";
import type { Sealer } from "./sealer.ts";

/** Makes a file in the thread it is called in. */
export class LocalSealer implements Sealer {
  readonly #maker: ReturnType<typeof makeFile>;
  #last: Promise<unknown>;
  #isClosed = false;

  constructor(spec: SealSpec) {
    this.#maker = makeFile(spec);
    this.#last = this.#maker.catch(() => undefined);
  }

  run(command: Command): Promise<Answer> {
    const answer = this.#last.then(() => this.#obey(command));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
  }

  async #obey(command: Command): Promise<Answer> {
    if (this.#isClosed) throw new GarimError("ERR_GARIM_WORKBOOK_CLOSED", "The file was given up.");
    return obey(await this.#maker, command);
  }
}
