/** The codes of the union in `packages/policy/src/error.ts`. */
export function readCodes(source: string): readonly string[] {
  return [...source.matchAll(/^\s*\| "(ERR_GARIM_\w+)"/gm)].map(([, code = ""]) => code);
}

/** Codes no source raises: dead ones, which docs would promise in vain. Only a quoted code raises; a comment does not. */
export function findUnraised(codes: readonly string[], sources: readonly string[]): readonly string[] {
  const all = sources.join("\n");
  return codes.filter((code) => !all.includes(`"${code}"`));
}
