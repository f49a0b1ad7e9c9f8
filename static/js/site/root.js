// Paths of the site, which may stand below a path of its host (web/prefix.py).
export function at(path) {
  const root = globalThis.document?.body?.dataset?.root ?? "";
  return path.startsWith("/") && !path.startsWith("//") ? root + path : path;
}
