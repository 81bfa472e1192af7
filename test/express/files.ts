import type { ResponseCase } from "./case.ts";

/** `sendFile` and `download`, of files in the folder that `app.locals.files` names. */
export const FILES: readonly ResponseCase[] = [
  {
    name: "sendFile",
    answer: (res, req) => res.sendFile("name.txt", { root: rootOf(req) }),
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8", "accept-ranges": "bytes", etag: /./ },
    body: "tobi",
  },
  {
    name: "sendFile for HEAD",
    answer: (res, req) => res.sendFile("name.txt", { root: rootOf(req) }),
    asked: { method: "HEAD" },
    status: 200,
    headers: { "content-length": "4" },
    body: "",
  },
  {
    name: "sendFile of a range",
    answer: (res, req) => res.sendFile("name.txt", { root: rootOf(req) }),
    asked: { headers: ["Range: bytes=0-1"] },
    status: 206,
    headers: { "content-range": "bytes 0-1/4" },
    body: "to",
  },
  {
    name: "sendFile of a range behind its end",
    answer: (res, req) => res.sendFile("name.txt", { root: rootOf(req) }),
    asked: { headers: ["Range: bytes=9-"] },
    status: 416,
  },
  {
    name: "sendFile without ranges",
    answer: (res, req) => res.sendFile("name.txt", { root: rootOf(req), acceptRanges: false }),
    asked: { headers: ["Range: bytes=0-1"] },
    status: 200,
    headers: { "accept-ranges": null },
    body: "tobi",
  },
  {
    name: "sendFile with maxAge",
    answer: (res, req) => res.sendFile("name.txt", { root: rootOf(req), maxAge: 20_000 }),
    status: 200,
    headers: { "cache-control": "public, max-age=20" },
  },
  {
    name: "sendFile with headers",
    answer: (res, req) => res.sendFile("name.txt", { root: rootOf(req), headers: { "X-Own": "1" } }),
    status: 200,
    headers: { "x-own": "1" },
  },
  {
    name: "sendFile of none is 404",
    answer: (res, req) => res.sendFile("none.txt", { root: rootOf(req) }),
    status: 404,
  },
  {
    name: "sendFile of a folder is 404",
    answer: (res, req) => res.sendFile("folder", { root: rootOf(req) }),
    status: 404,
  },
  {
    name: "sendFile out of its root is 403",
    answer: (res, req) => res.sendFile("../name.txt", { root: rootOf(req) }),
    status: 403,
  },
  {
    name: "sendFile of a dotfile is 404",
    answer: (res, req) => res.sendFile(".hidden", { root: rootOf(req) }),
    status: 404,
  },
  {
    name: "sendFile of a dotfile that is allowed",
    answer: (res, req) => res.sendFile(".hidden", { root: rootOf(req), dotfiles: "allow" }),
    status: 200,
    body: "secret",
  },
  { name: "sendFile without a root is an error", answer: (res) => res.sendFile("name.txt"), status: 500 },
  {
    name: "sendFile with a callback",
    answer: (res, req) =>
      res.sendFile("none.txt", { root: rootOf(req) }, (error) =>
        res.status(404).send(error === undefined ? "sent" : "failed"),
      ),
    status: 404,
    body: "failed",
  },
  {
    name: "download",
    answer: (res, req) => res.download("name.txt", "name.txt", { root: rootOf(req) }),
    status: 200,
    headers: { "content-disposition": "attachment; filename=name.txt" },
    body: "tobi",
  },
  {
    name: "download under another name",
    answer: (res, req) => res.download("name.txt", "이름.txt", { root: rootOf(req) }),
    status: 200,
    headers: {
      "content-disposition": "attachment; filename=\"??.txt\"; filename*=UTF-8''%EC%9D%B4%EB%A6%84.txt",
    },
    body: "tobi",
  },
  {
    name: "download of none is 404, and no attachment",
    answer: (res, req) => res.download("none.txt", "none.txt", { root: rootOf(req) }),
    status: 404,
    headers: { "content-disposition": null },
  },
];

function rootOf({ app }: { readonly app: { readonly locals: Readonly<Record<string, unknown>> } }): string {
  return String(app.locals["files"]);
}
