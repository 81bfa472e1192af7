import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { FactorList } from "../account/factor-list.tsx";
import { SessionList } from "../account/session-list.tsx";
import { say as words } from "../account/words.ts";
import { Button } from "../kit/button.tsx";
import { askFirst } from "../kit/dialog.tsx";
import { below } from "../kit/host.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { Note } from "../kit/states.tsx";
import { Time } from "../kit/time.tsx";
import { tell } from "../kit/toast.tsx";
import { type Account, deedsOf, doDeed, endSession, type Member, readAccount, type Shop } from "./account.ts";
import { type Deed, say } from "./words.ts";

interface MemberCardProps {
  readonly member: Member;
  readonly shop: Shop;
  readonly isSelf: boolean;
  /** Called after a deed: how somebody stands may have changed. */
  readonly onDone: () => void;
}

/** Somebody of a shop. Each look at an account is on record, so it is asked for only once it is opened. */
export function MemberCard({ member, shop, isSelf, onDone }: MemberCardProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { id, roles, rolesAt, standing } = member;
  const state = say.states[standing.state];
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <strong>{id}</strong> <span class="soft">{rolesText(roles)}</span>{" "}
        <span class={standing.state === "active" ? "tag" : "tag wrong"}>{state}</span>
      </summary>
      <dl class="facts">
        <dt>{say.rights}</dt>
        <dd>
          {rolesText(roles)}{" "}
          <span class="soft">
            ({say.since}
            <Time at={rolesAt} />
            {say.sinceAfter})
          </span>
        </dd>
        <dt>{say.usedAt}</dt>
        <dd>{standing.usedAt === null ? say.never : <Time at={standing.usedAt} />}</dd>
      </dl>
      {isSelf && (
        <p>
          {say.self} <a href={below("pages/security")}>→</a>
        </p>
      )}
      {isOpen && !isSelf && <AccountOf id={id} shop={shop} onDone={onDone} />}
    </details>
  );
}

function rolesText(roles: readonly string[]): string {
  return roles.map((role) => say.roles[role] ?? role).join(", ") || say.noRights;
}

interface AccountOfProps extends Pick<MemberCardProps, "shop" | "onDone"> {
  readonly id: string;
}

function AccountOf({ id, shop, onDone }: AccountOfProps): JSX.Element {
  const [load, reload] = useLoad(() => readAccount(id, shop));
  const reloadAll = (): void => {
    reload();
    onDone();
  };
  return (
    <Loaded of={load} retry={reload}>
      {(account) => (
        <>
          <Lock {...account.factors} />
          <h3>{words.factors}</h3>
          <FactorList factors={account.factors.factors} />
          <h3>{words.sessions}</h3>
          <SessionList
            sessions={account.sessions}
            actions={({ name, device }) => (
              <Button
                of={device}
                onClick={async () => {
                  await endSession(name, id, shop);
                  tell(say.done(id, words.endSession));
                  reload();
                }}
              >
                {words.endSession}
              </Button>
            )}
          />
          <div class="row">
            {deedsOf(account).map((deed) => (
              <Button key={deed} of={id} onClick={() => askThenDo(deed, id, shop, reloadAll)}>
                {say.deeds[deed].name}
              </Button>
            ))}
          </div>
        </>
      )}
    </Loaded>
  );
}

function Lock({ lockedUntil, isDisabled }: Account["factors"]): JSX.Element | null {
  if (isDisabled) return <Note kind="warn">{say.disabled}</Note>;
  if (lockedUntil === null) return null;
  return (
    <Note kind="warn">
      {say.locked} <Time at={lockedUntil} />
    </Note>
  );
}

async function askThenDo(deed: Deed, id: string, shop: Shop, reload: () => void): Promise<void> {
  const { name, does } = say.deeds[deed];
  if (!(await askFirst({ title: `${name}: ${id}`, text: does, deed: name, kind: "danger" }))) return;
  await doDeed(deed, id, shop);
  tell(say.done(id, name));
  reload();
}
