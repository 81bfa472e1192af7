import { isClear, shippable } from "../labels.ts";
import type { Language } from "../language.ts";
import type { Kept } from "../store.ts";
import { escapeHtml, htmlPage } from "./html.ts";

const SAY = {
  ko: {
    title: "송장 도우미",
    lead: "동의한 판매자의 주문을 읽어 송장을 만드는 셀러툴입니다. 마켓플레이스와 따로 도는 프로그램이고, 누구의 비밀번호도 받지 않습니다.",
    connect: "판매자 연결하기",
    connectNote: "마켓플레이스로 가서 판매자가 항목과 목적을 보고 동의합니다.",
    sync: "주문 가져오기",
    syncNote: "동의한 범위만 읽습니다. 구매확정된 주문은 가려져 옵니다.",
    print: "송장 출력",
    printNote: "가려진 주문은 송장이 없습니다.",
    caption: "연결된 판매자",
    seller: "판매자",
    lines: "주문",
    masked: "가려짐",
    labels: "송장",
    none: "연결된 판매자가 없습니다.",
    id: "마켓플레이스가 준 이 셀러툴의 아이디",
  },
  en: {
    title: "Label Helper",
    lead: "A seller tool: it reads the orders of the sellers who agreed, and prints their shipping labels. It is a program apart from the marketplace, and is given nobody's password.",
    connect: "Connect a seller",
    connectNote: "Leads to the marketplace, where the seller reads which fields and what for, and agrees.",
    sync: "Sync orders",
    syncNote: "Reads what was agreed and no more. Confirmed orders come masked.",
    print: "Print labels",
    printNote: "A masked order has no label.",
    caption: "Connected sellers",
    seller: "Seller",
    lines: "Orders",
    masked: "Masked",
    labels: "Labels",
    none: "No seller is connected.",
    id: "This tool's id at the marketplace",
  },
} as const;

/** The tool's start: who is connected, and what to do. Nothing of a buyer is on it. @param said - what the last deed came to */
export function homePage({ toolId, sellers, lines }: Kept, said: string, language: Language): string {
  const say = SAY[language];
  const rows = sellers.map((seller) => {
    const own = lines.filter((line) => line.seller === seller);
    const masked = own.filter((line) => !isClear(line)).length;
    return `<tr><th scope="row">${escapeHtml(seller)}</th>${[own.length, masked, shippable(own).length].map((count) => `<td>${count}</td>`).join("")}</tr>`;
  });
  const heads = [say.seller, say.lines, say.masked, say.labels].map((text) => `<th scope="col">${text}</th>`);
  const main = `<p class="lead">${say.lead}</p>
${said === "" ? "" : `<p class="said" role="status">${escapeHtml(said)}</p>`}
<ol class="steps">
<li><form method="post" action="/connect"><button class="main">${say.connect}</button></form><p>${say.connectNote}</p></li>
<li><form method="post" action="/sync"><button>${say.sync}</button></form><p>${say.syncNote}</p></li>
<li><a class="button" href="/labels">${say.print}</a><p>${say.printNote}</p></li>
</ol>
<table><caption>${say.caption}</caption>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>${rows.join("") || `<tr><td colspan="4">${say.none}</td></tr>`}</tbody>
</table>
<p class="soft">${say.id}: <code>${escapeHtml(toolId ?? "–")}</code></p>`;
  return htmlPage({ language, title: say.title, main });
}
