/** Rows as a handler gives them: a list, a generator, a stream of objects. */
export type RowSource = Iterable<unknown> | AsyncIterable<unknown>;

/** Rows that are handed on together. */
export interface PagePace {
  readonly most: number;
  /** Milliseconds after which those that came are handed on, though more might come. */
  readonly longestMs: number;
}

/** Whether a value can be gone through. */
export function isRowSource(value: unknown): value is RowSource {
  if (typeof value !== "object" || value === null) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}

/**
 * Hands a source on in pages. Whoever stops asking closes it.
 *
 * @param stop - from then on the source is not waited for: the pages end with the signal's reason
 */
export async function* pagesOf(
  source: RowSource,
  { most, longestMs }: PagePace,
  stop: AbortSignal,
): AsyncGenerator<readonly unknown[], void> {
  const rows = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const orStopped = stoppable(stop);
  let isOver = false;
  try {
    let page: unknown[] = [];
    let begunAt = 0;
    for (;;) {
      const given = rows.next();
      const next = given instanceof Promise ? await orStopped(given) : await given;
      if (next.done === true) break;
      if (page.length === 0) begunAt = performance.now();
      page.push(next.value);
      if (page.length < most && performance.now() - begunAt < longestMs) continue;
      yield page;
      page = [];
    }
    isOver = true;
    if (page.length > 0) yield page;
  } finally {
    // Not awaited: a source that hangs would hold up the end.
    if (!isOver) Promise.resolve(rows.return?.()).catch(() => undefined);
  }
}

/** One listener for all rows: a race with the signal would keep something of each row until the end. */
function stoppable(stop: AbortSignal): <T>(work: Promise<T>) => Promise<T> {
  let tell: (reason: unknown) => void = () => undefined;
  stop.addEventListener("abort", () => tell(stop.reason), { once: true });
  return (work) =>
    new Promise((resolve, reject) => {
      if (stop.aborted) reject(stop.reason);
      tell = reject;
      work.then(resolve, reject);
    });
}
