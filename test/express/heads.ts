import type { ResponseCase } from "./case.ts";

/** `set`, `get`, `append`, `type`, `vary`, `links`, `location`, `redirect`, `cookie`, `clearCookie`, `attachment`, `status`. */
export const HEADS: readonly ResponseCase[] = [
  {
    name: "set(field, value)",
    answer: (res) => res.set("X-Foo", "bar").end(),
    status: 200,
    headers: { "x-foo": "bar" },
  },
  {
    name: "set(object)",
    answer: (res) => res.set({ "X-Foo": "1", "X-Bar": "2" }).end(),
    status: 200,
    headers: { "x-foo": "1", "x-bar": "2" },
  },
  {
    name: "set coerces to text",
    answer: (res) => res.set("X-Number", String(123)).end(),
    status: 200,
    headers: { "x-number": "123" },
  },
  {
    name: "set(field, array)",
    answer: (res) => res.set("X-Foo", ["a", "b"]).end(),
    status: 200,
    headers: { "x-foo": /^[ab]$|^a, b$/ },
  },
  {
    name: "header is set",
    answer: (res) => res.header("X-Foo", "bar").end(),
    status: 200,
    headers: { "x-foo": "bar" },
  },
  {
    name: "set completes a type",
    answer: (res) => res.set("Content-Type", "text/html").end(),
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
  },
  {
    name: "get(field)",
    answer: (res) => res.set("X-Foo", "bar").send(String(res.get("x-foo"))),
    status: 200,
    body: "bar",
  },
  {
    name: "get of none",
    answer: (res) => res.send(String(res.get("x-none"))),
    status: 200,
    body: "undefined",
  },
  {
    name: "append(field, value)",
    answer: (res) =>
      res
        .append("X-List", "a")
        .append("X-List", "b")
        .send(JSON.stringify(res.get("X-List"))),
    status: 200,
    body: '["a","b"]',
  },
  {
    name: "append(field, array)",
    answer: (res) =>
      res
        .append("X-List", ["a", "b"])
        .append("X-List", "c")
        .send(JSON.stringify(res.get("X-List"))),
    status: 200,
    body: '["a","b","c"]',
  },
  {
    name: "append is reset by set",
    answer: (res) => res.append("X-List", "a").set("X-List", "z").end(),
    status: 200,
    headers: { "x-list": "z" },
  },
  {
    name: "type of an ending",
    answer: (res) => res.type("foo.js").end(),
    status: 200,
    headers: { "content-type": "text/javascript; charset=utf-8" },
  },
  {
    name: "type of a word",
    answer: (res) => res.type("json").end(),
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8" },
  },
  {
    name: "type of an unknown ending",
    answer: (res) => res.type("rawr").end(),
    status: 200,
    headers: { "content-type": "application/octet-stream" },
  },
  {
    name: "type that is one",
    answer: (res) => res.type("application/vnd.amazon.ebook").end(),
    status: 200,
    headers: { "content-type": "application/vnd.amazon.ebook" },
  },
  {
    name: "contentType is type",
    answer: (res) => res.contentType("png").end(),
    status: 200,
    headers: { "content-type": "image/png" },
  },
  {
    name: "vary(field)",
    answer: (res) => res.vary("User-Agent").end(),
    status: 200,
    headers: { vary: "User-Agent" },
  },
  {
    name: "vary adds to what is there",
    answer: (res) => res.vary("Accept").vary("Origin").vary("accept").end(),
    status: 200,
    headers: { vary: "Accept, Origin" },
  },
  {
    name: "vary(*)",
    answer: (res) => res.vary("Accept").vary("*").end(),
    status: 200,
    headers: { vary: "*" },
  },
  {
    name: "links",
    answer: (res) =>
      res
        .links({ next: "http://api.example.com/users?page=2" })
        .links({ last: "http://api.example.com/users?page=5" })
        .end(),
    status: 200,
    headers: {
      link: '<http://api.example.com/users?page=2>; rel="next", <http://api.example.com/users?page=5>; rel="last"',
    },
  },
  {
    name: "location",
    answer: (res) => res.location("http://google.com/").end(),
    status: 200,
    headers: { location: "http://google.com/" },
  },
  {
    name: "location encodes",
    answer: (res) => res.location("https://example.com?q=\u2603 §10").end(),
    status: 200,
    headers: { location: "https://example.com?q=%E2%98%83%20%C2%A710" },
  },
  {
    name: "location does not encode twice",
    answer: (res) => res.location("https://example.com?q=%A710").end(),
    status: 200,
    headers: { location: "https://example.com?q=%A710" },
  },
  {
    name: "redirect(url)",
    answer: (res) => res.redirect("http://google.com"),
    status: 302,
    headers: { location: "http://google.com" },
    body: "Found. Redirecting to http://google.com",
  },
  {
    name: "redirect(status, url)",
    answer: (res) => res.redirect(303, "http://google.com"),
    status: 303,
    headers: { location: "http://google.com" },
    body: /^See Other/,
  },
  {
    name: "redirect as HTML, escaped",
    answer: (res) => res.redirect("<la'me>"),
    asked: { headers: ["Accept: text/html"] },
    status: 302,
    headers: { "content-type": "text/html; charset=utf-8", location: "%3Cla'me%3E" },
    body: /<p>Found\. Redirecting to %3Cla&#39;me%3E<\/p>/,
  },
  {
    name: "redirect for what takes neither",
    answer: (res) => res.redirect("http://google.com"),
    asked: { headers: ["Accept: application/octet-stream"] },
    status: 302,
    headers: { "content-length": "0", "content-type": null },
    body: "",
  },
  {
    name: "redirect for HEAD",
    answer: (res) => res.redirect("http://google.com"),
    asked: { method: "HEAD" },
    status: 302,
    body: "",
  },
  {
    name: "cookie(name, value)",
    answer: (res) => res.cookie("name", "tobi").end(),
    status: 200,
    headers: { "set-cookie": "name=tobi; Path=/" },
  },
  {
    name: "cookie(name, object)",
    answer: (res) => res.cookie("user", { name: "tobi" }).end(),
    status: 200,
    headers: { "set-cookie": "user=j%3A%7B%22name%22%3A%22tobi%22%7D; Path=/" },
  },
  {
    name: "cookie with options",
    answer: (res) =>
      res
        .cookie("name", "tobi", {
          httpOnly: true,
          secure: true,
          sameSite: "strict",
          path: "/admin",
          domain: "example.com",
        })
        .end(),
    status: 200,
    headers: {
      "set-cookie": "name=tobi; Domain=example.com; Path=/admin; HttpOnly; Secure; SameSite=Strict",
    },
  },
  {
    name: "cookie with maxAge",
    answer: (res) => res.cookie("name", "tobi", { maxAge: 1_000 }).end(),
    status: 200,
    headers: { "set-cookie": /^name=tobi; Max-Age=1; Path=\/; Expires=/ },
  },
  {
    name: "cookie, twice",
    answer: (res) =>
      res
        .cookie("a", "1")
        .cookie("b", "2")
        .send(JSON.stringify(res.get("Set-Cookie"))),
    status: 200,
    body: /a=1; Path=\/.*b=2; Path=\//,
  },
  {
    name: "cookie that is signed, without a secret, is an error",
    answer: (res) => res.cookie("name", "tobi", { signed: true }).end(),
    status: 500,
  },
  {
    name: "clearCookie",
    answer: (res) => res.clearCookie("sid").end(),
    status: 200,
    headers: { "set-cookie": "sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT" },
  },
  {
    name: "clearCookie with options",
    answer: (res) => res.clearCookie("sid", { path: "/admin" }).end(),
    status: 200,
    headers: { "set-cookie": "sid=; Path=/admin; Expires=Thu, 01 Jan 1970 00:00:00 GMT" },
  },
  {
    name: "attachment()",
    answer: (res) => res.attachment().send("foo"),
    status: 200,
    headers: { "content-disposition": "attachment" },
  },
  {
    name: "attachment(name)",
    answer: (res) => res.attachment("/path/to/image.png").send("foo"),
    status: 200,
    headers: { "content-disposition": "attachment; filename=image.png", "content-type": /^image\/png/ },
  },
  {
    name: "attachment(Korean name)",
    answer: (res) => res.attachment("주문.txt").send("foo"),
    status: 200,
    headers: {
      "content-disposition": "attachment; filename=\"??.txt\"; filename*=UTF-8''%EC%A3%BC%EB%AC%B8.txt",
    },
  },
  { name: "status(201)", answer: (res) => res.status(201).end(), status: 201 },
  { name: "status(999)", answer: (res) => res.status(999).end(), status: 999 },
  { name: "status of no number is an error", answer: (res) => res.status("200" as never).end(), status: 500 },
  { name: "status below 100 is an error", answer: (res) => res.status(99).end(), status: 500 },
  { name: "status of a fraction is an error", answer: (res) => res.status(200.1).end(), status: 500 },
  {
    name: "a header with a line break is an error",
    answer: (res) => res.set("X-Foo", "a\r\nX-Bar: b").end(),
    status: 500,
    headers: { "x-bar": null },
  },
];
