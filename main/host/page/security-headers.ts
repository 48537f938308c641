/**
 * The headers that every answer to a page carries, in the window and in the browser alike: what the page may load and
 * reach, and that nobody may frame or embed it. docs/protocol.md gives the reasons.
 */

/**
 * @param connectTo sources besides the page's own that it may connect to: the WebSocket of the loopback app, which some
 *   browsers do not count as 'self'
 */
export function securityHeaders(connectTo: readonly string[] = []): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(connectTo),
    // The two that give the page SharedArrayBuffer and keep other windows away from it.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
  };
}

function contentSecurityPolicy(connectTo: readonly string[]): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    "default-src": ["'none'"],
    // WebAssembly may be compiled; eval, inline scripts and scripts of others may not run.
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    // Radix writes <style> elements (scroll lock, hidden scroll bars) at run time. Styles cannot run code, and with the
    // sources below they cannot load anything from elsewhere either.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "worker-src": ["'self'"],
    "connect-src": ["'self'", ...connectTo],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
