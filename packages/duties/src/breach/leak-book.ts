import { createHash } from "node:crypto";
import type { AccessAction, Detail } from "@garim/audit";
import type { Policy } from "@garim/policy";
import { type Keeper, nameOf, type Tell } from "../on-record.ts";
import type { DutyDatabase } from "../store/database.ts";
import type { Room } from "../store/room.ts";
import type { FiledLeak, LeakDeed } from "./leak.ts";
import type { LeakHost } from "./leak-host.ts";

/** What is done to a leak, as it goes on record. */
export interface LeakAct {
  readonly action: AccessAction;
  readonly detail: Detail;
  readonly keeper: Keeper;
}

/** The leaks on file. What is decided of one stands in the log first, with the hash of the whole leak as it is then. */
export interface LeakBook {
  get(id: string): FiledLeak | undefined;
  all(): readonly FiledLeak[];
  add(leak: FiledLeak, detail: Detail, keeper: Keeper): Promise<FiledLeak>;
  /**
   * Changes one that is not closed; `null` where there is none.
   *
   * @param decide - gives `null` to leave it as it is, and then nothing goes on record. It may run twice
   */
  change(id: string, act: LeakAct, decide: (leak: FiledLeak) => FiledLeak | null): Promise<FiledLeak | null>;
  /** Notes what is on record already, also of one that is closed. */
  note(id: string, decide: (leak: FiledLeak) => FiledLeak | null): Promise<FiledLeak | null>;
}

/** What the parts of the breach desk work with. */
export interface LeakGround {
  readonly book: LeakBook;
  readonly host: LeakHost | undefined;
  readonly database: DutyDatabase;
  readonly policy: Policy;
  readonly clock: () => number;
  readonly tell: Tell;
}

export function createLeakBook(room: Room<FiledLeak>, tell: Tell): LeakBook {
  const record = (leak: FiledLeak, { action, detail, keeper }: LeakAct): Promise<unknown> =>
    tell(keeper, { action, detail: { leak: leak.id, ...detail, entry: sha256(JSON.stringify(leak)) } });

  return {
    get: (id) => room.get(id),
    all: () => room.values(),
    async add(leak, detail, keeper) {
      await record(leak, { action: "open-breach", detail, keeper });
      await room.change(leak.id, () => leak);
      return leak;
    },
    async change(id, act, decide) {
      const known = room.get(id);
      if (known === undefined || known.closed !== null) return null;
      const next = decide(known);
      if (next === null) return known;
      await record(next, act);
      // Somebody else may have changed it meanwhile: it is decided anew on what is there.
      const changed = await room.change(id, (leak) =>
        leak === undefined || leak.closed !== null ? null : decide(leak),
      );
      return changed ?? null;
    },
    async note(id, decide) {
      return (await room.change(id, (leak) => (leak === undefined ? null : decide(leak)))) ?? null;
    },
  };
}

/** Says on file who did something, and when. */
export function deedOf(keeper: Keeper, at: number, note: string | null): LeakDeed {
  return { at, by: nameOf(keeper), note };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
