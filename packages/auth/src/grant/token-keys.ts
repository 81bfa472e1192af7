import { generateKeyPairSync, randomBytes } from "node:crypto";
import { GarimError } from "@garim/policy";
import { openSecret, type SealedSecret, type SecretKeys, sealSecret } from "../factor/sealed-secret.ts";
import type { StateDatabase } from "../state/database.ts";
import { type RecordChange, toolChange } from "./change.ts";
import { GRANT_DEFAULTS } from "./defaults.ts";
import type { Follower } from "./follower.ts";
import { openMirror } from "./mirror.ts";
import type { SigningKey, TokenKey, TokenKeys } from "./token-key.ts";

export interface TokenKeysOptions {
  /** A pool or PGlite; the tables are made by the follower. */
  readonly database: StateDatabase;
  readonly follower: Follower;
  /** Encrypts the private halves. */
  readonly keys: SecretKeys;
  readonly record: RecordChange;
  /** UTC milliseconds; the system's clock if left out. */
  readonly clock?: () => number;
}

interface StoredKey extends TokenKey {
  /** `null` once it was retired. */
  readonly sealed: SealedSecret | null;
}

/** All keys are one entry: which of them signs can never be seen half changed. */
interface Ring {
  /** Newest first. */
  readonly keys: readonly StoredKey[];
}

const RING = "ring";
const EMPTY: Ring = { keys: [] };

/** Opens the keys of a deployment. None is made: `rotate` makes the first. */
export async function createTokenKeys(options: TokenKeysOptions): Promise<TokenKeys> {
  const { database, follower, keys, record, clock = Date.now } = options;
  const mirror = await openMirror<Ring>({ database, follower, room: "token-keys" });
  let opened: SigningKey | undefined;

  const ring = (): Ring => mirror.get(RING) ?? EMPTY;
  /** Opened once: the same object as long as the same key signs. */
  function open(key: StoredKey): SigningKey {
    if (key.sealed === null) throw noKey();
    if (opened?.kid === key.kid) return opened;
    const privateJwk = JSON.parse(openSecret(key.sealed, ownerOf(key.kid), keys));
    opened = { ...withoutSecret(key), privateJwk };
    return opened;
  }

  return {
    list: () => ring().keys.map(withoutSecret),
    async rotate({ owner, by, algorithm = "ES256" }) {
      if (owner.trim() === "") throw noOwner();
      const now = clock();
      const pair = makePair(algorithm, keys);
      await record(toolChange("rotate-key", by, now, { keyId: pair.kid, detail: { owner, algorithm } }));
      const { made } = await mirror.change(RING, (current = EMPTY) => {
        const made = { ...pair, owner, ...startOf(current, now) };
        return {
          made,
          next: { keys: [made, ...current.keys.map((key) => overlapped(key, made.signsFrom))] },
        };
      });
      return withoutSecret(made);
    },
    async retire(kid, by, why) {
      const { next } = await mirror.change(RING, (current = EMPTY) => {
        const isThere = current.keys.some((key) => key.kid === kid);
        return { next: isThere ? { keys: current.keys.map((key) => retired(key, kid, clock())) } : null };
      });
      const key = next?.keys.find((one) => one.kid === kid);
      if (key === undefined) return null;
      await record(toolChange("retire-key", by, clock(), { keyId: kid, detail: { owner: key.owner, why } }));
      return withoutSecret(key);
    },
    signing() {
      const now = clock();
      const live = ring().keys.filter((key) => isLiveAt(key, now));
      // The newest that every node knows; where there is no other, one that some may not know yet.
      const key = live.find((one) => one.signsFrom <= now) ?? live.at(-1);
      if (key === undefined) throw noKey();
      return open(key);
    },
    isLive(kid) {
      const now = clock();
      return ring().keys.some((key) => key.kid === kid && isLiveAt(key, now));
    },
    publicSet() {
      const now = clock();
      return {
        keys: ring()
          .keys.filter((key) => isLiveAt(key, now))
          .map(({ publicJwk }) => publicJwk),
      };
    },
  };
}

type Pair = Pick<StoredKey, "kid" | "algorithm" | "publicJwk" | "sealed">;

function makePair(algorithm: TokenKey["algorithm"], keys: SecretKeys): Pair {
  const kid = `token-${randomBytes(9).toString("base64url")}`;
  const { publicKey, privateKey } =
    algorithm === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("ed25519");
  const name = { kid, alg: algorithm, use: "sig" };
  const privateJwk = { ...privateKey.export({ format: "jwk" }), ...name };
  const publicJwk = { ...publicKey.export({ format: "jwk" }), ...name };
  return { kid, algorithm, publicJwk, sealed: sealSecret(JSON.stringify(privateJwk), ownerOf(kid), keys) };
}

/** The first key of all signs at once: there is none that could until then. */
function startOf(
  { keys }: Ring,
  now: number,
): Pick<StoredKey, "madeAt" | "signsFrom" | "endsAt" | "retiredAt"> {
  const hasOther = keys.some((key) => isLiveAt(key, now));
  const signsFrom = hasOther ? now + GRANT_DEFAULTS.keyLeadMs : now;
  return { madeAt: now, signsFrom, endsAt: null, retiredAt: null };
}

function overlapped(key: StoredKey, newerSignsFrom: number): StoredKey {
  return key.endsAt === null ? { ...key, endsAt: newerSignsFrom + GRANT_DEFAULTS.keyOverlapMs } : key;
}

function retired(key: StoredKey, kid: string, now: number): StoredKey {
  if (key.kid !== kid) return key;
  return { ...key, retiredAt: key.retiredAt ?? now, sealed: null };
}

function isLiveAt({ retiredAt, endsAt }: TokenKey, now: number): boolean {
  return retiredAt === null && (endsAt === null || now < endsAt);
}

function withoutSecret({ sealed: _, ...key }: StoredKey): TokenKey {
  return key;
}

/** Bound to what it is, too: an account's secret is never opened as a key. */
function ownerOf(kid: string): string {
  return JSON.stringify(["token-key", kid]);
}

function noKey(): GarimError {
  return new GarimError(
    "ERR_GARIM_KEYS_MISSING",
    'No key signs tools\' tokens. Make one: garim keys rotate --kind tokens --owner "platform team"',
  );
}

function noOwner(): GarimError {
  return new GarimError(
    "ERR_GARIM_OPTION_INVALID",
    'A key needs an owner who answers for it; write owner: "platform team"',
  );
}
