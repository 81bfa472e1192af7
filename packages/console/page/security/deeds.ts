import { api } from "../kit/api.ts";
import { askFirst, askText } from "../kit/dialog.tsx";
import type { Factor } from "../second-factor/factors.ts";
import { say } from "./words.ts";

/** Asks for another name, and gives it. */
export async function renameFactor({ id, name }: Factor, done: () => void): Promise<void> {
  const given = await askText({
    title: say.rename,
    label: say.name,
    deed: say.rename,
    value: name,
    maxLength: 64,
  });
  if (given === undefined) return;
  await api("PATCH", pathOf(id), { name: given });
  done();
}

/** Asks whether it shall be, and removes it. */
export async function removeFactor({ id, name }: Factor, done: () => void): Promise<void> {
  const isSure = await askFirst({
    title: `${say.remove}: ${name}`,
    text: say.removeDoes,
    deed: say.remove,
    kind: "danger",
  });
  if (!isSure) return;
  await api("DELETE", pathOf(id));
  done();
}

function pathOf(id: string): string {
  return `factors/${encodeURIComponent(id)}`;
}
