import type { JSX } from "preact";
import { api } from "../kit/api.ts";
import { Frame } from "../kit/frame.tsx";
import { purposeText } from "../kit/purpose.ts";
import { PagedTable, type Rows } from "../kit/table.tsx";
import { Time } from "../kit/time.tsx";
import { wordsOf } from "../kit/words.ts";
import type { MyAccess, MyAccessPage } from "./access.ts";

const say = wordsOf(
  {
    title: "내 정보를 본 사람",
    lead: "판매자, 셀러툴, 운영자가 내 주문의 개인정보를 언제 왜 보았는지 보여 줍니다. 거래가 끝나면 이름, 연락처, 주소는 가려집니다.",
    none: "아직 내 정보를 본 사람이 없습니다.",
    when: "일시",
    who: "누가",
    did: "한 일",
    purpose: "목적",
    shown: "보인 정도",
    degrees: { clear: "가리지 않고", masked: "가려서", none: "보이지 않음" } as Record<string, string>,
  },
  {
    title: "Who looked at my data",
    lead: "When and why sellers, their tools and the marketplace looked at the personal data of your orders. Once an order is over, name, contact and address are masked.",
    none: "Nobody has looked at your data yet.",
    when: "When",
    who: "Who",
    did: "Did",
    purpose: "For",
    shown: "Shown",
    degrees: { clear: "in clear", masked: "masked", none: "not at all" },
  },
);

/** Who looked at one's data. In a frame of the host's it stands without header. */
export function Page(): JSX.Element {
  return (
    <Frame title={say.title} isBare={window.top !== window}>
      <p class="lead">{say.lead}</p>
      <PagedTable
        caption={say.title}
        keyOf={({ at, who, actionText }) => `${at} ${who.seller} ${who.tool} ${actionText}`}
        empty={say.none}
        load={read}
        keys={[]}
        columns={[
          { heading: say.when, cell: ({ at }) => <Time at={at} /> },
          {
            heading: say.who,
            cell: ({ who }) => (
              <>
                {who.tool ?? who.seller ?? who.kindText}{" "}
                <span class="soft">
                  {[who.kindText, who.tool !== null ? who.seller : null].filter(Boolean).join(", ")}
                </span>
              </>
            ),
          },
          { heading: say.did, cell: ({ actionText }) => actionText },
          {
            heading: say.purpose,
            cell: ({ purpose }) => (purpose === null ? "–" : purposeText(purpose)),
          },
          {
            heading: say.shown,
            cell: ({ shown, outcome, outcomeText, because }) => (
              <>
                <span class="tag">{outcome === "refused" ? outcomeText : say.degrees[shown]}</span>
                {because !== null && <small class="soft">{because}</small>}
              </>
            ),
          },
        ]}
      />
    </Frame>
  );
}

async function read(cursor: number | string | null, signal: AbortSignal): Promise<Rows<MyAccess>> {
  const query = cursor === null ? "" : `?before=${cursor}`;
  const { accesses, next } = await api<MyAccessPage>("GET", `my-accesses${query}`, undefined, { signal });
  return { rows: accesses, next };
}
