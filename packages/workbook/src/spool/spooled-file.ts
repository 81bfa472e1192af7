import { GarimError, isGarimError } from "@garim/policy";
import type { Closed } from "../seal/file-maker.ts";
import { bodyOf, endsOf, removeSealed, writeEnds } from "./sealed.ts";
import type { Spool, SpoolWriter } from "./spool.ts";

/**
 * A file on its way into a spool: first its body, then what stands around it. Every method throws GarimError
 * `ERR_GARIM_WORKBOOK_SPOOL` where the spool fails.
 */
export class SpooledFile {
  readonly #spool: Spool;
  readonly #id: string;
  #body: Promise<SpoolWriter> | undefined;
  #sizeBytes = 0;

  constructor(spool: Spool, id: string) {
    this.#spool = spool;
    this.#id = id;
  }

  /** Of the body, so far. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async write(piece: Uint8Array): Promise<void> {
    await atSpool(async () => (await this.#openBody()).write(piece));
    this.#sizeBytes += piece.length;
  }

  /** The body is whole. */
  async finish(): Promise<void> {
    await atSpool(async () => (await this.#openBody()).finish());
    // From here on it is not discarded, but removed.
    this.#body = undefined;
  }

  /** Reads the body back. */
  readBack(): Promise<AsyncIterable<Uint8Array>> {
    return atSpool(() => this.#spool.open(bodyOf(this.#id)));
  }

  /** Writes what stands around the body: from here on there is a file. @param check - throws where there is to be none */
  writeEnds(closed: Closed, check: () => void): Promise<void> {
    return atSpool(async () => {
      const ends = await this.#spool.create(endsOf(this.#id));
      try {
        for (const piece of writeEnds(closed)) await ends.write(piece);
        check();
        await ends.finish();
        check();
      } catch (error) {
        await ends.discard();
        throw error;
      }
    });
  }

  /** Nothing remains. */
  remove(): Promise<void> {
    return atSpool(async () => {
      const body = await this.#body?.catch(() => undefined);
      await body?.discard();
      await removeSealed(this.#spool, this.#id);
    });
  }

  #openBody(): Promise<SpoolWriter> {
    this.#body ??= this.#spool.create(bodyOf(this.#id));
    return this.#body;
  }
}

async function atSpool<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isGarimError(error) ? error : spoolFailed(error);
  }
}

function spoolFailed(cause: unknown): GarimError {
  return new GarimError(
    "ERR_GARIM_WORKBOOK_SPOOL",
    "The spool does not take or give the file (see cause): the file was given up and what there was of it removed. Check its disk or store.",
    cause,
  );
}
