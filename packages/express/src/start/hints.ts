import { openRedisHints, type RedisClient, type RedisHints } from "@garim/auth";

/** Nodes tell each other that grants or tools changed, where there is a Redis; without one each finds out by itself. */
export interface Hints {
  /** Tells the other nodes. Never throws. */
  readonly tell: () => void;
  /** Says what is to be done where another node told. */
  hear(react: () => void): void;
  close(): void;
}

/** Opens hints; the part that listens is made as soon as somebody wants to hear. */
export function openHints(redis: RedisClient | undefined): Hints {
  let opened: Promise<RedisHints> | undefined;
  const withOpened = (use: (hints: RedisHints) => void): void => void opened?.then(use, () => undefined);
  return {
    tell: () => withOpened((hints) => hints.tell()),
    hear(react) {
      if (redis !== undefined) opened ??= openRedisHints(redis, react);
    },
    close: () => withOpened((hints) => hints.close()),
  };
}
