import type { JSX } from "preact";
import type { Actor } from "./entry.ts";
import type { LogWords } from "./words.ts";

interface ActorNameProps {
  readonly actor: Actor;
  readonly words: LogWords;
}

/** Who acted, and for whom. */
export function ActorName({ actor: { id, kind, sellerId }, words }: ActorNameProps): JSX.Element {
  return (
    <>
      {id}
      <small class="soft">
        {words.actors[kind] ?? kind}
        {sellerId !== null && ` · ${sellerId}`}
      </small>
    </>
  );
}
