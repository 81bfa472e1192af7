import type { LogEntry } from "../access.ts";
import { weighEntry } from "./weight.ts";

/** A list, so that dropping the oldest of many costs nothing and what was taken is not held. */
interface Node {
  readonly entry: LogEntry;
  readonly sizeBytes: number;
  next: Node | undefined;
}

/** Entries that wait, oldest first, never more than its bounds. */
export class EntryQueue {
  readonly #maxRecords: number;
  readonly #maxBytes: number;
  #first: Node | undefined;
  #last: Node | undefined;
  #size = 0;
  #sizeBytes = 0;

  /** @param maxBytes - an entry that is larger waits alone */
  constructor(maxRecords: number, maxBytes: number) {
    this.#maxRecords = maxRecords;
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#size;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** @returns the oldest, which had to make room */
  push(entry: LogEntry): readonly LogEntry[] {
    const node: Node = { entry, sizeBytes: weighEntry(entry), next: undefined };
    if (this.#last === undefined) this.#first = node;
    else this.#last.next = node;
    this.#last = node;
    this.#size++;
    this.#sizeBytes += node.sizeBytes;
    return this.#isWithinBounds() ? [] : this.#makeRoom();
  }

  /** Takes the oldest off, at least one where there is one. */
  take(maxRecords: number, maxBytes: number): readonly LogEntry[] {
    const taken: LogEntry[] = [];
    let sizeBytes = 0;
    for (let node = this.#first; node !== undefined && taken.length < maxRecords; node = this.#first) {
      sizeBytes += node.sizeBytes;
      if (taken.length > 0 && sizeBytes > maxBytes) break;
      taken.push(this.#shift(node));
    }
    return taken;
  }

  #isWithinBounds(): boolean {
    return this.#size <= this.#maxRecords && this.#sizeBytes <= this.#maxBytes;
  }

  #makeRoom(): readonly LogEntry[] {
    const dropped: LogEntry[] = [];
    for (let node = this.#first; node?.next !== undefined && !this.#isWithinBounds(); node = this.#first)
      dropped.push(this.#shift(node));
    return dropped;
  }

  #shift(node: Node): LogEntry {
    this.#first = node.next;
    if (this.#first === undefined) this.#last = undefined;
    this.#size--;
    this.#sizeBytes -= node.sizeBytes;
    return node.entry;
  }
}
