import { posix } from "node:path";
import { type Document, withoutBlocks } from "./document.ts";

const LINK = /\]\((?<inline>[^()\s]+(?:\([^()]*\))?)(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(?<defined>\S+)/gm;

/**
 * Finds relative links that lead nowhere, to a missing file or to a heading that is not there.
 *
 * @param isThere - whether the workspace has a file or folder
 * @returns one line a dead link
 */
export function findDeadLinks(
  document: Document,
  documents: readonly Document[],
  isThere: (path: string) => boolean,
): readonly string[] {
  return readLinks(document.text)
    .filter(({ target }) => !/^[a-z]+:/i.test(target) && !isAlive(target, document, documents, isThere))
    .map(({ target, line }) => `${document.path}:${line} links to ${target}, which is not there`);
}

function readLinks(text: string): readonly { target: string; line: number }[] {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, (code) => " ".repeat(code.length));
  return [...prose.matchAll(LINK)].map((match) => ({
    target: match.groups?.["inline"] ?? match.groups?.["defined"] ?? "",
    line: prose.slice(0, match.index).split("\n").length,
  }));
}

function isAlive(
  target: string,
  document: Document,
  documents: readonly Document[],
  isThere: (path: string) => boolean,
): boolean {
  const [file = "", heading] = decodeURI(target).split("#");
  const path = file === "" ? document.path : posix.join(posix.dirname(document.path), file);
  if (path.startsWith("..") || !isThere(path)) return false;
  const other = documents.find((one) => one.path === path);
  return heading === undefined || other === undefined || anchorsOf(other.text).has(heading);
}

/** The anchors GitHub gives to a document's headings; a repeated one gets a number. */
function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const headings = [...withoutBlocks(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)];
  return new Set(
    headings.map(([, heading = ""]) => {
      const anchor = heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/\s/g, "-");
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}
