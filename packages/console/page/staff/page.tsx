import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Field } from "../kit/field.tsx";
import { Frame } from "../kit/frame.tsx";
import { asked, remember } from "../kit/host.ts";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { Empty } from "../kit/states.tsx";
import { listMembers } from "./account.ts";
import { MemberCard } from "./member-card.tsx";
import { say } from "./words.ts";

/** Who works for a shop: rights, factors, sessions, dormancy, and what can be done about them. */
export function Page(): JSX.Element {
  const [me, reload] = useLoad(() => whoIsThere());
  return (
    <Frame title={say.title}>
      <p class="lead">{say.lead}</p>
      <p class="soft">{say.notHere}</p>
      <Loaded of={me} retry={reload}>
        {(who) => (who.kind === "operator" ? <OfAnySeller me={who} /> : <Members me={who} seller={null} />)}
      </Loaded>
    </Frame>
  );
}

/** The operator helps any seller, one at a time. */
function OfAnySeller({ me }: { readonly me: Me }): JSX.Element {
  const [typed, type] = useState(asked()["seller"] ?? "");
  const [seller, choose] = useState(typed);
  const send = (event: Event): void => {
    event.preventDefault();
    remember({ seller: typed.trim() });
    choose(typed.trim());
  };
  return (
    <>
      <form class="filters" onSubmit={send}>
        <Field label={say.seller} value={typed} onInput={type} isRequired maxLength={256} />
        <button type="submit" class="main">
          {say.show}
        </button>
      </form>
      {seller !== "" && <Members key={seller} me={me} seller={seller} />}
    </>
  );
}

interface MembersProps {
  readonly me: Me;
  readonly seller: string | null;
}

function Members({ me, seller }: MembersProps): JSX.Element {
  const shop = { seller };
  const [load, reload] = useLoad((signal) => listMembers(shop, signal));
  const own = me.kind === "staff" ? me.id : null;
  return (
    <Loaded of={load} retry={reload}>
      {(members) =>
        members.length === 0 ? (
          <Empty>{say.none}</Empty>
        ) : (
          <ul class="list">
            {members.map((member) => (
              <li key={member.id} class="card">
                <MemberCard member={member} shop={shop} isSelf={member.id === own} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
