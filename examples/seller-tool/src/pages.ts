import { shippable } from "./labels.ts";
import type { Kept } from "./store.ts";

/** The one page: who is connected, and what to do. Nothing of a buyer is on it. */
export function homePage({ toolId, sellers, lines }: Kept, said: string): string {
  const rows = sellers.map((seller) => {
    const own = lines.filter((line) => line.seller === seller);
    return `<tr><td>${escapeHtml(seller)}</td><td>${own.length}</td><td>${shippable(own).length}</td></tr>`;
  });
  return `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>송장 도우미 · Label Helper</title>
<h1>송장 도우미 <small>Label Helper</small></h1>
<p role="status">${escapeHtml(said)}</p>
<table>
<thead><tr><th>판매자 Seller</th><th>주문 Lines</th><th>송장 Labels</th></tr></thead>
<tbody>${rows.join("") || '<tr><td colspan="3">연결된 판매자가 없습니다. No seller is connected.</td></tr>'}</tbody>
</table>
<form method="post" action="/connect"><button>판매자 연결하기 · Connect a seller</button></form>
<form method="post" action="/sync"><button>주문 가져오기 · Sync orders</button></form>
<p><a href="/labels">송장 출력 · Print labels</a></p>
<p><small>${escapeHtml(toolId ?? "")}</small></p>
</html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");
}
