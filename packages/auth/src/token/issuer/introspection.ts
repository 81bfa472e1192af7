import { hash, randomUUID } from "node:crypto";
import { SignJWT } from "jose/jwt/sign";
import { importJWK } from "jose/key/import";
import { LRUCache } from "lru-cache";
import { stateUnavailable } from "../../state/store.ts";
import type { VerifiedToken } from "../token.ts";
import { type JsonFailure, readJson } from "./read-json.ts";

/** Where an issuer tells whether its tokens still live (RFC 7662), and how this deployment proves itself there. */
export interface IntrospectionEndpoint {
  /** An https address; http on the loopback alone. */
  readonly endpoint: string;
  /** This deployment, as a client of the issuer. */
  readonly clientId: string;
  /** Sent as `client_secret_basic`; one of both. */
  readonly clientSecret?: string;
  /** A private JWK with `kid` and `alg`, for `private_key_jwt`: its assertions are for the issuer alone, for a minute. */
  readonly privateKey?: Readonly<Record<string, unknown>>;
}

export interface IntrospectionOptions extends IntrospectionEndpoint {
  /** The `iss` of the tokens. */
  readonly issuer: string;
  /** Told why the issuer could not be asked. Must not throw. */
  readonly onFailure?: (failure: JsonFailure) => void;
  /** Milliseconds that never go back; `performance.now` if left out. */
  readonly monotonic?: () => number;
}

/** Asks an issuer about tokens of its own. */
export interface Introspection {
  /**
   * Whether a token lives, by an answer that was asked for within the last second. That it does not is never remembered.
   *
   * @param text - as it came; sent to the issuer and nowhere else
   * @throws GarimError `ERR_GARIM_STATE_UNAVAILABLE` where the issuer cannot be asked, or answers what is none
   */
  isActive(text: string, token: VerifiedToken): Promise<boolean>;
}

/** How long an answer is used, counted from when it was asked for; and how long the issuer is waited for, so that none is older. */
const ANSWER_MS = 1_000;
const ENTRIES = 10_000;
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

interface Held {
  readonly askedAt: number;
  readonly answer: Promise<boolean>;
}

/** Makes the side of this node. @source RFC 7662 */
export function createIntrospection(options: IntrospectionOptions): Introspection {
  const { endpoint, issuer, onFailure = () => undefined, monotonic = () => performance.now() } = options;
  const held = new LRUCache<string, Held>({ max: ENTRIES });
  const prove = createProof(options);

  async function ask(text: string, token: VerifiedToken): Promise<boolean> {
    const { headers, form } = await prove();
    const body = new URLSearchParams({ token: text, token_type_hint: "access_token", ...form });
    const request = { method: "POST", headers: { accept: "application/json", ...headers }, body };
    const read = await readJson(endpoint, request, ANSWER_MS);
    if (read.kind === "document") return readAnswer(read.value, token, issuer);
    onFailure(read);
    throw cannotAsk(issuer, read);
  }

  return {
    async isActive(text, token) {
      const name = hash("sha256", text, "base64url");
      const known = held.get(name);
      if (known !== undefined && monotonic() - known.askedAt < ANSWER_MS) return await known.answer;
      const asked: Held = { askedAt: monotonic(), answer: ask(text, token) };
      held.set(name, asked);
      const forget = (): void => {
        if (held.get(name) === asked) held.delete(name);
      };
      try {
        const isActive = await asked.answer;
        if (!isActive) forget();
        return isActive;
      } catch (error) {
        forget();
        throw error;
      }
    },
  };
}

/** What an answer says of the token must be what the token says of itself: else it is about another. */
function readAnswer(answer: unknown, token: VerifiedToken, issuer: string): boolean {
  const { active, client_id: clientId, iss, jti, sub } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof active !== "boolean")
    throw stateUnavailable(
      `The introspection endpoint of ${issuer} did not say whether the token is active. Check its address.`,
    );
  const isOf = (said: unknown, own: string): boolean => said === undefined || said === own;
  const isSame =
    isOf(clientId, token.clientId) && isOf(iss, issuer) && isOf(jti, token.id) && isOf(sub, token.subject);
  return active && isSame;
}

interface ClientProof {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

function createProof({
  clientId,
  clientSecret,
  privateKey,
  issuer,
}: IntrospectionOptions): () => Promise<ClientProof> {
  if (privateKey === undefined) {
    const pair = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret ?? "")}`;
    const headers = { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
    return async () => ({ headers, form: {} });
  }
  const { alg, kid } = privateKey;
  const key = importJWK({ ...privateKey }, String(alg)).catch((cause: unknown) => {
    throw unreadableKey(issuer, cause);
  });
  // Said by whoever asks first; nobody waits for it before.
  key.catch(() => undefined);
  return async () => {
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: String(alg), kid: String(kid) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(issuer)
      .setIssuedAt()
      .setExpirationTime("1 minute")
      .sign(await key);
    const form = { client_id: clientId, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
    return { headers: {}, form };
  };
}

function unreadableKey(issuer: string, cause: unknown): Error {
  return stateUnavailable(
    `The issuer ${issuer} could not be asked whether a token lives: introspection.privateKey cannot be read (see cause). Give it as a private JWK with kid and alg.`,
    cause,
  );
}

function cannotAsk(issuer: string, { fault, status }: JsonFailure): Error {
  const seen = status === null ? fault : `${fault}, ${status}`;
  return stateUnavailable(
    `The issuer ${issuer} could not be asked whether a token lives (${seen}), so the token was not used. Check its introspection endpoint, and this deployment's credentials there.`,
  );
}
