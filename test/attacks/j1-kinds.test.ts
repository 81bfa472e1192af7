import { createPublicKey } from "node:crypto";
import { createTokenVerifier } from "@garim/auth";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import {
  API,
  ISSUER,
  type Members,
  NOON_SECONDS,
  someIssuer,
  trust,
} from "../../packages/auth/test/tokens.ts";

/** One issuer and one key for all kinds: nothing but the type and the audience tells them apart. */
const issuer = someIssuer();
const options = trust(issuer);
const ours = createTokenVerifier(options);
const key = createPublicKey(issuer.privateKey);

interface Kind {
  readonly name: string;
  readonly header: Members;
  readonly claims: Members;
  /** Whether the verifier of this kind takes a token. Ours is the first; jose stands for those of other parties. */
  verify(token: string): Promise<boolean>;
}

function otherKind(name: string, typ: string, audience: string): Kind {
  const checks = { issuer: ISSUER, typ, audience, currentDate: new Date(options.clock()) };
  return {
    name,
    header: { typ },
    claims: { aud: audience },
    verify: (token) =>
      jwtVerify(token, key, checks).then(
        () => true,
        () => false,
      ),
  };
}

const KINDS: readonly Kind[] = [
  {
    name: "access token",
    header: { typ: "at+jwt" },
    claims: { aud: API },
    verify: async (token) => (await ours.verify(token)).kind === "token",
  },
  otherKind("id token", "JWT", "tool-1"),
  otherKind("step-up proof", "garim-step-up+jwt", "https://market.example/privacy"),
];

const cells = KINDS.flatMap((made) => KINDS.map((asked) => [made.name, asked.name, made, asked] as const));

describe("[J2] a token of one kind at the verifier of another", () => {
  it.each(cells)("[V9.2.2] [V9.2.4] %s at the verifier of the %s", async (_, __, made, asked) => {
    expect(await asked.verify(issuer.mint(made.claims, made.header))).toBe(made === asked);
  });

  it.each(KINDS.slice(1))(
    "is refused for its type alone, its audience being ours: $name",
    async ({ header }) => {
      expect(await ours.verify(issuer.mint({}, header))).toMatchObject({
        reason: "token-other-use",
        fault: "type",
      });
    },
  );

  it.each(KINDS.slice(1))(
    "is refused for its audience alone, its type being ours: $name",
    async ({ claims }) => {
      expect(await ours.verify(issuer.mint(claims))).toMatchObject({
        reason: "token-other-use",
        fault: "audience",
      });
    },
  );
});

/** The order of P-256: a signature (r, s) is as good as (r, n - s). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature of the same token, which anybody can make without the key. */
function twinOf(token: string): string {
  const at = token.lastIndexOf(".") + 1;
  const signature = Buffer.from(token.slice(at), "base64url");
  const s = BigInt(`0x${signature.toString("hex", 32)}`);
  const other = (ORDER - s).toString(16).padStart(64, "0");
  return (
    token.slice(0, at) +
    Buffer.concat([signature.subarray(0, 32), Buffer.from(other, "hex")]).toString("base64url")
  );
}

describe("[J3] a revoked token", () => {
  function startNodes() {
    const revoked = new Set<unknown>();
    const isLive = ({ id }: { readonly id: string }) => !revoked.has(id);
    return { revoked, nodes: [1, 2].map(() => createTokenVerifier({ ...options, isLive })) };
  }

  it("is refused on both nodes, remembered or not, and so is its twin of (r, n - s)", async () => {
    const { revoked, nodes } = startNodes();
    const token = issuer.mint({ exp: NOON_SECONDS + 60 });
    const texts = [token, twinOf(token)];
    for (const text of texts)
      expect(await nodes[0]?.verify(text)).toMatchObject({ kind: "token", id: "token-1" });
    revoked.add("token-1");
    for (const node of nodes)
      for (const text of texts) expect(await node.verify(text)).toMatchObject({ reason: "token-revoked" });
  });

  it("has no other text that gets through: each letter of a token matters", async () => {
    const token = issuer.mint();
    for (let at = 0; at < token.length; at++) {
      const letter = token[at] === "A" ? "B" : "A";
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      expect(await ours.verify(changed)).toMatchObject({ reason: "token-invalid" });
    }
  });
});
