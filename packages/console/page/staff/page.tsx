import type { JSX } from "preact";
import { Frame } from "../kit/frame.tsx";
import { Loaded, useLoad } from "../kit/load.tsx";
import { type Me, whoIsThere } from "../kit/me.ts";
import { SellerChoice } from "../kit/seller-choice.tsx";
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
        {(who) =>
          who.kind === "operator" ? (
            <SellerChoice>{(seller) => <Members me={who} seller={seller} />}</SellerChoice>
          ) : (
            <Members me={who} seller={null} />
          )
        }
      </Loaded>
    </Frame>
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
                <MemberCard member={member} shop={shop} isSelf={member.id === own} onDone={reload} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
