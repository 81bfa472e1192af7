/**
 * What a page may do: run our scripts, take our styles, ask this site. Nothing inline, nothing from elsewhere.
 *
 * @param frame - who may hold it in a frame
 */
export function pageHeaders(frame: "'none'" | "'self'"): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "form-action 'self'",
      `frame-ancestors ${frame}`,
      "base-uri 'none'",
    ].join("; "),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": frame === "'none'" ? "DENY" : "SAMEORIGIN",
  };
}
