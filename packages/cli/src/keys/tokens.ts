import { accessOfAsker, createAccessLog, openKeyFile } from "@garim/audit";
import { createFollower, createTokenKeys, type TokenKey, type TokenKeys, type Worker } from "@garim/auth";
import { askerOf, underPolicy } from "../ask/asker.ts";
import { withLog } from "../connect/with-log.ts";
import { inputInvalid } from "../input-error.ts";
import type { Column } from "../output/column.ts";
import { writeDocument } from "../output/document.ts";
import { writeList } from "../output/list.ts";
import type { VerbContext } from "../verb/context.ts";
import type { KeysListOptions, TokenKeyOptions } from "./command.ts";
import { findKeyFile } from "./place.ts";

/** The keys of tools' tokens, and who changes them. */
interface Opened {
  readonly keys: TokenKeys;
  readonly by: Worker;
}

const DAY = 86_400_000;

/** Runs `garim keys list --kind tokens`. */
export async function runTokenList(options: KeysListOptions, context: VerbContext): Promise<void> {
  const { terminal } = context;
  const now = terminal.now();
  const listed = await withTokenKeys("keys list", { ...options, as: "garim" }, context, async ({ keys }) =>
    keys.list().map((key) => listingOf(key, keys.isLive(key.kid), now)),
  );
  await writeList(terminal, COLUMNS, listed, options);
}

/** Runs `garim keys rotate --kind tokens`. */
export async function runTokenRotate(options: TokenKeyOptions, context: VerbContext): Promise<void> {
  const { owner = "", algorithm = "ES256" } = options;
  if (owner.trim() === "")
    throw inputInvalid('A key of tokens needs somebody who answers for it; write --owner "platform team"');
  const made = await withTokenKeys("keys rotate", options, context, ({ keys, by }) =>
    keys.rotate({ owner, by, algorithm }),
  );
  const { kid, signsFrom, publicJwk } = made;
  const told = { made: { kind: "tokens", id: kid, owner, algorithm, publicJwk } };
  await writeDocument(context.terminal, told, options, () => [
    `made tokens ${kid}: it signs from ${new Date(signsFrom).toISOString()} on, on every node; the one before verifies ten minutes longer`,
  ]);
}

/** Runs `garim keys retire ID --kind tokens`. */
export async function runTokenRetire(
  id: string,
  options: TokenKeyOptions,
  context: VerbContext,
): Promise<void> {
  const retired = await withTokenKeys("keys retire", options, context, ({ keys, by }) =>
    keys.retire(id, by, options.why ?? ""),
  );
  if (retired === null)
    throw inputInvalid(`There is no key of tokens ${id}; garim keys list --kind tokens shows them`);
  const told = { kind: "tokens", id, retiredAt: retired.retiredAt };
  await writeDocument(context.terminal, told, options, () => [
    `the key ${id} is retired: every token it signed is dead on every node within a second`,
    "make sure that another one signs: garim keys list --kind tokens",
  ]);
}

/** Opens the keys where the tokens are issued. Every change of them stands in the access log. */
async function withTokenKeys<T>(
  verb: string,
  options: TokenKeyOptions | (KeysListOptions & { readonly as: string }),
  context: VerbContext,
  run: (opened: Opened) => Promise<T>,
): Promise<T> {
  const { terminal } = context;
  const asked = askerOf(verb, options.as, terminal);
  const asker = { ...asked, actor: { ...asked.actor, kind: "operator" } } as const;
  const path = await findKeyFile(options, terminal);
  const file = openKeyFile(path, { isProduction: false, onFault: ({ message }) => terminal.say(message) });
  return await withLog(context, options, { mode: "write" }, async (database, { config }) => {
    const log = await createAccessLog({ database, keys: file.subjects });
    const follower = await createFollower({ database });
    const who = underPolicy(asker, config);
    try {
      const keys = await createTokenKeys({
        database,
        follower,
        keys: file.secrets,
        record: ({ action, keyId, detail, at }) =>
          log.append(accessOfAsker(who, { action, ...(keyId === null ? {} : { key: keyId }), detail }, at)),
        clock: () => terminal.now(),
      });
      return await run({ keys, by: { kind: "operator", id: asked.actor.id, sellerId: null } });
    } finally {
      await follower.close();
      await log.close();
    }
  });
}

interface TokenKeyListing {
  readonly kind: "tokens";
  readonly id: string;
  readonly state: "in-use" | "ended" | "retired";
  readonly algorithm: string;
  readonly made: string;
  readonly ageDays: number;
  readonly owner: string;
}

function listingOf(key: TokenKey, isLive: boolean, now: number): TokenKeyListing {
  const { kid: id, algorithm, madeAt, owner, retiredAt } = key;
  const state = isLive ? "in-use" : retiredAt === null ? "ended" : "retired";
  const ageDays = Math.floor((now - madeAt) / DAY);
  return { kind: "tokens", id, state, algorithm, made: new Date(madeAt).toISOString(), ageDays, owner };
}

const COLUMNS: readonly Column<TokenKeyListing>[] = [
  { heading: { ko: "종류", en: "kind" }, cell: ({ kind }) => kind },
  { heading: { ko: "번호", en: "id" }, cell: ({ id }) => id },
  { heading: { ko: "상태", en: "state" }, cell: ({ state }) => state },
  { heading: { ko: "서명 방식", en: "algorithm" }, cell: ({ algorithm }) => algorithm },
  { heading: { ko: "만든 날", en: "made" }, cell: ({ made }) => made.slice(0, 10) },
  { heading: { ko: "경과일", en: "days" }, cell: ({ ageDays }) => ageDays },
  { heading: { ko: "책임자", en: "owner" }, cell: ({ owner }) => owner },
];
