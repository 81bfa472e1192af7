/** A value in which one thing is another, and where. */
export interface Flip {
  readonly changed: unknown;
  readonly where: string;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * A JSON value once for each byte in it, that byte being another: of base64 the bytes it stands for, of other texts those of its
 * UTF-8. Numbers are one more, and one less.
 */
export function* flips(value: unknown, where = ""): Generator<Flip> {
  if (typeof value === "number") {
    for (const changed of [value + 1, value - 1]) yield { changed, where };
  } else if (typeof value === "string") {
    yield* flipText(value, where);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value))
      for (const flip of flips(member, `${where}/${name}`)) {
        const whole = Array.isArray(value) ? [...value] : { ...value };
        yield { ...flip, changed: Object.assign(whole, { [name]: flip.changed }) };
      }
  }
}

function* flipText(text: string, where: string): Generator<Flip> {
  const encoding = text.length > 8 && BASE64.test(text) ? "base64" : "utf8";
  const bytes = Buffer.from(text, encoding);
  for (let i = 0; i < bytes.length; i++) {
    const other = Buffer.from(bytes);
    // Each byte by another of its bits.
    other[i] = (other[i] ?? 0) ^ (1 << (i % 8));
    yield { changed: other.toString(encoding), where: `${where}[${i}]` };
  }
}
