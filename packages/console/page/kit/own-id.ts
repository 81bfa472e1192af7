import { useState } from "preact/hooks";

let last = 0;

/** An id no other element of the page has. Preact's own `useId` counts within a tree, and each dialog is a tree of its own. */
export function useOwnId(): string {
  const [id] = useState(() => `own-${++last}`);
  return id;
}
