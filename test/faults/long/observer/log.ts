import { createHmac } from "node:crypto";
import {
  createLogReader,
  type LogDatabase,
  type LogEntry,
  type LogReader,
  type Page,
  type PseudonymKeys,
} from "@garim/audit";
import { subject } from "@garim/policy";
import { buyerOf, recipientOf } from "../orders.ts";
import type { Held } from "./answers.ts";
import type { Breach } from "./breach.ts";

const PAGE = 1_000;
/** Names are kept so long: an answer is told of after its record was read. */
const KEPT = 200_000;

/** Follows the log past the nodes, and looks for what left in it. */
export class LogObserver {
  readonly breaches: Breach[] = [];
  /** Log-ins proved, by person: a code that worked twice shows here even where an answer was lost. */
  readonly proofs = new Map<string, number>();
  readonly #database: LogDatabase;
  readonly #keys: PseudonymKeys;
  readonly #reader: LogReader;
  /** Pseudonyms of each record, or of all records of one name of a tool's request. */
  readonly #found = new Map<string, Set<string>>();
  readonly #missing: string[] = [];
  #last = 0;

  private constructor(database: LogDatabase, keys: PseudonymKeys, reader: LogReader) {
    this.#database = database;
    this.#keys = keys;
    this.#reader = reader;
  }

  static async open(database: LogDatabase, keys: PseudonymKeys): Promise<LogObserver> {
    return new LogObserver(database, keys, await createLogReader({ database, keys }));
  }

  /** What was not there when it was looked for; some of it may have come later, which is as bad. */
  listMissing(): readonly Breach[] {
    return this.#missing.map((name) => ({
      check: "unrecorded",
      what: `${name} was not in the log when its answer had come, and ${this.#found.has(name) ? "is" : "is not"} at the end`,
    }));
  }

  /** The place of the last record that was read. */
  get last(): number {
    return this.#last;
  }

  /** Reads what was added and looks for what is held: all of it was acknowledged before, so it must be there. */
  async look(held: readonly Held[]): Promise<void> {
    await this.#readOn();
    for (const one of held) this.#match(one);
    this.#forget();
  }

  async #readOn(): Promise<void> {
    const { rows } = await this.#database.query("select size::text from garim.log_head", []);
    const end = Number((rows as { readonly size: string }[])[0]?.size ?? 0);
    const entries: LogEntry[] = [];
    for (let before: number | null = end + 1; before !== null && before > this.#last + 1; ) {
      const page: Page = await this.#reader.find({}, { limit: PAGE, before });
      for (const { seq, why } of page.damaged) this.#breach(`record ${seq}: ${why}`);
      entries.push(...page.entries.filter(({ seq }) => seq > this.#last));
      before = page.next;
    }
    for (const entry of entries.reverse()) this.#read(entry);
  }

  #read({ seq, id, access }: LogEntry): void {
    if (seq !== this.#last + 1) this.#breach(`record ${seq} follows ${this.#last}`);
    this.#last = seq;
    const subjects = access.records.flatMap((record) => record.subjects.map(({ hex }) => hex));
    this.#found.set(id, new Set(subjects));
    const trace = access.detail?.["trace"];
    if (typeof trace === "string")
      this.#found.set(trace, new Set([...(this.#found.get(trace) ?? []), ...subjects]));
    if (access.action === "step-up" && access.outcome === "done")
      this.proofs.set(access.actor.id, (this.proofs.get(access.actor.id) ?? 0) + 1);
  }

  #match({ record, orders }: Held): void {
    const subjects = this.#found.get(record);
    if (subjects === undefined) return void this.#missing.push(record);
    const missing = orders.filter((order) => !this.#subjectsOf(order).every((hex) => subjects.has(hex)));
    if (missing.length > 0)
      this.breaches.push({ check: "unrecorded", what: `${record} does not name ${missing.join(" ")}` });
  }

  /** Written down from the README of the log, so that it shares no code with what it looks at. */
  #subjectsOf(order: number): readonly string[] {
    const key = this.#keys.all(Date.now())[0]?.key ?? new Uint8Array();
    return [subject.buyer(buyerOf(order)), subject.phone(recipientOf(order).phone)].map(({ type, id }) =>
      createHmac("sha256", key).update(`garim/subject/v1\0${type}\0${id}`).digest("hex").slice(0, 32),
    );
  }

  #breach(what: string): void {
    this.breaches.push({ check: "log", what });
  }

  #forget(): void {
    for (const name of this.#found.keys()) {
      if (this.#found.size <= KEPT) return;
      this.#found.delete(name);
    }
  }
}
