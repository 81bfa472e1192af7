/** A step of the story that was not as it should be. */
export class NotSo extends Error {}

/** Tells the story step by step, and remembers whether all of it was so. */
export interface Teller {
  /** Plays one step; what it returns is shown beside its title. */
  step<T>(title: string, play: () => Promise<T>, show?: (result: T) => string): Promise<T>;
}

export function createTeller(write: (line: string) => void): Teller {
  let count = 0;
  return {
    async step(title, play, show) {
      count += 1;
      try {
        const result = await play();
        write(`  ✓ ${count}. ${title}${show === undefined ? "" : `\n       ${show(result)}`}`);
        return result;
      } catch (error) {
        write(`  ✗ ${count}. ${title}`);
        throw error;
      }
    },
  };
}

/** @throws NotSo where the condition does not hold, with what was seen instead */
export function expect(isSo: boolean, seen: unknown): asserts isSo {
  if (!isSo) throw new NotSo(`not so; seen: ${JSON.stringify(seen)}`);
}
