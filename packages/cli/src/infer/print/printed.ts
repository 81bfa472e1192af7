import type { Path } from "../draft.ts";

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** What an editor does not show, or shows as a line of its own: a name must not end its comment or its string unseen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/** Joiners may stand in identifiers, and nobody would see them there. */
function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && escapeUnseen(name) === name;
}

/** A text as a TypeScript string. */
export function printText(text: string): string {
  return escapeUnseen(JSON.stringify(text));
}

/** A member's name in an object literal. */
export function printKey(name: string): string {
  return isIdentifier(name) ? name : printText(name);
}

/** Reads a member of the record `o`: `o.buyer?.name`. */
export function printPath(path: Path): string {
  return path.reduce((text, name, i) => text + printStep(name, i > 0), "o");
}

function printStep(name: string, isNested: boolean): string {
  if (isIdentifier(name)) return `${isNested ? "?" : ""}.${name}`;
  return `${isNested ? "?." : ""}[${printText(name)}]`;
}

/** A reason as a comment of one line. */
export function printMark(isSure: boolean, why: string): string {
  return escapeUnseen(`// ${isSure ? "sure" : "CHECK"}: ${why}`);
}

function escapeUnseen(text: string): string {
  return text.replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${hex(character.charCodeAt(i))}`).join(""),
  );
}

function hex(unit: number): string {
  return unit.toString(16).padStart(4, "0");
}
