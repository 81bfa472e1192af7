import { fileURLToPath } from "node:url";
import type { Garim, StepUpClass } from "@garim/express";
import express, { type Express, type RequestHandler } from "express";

/** Style, words and scripts: plain files without anybody's data. */
const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));

const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

interface Page {
  readonly path: string;
  /** Name of its script in `public/pages`. */
  readonly script: string;
  readonly title: string;
  /** How fresh a second factor it wants; left out, none. */
  readonly proof?: StepUpClass;
}

const ALL_PAGES: readonly Page[] = [
  { path: "/", script: "index", title: "데모 계정" },
  { path: "/authenticator", script: "authenticator", title: "데모 인증 앱" },
  { path: "/log-in", script: "log-in", title: "로그인" },
  { path: "/my", script: "my", title: "내 주문" },
  { path: "/reviews", script: "reviews", title: "리뷰·문의" },
  { path: "/orders", script: "orders", title: "주문", proof: "view" },
  { path: "/order", script: "order", title: "주문 상세", proof: "view" },
  { path: "/claims", script: "claims", title: "클레임", proof: "view" },
  { path: "/downloads", script: "downloads", title: "내려받기", proof: "download" },
  { path: "/operator", script: "operator", title: "운영자 화면", proof: "view" },
];

/** Serves what pages are made of, before anybody is asked for. */
export function addAssets(app: Express): void {
  app.use(securityHeaders);
  app.use(express.static(PUBLIC));
}

/**
 * Serves the pages. They hold nobody's data, but a person who has yet to log in or to prove a second factor is better told
 * before the page than on it: Garim redirects there and back.
 */
export function addPages(app: Express, garim: Garim): void {
  const noData = garim.unguarded("a page; its data come from guarded routes");
  for (const page of ALL_PAGES) {
    const proofs = page.proof === undefined ? [] : [garim.stepUp(page.proof)];
    app.get(page.path, noData, ...proofs, send(htmlOf(page)));
  }
}

const securityHeaders: RequestHandler = (_req, res, next) => {
  res.set(HEADERS);
  next();
};

function send(html: string): RequestHandler {
  return (_req, res) => void res.set("Cache-Control", "no-store").type("html").send(html);
}

/** Everything else is built by the page's script, in the language of its reader. */
function htmlOf({ script, title }: Page): string {
  return `<!doctype html>
<html lang="ko">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · 가림마켓</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/market.css">
    <script type="module" src="/pages/${script}.js"></script>
  </head>
  <body>
    <noscript>이 화면에는 JavaScript가 필요합니다. This page needs JavaScript.</noscript>
  </body>
</html>
`;
}
