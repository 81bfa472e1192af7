import type { Request } from "express";
import { HTML_TYPE, JSON_TYPE, type ResponseCase, TEXT_TYPE } from "./case.ts";

const withoutUnderscore = (key: string, value: unknown): unknown => (key.startsWith("_") ? undefined : value);

/** Answers with a setting of the app, and takes it back. */
function set({ app }: Request, name: string, value: unknown, answer: () => void): void {
  app.set(name, value);
  answer();
  app.set(name, undefined);
}

/** `send`, `json`, `jsonp`, `end`, `sendStatus`, `format`, `render`, as Express 5's API reference says. */
export const BODIES: readonly ResponseCase[] = [
  {
    name: "send(text)",
    answer: (res) => res.send("hey"),
    status: 200,
    headers: { "content-type": HTML_TYPE, "content-length": "3" },
    body: "hey",
  },
  {
    name: "send('')",
    answer: (res) => res.send(""),
    status: 200,
    headers: { "content-length": "0" },
    body: "",
  },
  {
    name: "send(Hangul)",
    answer: (res) => res.send("가림"),
    status: 200,
    headers: { "content-length": "6" },
    body: "가림",
  },
  {
    name: "send(Buffer)",
    answer: (res) => res.send(Buffer.from("wahoo!")),
    status: 200,
    headers: { "content-type": "application/octet-stream" },
    body: "wahoo!",
  },
  {
    name: "send(Uint8Array)",
    answer: (res) => res.send(Uint8Array.of(104, 105)),
    status: 200,
    headers: { "content-type": "application/octet-stream" },
    body: "hi",
  },
  {
    name: "type(…).send(Buffer)",
    answer: (res) => res.type("text/plain").send(Buffer.from("hey")),
    status: 200,
    headers: { "content-type": TEXT_TYPE },
    body: "hey",
  },
  {
    name: "send(object)",
    answer: (res) => res.send({ name: "tobi" }),
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: '{"name":"tobi"}',
  },
  {
    name: "send(array)",
    answer: (res) => res.send([1, 2]),
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: "[1,2]",
  },
  {
    name: "send(boolean)",
    answer: (res) => res.send(false),
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: "false",
  },
  {
    name: "send(number)",
    answer: (res) => res.send(42),
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: "42",
  },
  {
    name: "send(null)",
    answer: (res) => res.send(null),
    status: 200,
    headers: { "content-length": "0" },
    body: "",
  },
  { name: "send(undefined)", answer: (res) => res.send(undefined), status: 200, body: "" },
  {
    name: "set type, send(text)",
    answer: (res) => res.set("Content-Type", "text/plain").send("hey"),
    status: 200,
    headers: { "content-type": TEXT_TYPE },
  },
  {
    name: "set type with charset, send(text)",
    answer: (res) => res.set("Content-Type", "text/plain; charset=iso-8859-1").send("hey"),
    status: 200,
    headers: { "content-type": TEXT_TYPE },
  },
  {
    name: "status(201).send",
    answer: (res) => res.status(201).send("Created :)"),
    status: 201,
    body: "Created :)",
  },
  {
    name: "status(204).send takes body and its headers away",
    answer: (res) => res.status(204).set("Transfer-Encoding", "chunked").send("foo"),
    status: 204,
    headers: { "content-length": null, "content-type": null, "transfer-encoding": null },
    body: "",
  },
  {
    name: "status(205).send takes the body away",
    answer: (res) => res.status(205).send("foo"),
    status: 205,
    headers: { "content-length": "0", "transfer-encoding": null },
    body: "",
  },
  {
    name: "status(304).send takes body and its headers away",
    answer: (res) => res.status(304).send("foo"),
    status: 304,
    headers: { "content-length": null, "content-type": null },
    body: "",
  },
  {
    name: "send for HEAD",
    answer: (res) => res.send("yay"),
    asked: { method: "HEAD" },
    status: 200,
    headers: { "content-length": "3" },
    body: "",
  },
  {
    name: "send sets an ETag",
    answer: (res) => res.send("kajdslfkasdf"),
    status: 200,
    headers: { etag: /^W\/"c-[\w+/]+"$/ },
  },
  {
    name: "send keeps an ETag that is there",
    answer: (res) => res.set("ETag", '"asdf"').send("hey"),
    status: 200,
    headers: { etag: '"asdf"' },
  },
  {
    name: "send is 304 where If-None-Match fits",
    answer: (res) => res.set("ETag", '"asdf"').send("hey"),
    asked: { headers: ['If-None-Match: "asdf"'] },
    status: 304,
    body: "",
  },
  {
    name: "send is 200 where If-None-Match does not fit",
    answer: (res) => res.set("ETag", '"asdf"').send("hey"),
    asked: { headers: ['If-None-Match: "other"'] },
    status: 200,
    body: "hey",
  },
  {
    name: "send of an error is never 304",
    answer: (res) => res.status(404).set("ETag", '"asdf"').send("hey"),
    asked: { headers: ['If-None-Match: "asdf"'] },
    status: 404,
    body: "hey",
  },
  {
    name: "send for POST is never 304",
    answer: (res) => res.set("ETag", '"asdf"').send("hey"),
    asked: { method: "POST", headers: ['If-None-Match: "asdf"', "Content-Length: 0"] },
    status: 200,
    body: "hey",
  },
  {
    name: "json(object)",
    answer: (res) => res.json({ name: "tobi" }),
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: '{"name":"tobi"}',
  },
  {
    name: "json(array)",
    answer: (res) => res.json(["foo", "bar", "baz"]),
    status: 200,
    body: '["foo","bar","baz"]',
  },
  {
    name: "json(null)",
    answer: (res) => res.json(null),
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: "null",
  },
  { name: "json(number)", answer: (res) => res.json(300), status: 200, body: "300" },
  { name: "json(text)", answer: (res) => res.json("str"), status: 200, body: '"str"' },
  {
    name: "json(toJSON)",
    answer: (res) => res.json({ toJSON: () => ({ name: "tobi" }) }),
    status: 200,
    body: '{"name":"tobi"}',
  },
  {
    name: "json keeps a type that is there",
    answer: (res) => res.set("Content-Type", "application/vnd.example+json").json({ hello: "world" }),
    status: 200,
    headers: { "content-type": /^application\/vnd\.example\+json/ },
  },
  {
    name: "status(201).json",
    answer: (res) => res.status(201).json({ id: 1 }),
    status: 201,
    body: '{"id":1}',
  },
  {
    name: "json with a replacer",
    answer: (res, req) =>
      set(req, "json replacer", withoutUnderscore, () => res.json({ name: "tobi", _id: 12345 })),
    status: 200,
    body: '{"name":"tobi"}',
  },
  {
    name: "json with spaces",
    answer: (res, req) => set(req, "json spaces", 2, () => res.json({ name: "tobi" })),
    status: 200,
    body: '{\n  "name": "tobi"\n}',
  },
  {
    name: "json with escape",
    answer: (res, req) => set(req, "json escape", true, () => res.json({ "&": "<script>" })),
    status: 200,
    body: '{"\\u0026":"\\u003cscript\\u003e"}',
  },
  {
    name: "jsonp with a callback",
    answer: (res) => res.jsonp({ count: 1 }),
    asked: { query: "callback=something" },
    status: 200,
    headers: { "content-type": /^text\/javascript/, "x-content-type-options": "nosniff" },
    body: /something\(\{"count":1\}\);$/,
  },
  {
    name: "jsonp without one",
    answer: (res) => res.jsonp({ count: 1 }),
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: '{"count":1}',
  },
  {
    name: "jsonp takes the first of several",
    answer: (res) => res.jsonp({ count: 1 }),
    asked: { query: "callback=a&callback=b" },
    status: 200,
    body: /a\(\{"count":1\}\);$/,
  },
  {
    name: "jsonp leaves odd letters of a callback out",
    answer: (res) => res.jsonp({}),
    asked: { query: "callback=foo;bar()" },
    status: 200,
    body: /foobar\(\{\}\);$/,
  },
  {
    name: "jsonp escapes line separators",
    answer: (res) => res.jsonp({ str: "\u2028" }),
    asked: { query: "callback=foo" },
    status: 200,
    body: /"\\u2028"/,
  },
  { name: "end()", answer: (res) => res.end(), status: 200, body: "" },
  {
    name: "end(text)",
    answer: (res) => res.end("bye"),
    status: 200,
    headers: { "content-type": null },
    body: "bye",
  },
  { name: "status(404).end()", answer: (res) => res.status(404).end(), status: 404, body: "" },
  {
    name: "write, then end",
    answer: (res) => {
      res.write("one,");
      res.end("two");
    },
    status: 200,
    headers: { "transfer-encoding": "chunked" },
    body: "one,two",
  },
  {
    name: "writeHead, then end",
    answer: (res) => res.writeHead(202, { "X-Own": "1" }).end("x"),
    status: 202,
    headers: { "x-own": "1" },
    body: "x",
  },
  {
    name: "sendStatus(200)",
    answer: (res) => res.sendStatus(200),
    status: 200,
    headers: { "content-type": TEXT_TYPE },
    body: "OK",
  },
  { name: "sendStatus(403)", answer: (res) => res.sendStatus(403), status: 403, body: "Forbidden" },
  {
    name: "sendStatus of a number nobody named",
    answer: (res) => res.sendStatus(599),
    status: 599,
    body: "599",
  },
  {
    name: "format by Accept",
    answer: (res) => res.format({ text: () => res.send("hey"), json: () => res.send({ message: "hey" }) }),
    asked: { headers: ["Accept: application/json"] },
    status: 200,
    headers: { "content-type": JSON_TYPE, vary: "Accept" },
    body: '{"message":"hey"}',
  },
  {
    name: "format takes the first without Accept",
    answer: (res) => res.format({ text: () => res.send("hey"), json: () => res.send({}) }),
    status: 200,
    headers: { "content-type": TEXT_TYPE },
    body: "hey",
  },
  {
    name: "format by quality",
    answer: (res) =>
      res.format({ "text/plain": () => res.send("hey"), "text/html": () => res.send("<p>hey</p>") }),
    asked: { headers: ["Accept: text/html; q=.5, text/plain"] },
    status: 200,
    body: "hey",
  },
  {
    name: "format with a default",
    answer: (res) => res.format({ text: () => res.send("hey"), default: () => res.send("default") }),
    asked: { headers: ["Accept: image/png"] },
    status: 200,
    body: "default",
  },
  {
    name: "format that fits nothing is 406",
    answer: (res) => res.format({ text: () => res.send("hey") }),
    asked: { headers: ["Accept: image/png"] },
    status: 406,
  },
  {
    name: "render(view, locals)",
    answer: (res) => res.render("page.tmpl", { name: "tobi" }),
    status: 200,
    headers: { "content-type": HTML_TYPE },
    body: "<p>tobi</p>",
  },
  {
    name: "render with a callback",
    answer: (res) => res.render("page.tmpl", { name: "loki" }, (_, html) => res.send(html.toUpperCase())),
    status: 200,
    body: "<P>LOKI</P>",
  },
  {
    name: "render with res.locals",
    answer: (res) => {
      res.locals["name"] = "jane";
      res.render("page.tmpl");
    },
    status: 200,
    body: "<p>jane</p>",
  },
  {
    name: "render of a view that is none is an error",
    answer: (res) => res.render("none.tmpl"),
    status: 500,
  },
  {
    name: "a handler that throws",
    answer: () => {
      throw new Error("thrown");
    },
    status: 500,
  },
  {
    name: "a handler that rejects",
    answer: async () => {
      throw Object.assign(new Error("rejected"), { status: 409 });
    },
    status: 409,
  },
  {
    name: "next(error) with a status",
    answer: (_, __, next) => next(Object.assign(new Error("no"), { status: 403 })),
    status: 403,
  },
  { name: "next() is 404", answer: (_, __, next) => next(), status: 404 },
];
