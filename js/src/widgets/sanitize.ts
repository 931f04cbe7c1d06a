// What base-manager calls to clean a description: only these elements and attributes stay. It stands in for a package that
// brings a parser of its own; the page has one.

interface Allowed {
  readonly allowedTags: readonly string[];
  readonly allowedAttributes: Readonly<Record<string, readonly string[]>>;
}

export default function sanitize(html: string, { allowedTags, allowedAttributes }: Allowed): string {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const el of [...body.querySelectorAll("*")].reverse()) {
    const tag = el.localName;
    if (!allowedTags.includes(tag)) {
      el.replaceWith(...(/^(script|style|textarea|option|noscript)$/.test(tag) ? [] : el.childNodes));
      continue;
    }
    const kept = [...(allowedAttributes["*"] ?? []), ...(allowedAttributes[tag] ?? [])];
    for (const { name, value } of [...el.attributes]) {
      const allowed = kept.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one));
      const goes = (name === "href" || name === "src") && !/^(https?:|mailto:|data:image\/|#|$)/i.test(value.trim());
      if (!allowed || goes) {
        el.removeAttribute(name);
      }
    }
  }
  return body.innerHTML;
}
