/** Names that would clash with the module's imports, or that no constant may have. */
const TAKEN: ReadonlySet<string> = new Set(
  `schema open pii subject union answer await break case catch class const continue debugger default delete do else enum export
  extends false finally for function if implements import in instanceof interface let new null package private protected public
  return static super switch this throw true try typeof var void while with yield eval arguments undefined`.split(
    /\s+/,
  ),
);
const GENERIC =
  /^(?:data|results?|response|body|payload|contents?|items?|list|rows?|records?|page|데이터|결과|응답|목록|내용|)$/i;
const LONGEST_NAME = 64;

/** Names records after what the document calls them, else after the list they stand in; each name once. */
export function makeNamer(first?: string): (title: string | undefined, list: string) => string {
  const given = new Set<string>();
  return (title, list) => {
    const wanted = given.size === 0 && first !== undefined ? first : nameOf(title ?? list);
    let name = wanted;
    for (let i = 2; given.has(name); i++) name = `${wanted}${i}`;
    given.add(name);
    return name;
  };
}

function nameOf(words: string): string {
  if (GENERIC.test(words)) return "record";
  const name = toIdentifier(singular(words));
  return isRecordName(name) ? name : "record";
}

/** Whether a name can be a schema's and its constant's. */
export function isRecordName(name: string): boolean {
  return (
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name.length <= LONGEST_NAME && !TAKEN.has(name)
  );
}

function singular(word: string): string {
  if (word.endsWith("목록")) return word.slice(0, -2).trimEnd();
  if (/ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  return /[^s]s$/i.test(word) ? word.slice(0, -1) : word;
}

function toIdentifier(words: string): string {
  const joined = words
    .split(/[^\p{L}\p{N}]+/u)
    .map((word, i) => (i === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join("");
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
}
