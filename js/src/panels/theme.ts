// Theme: light or dark, by the system, or as `data-theme` on the root element says. It knows no panel.

import type { Theme } from "./kinds/renderer.ts";

const system = matchMedia("(prefers-color-scheme: dark)");
const calls = new Set<(theme: Theme) => void>();
let forced: Theme | null = null;

export function theme(): Theme {
  return forced ?? (system.matches ? "dark" : "light");
}

export function onTheme(call: (theme: Theme) => void): () => void {
  calls.add(call);
  return () => calls.delete(call);
}

/** This theme, whatever the system says; null for the system's. */
export function forceTheme(one: Theme | null): void {
  forced = one;
  apply();
}

function apply(): void {
  const now = theme();
  if (document.documentElement.dataset.theme !== now) {
    document.documentElement.dataset.theme = now;
    for (const call of calls) {
      call(now);
    }
  }
}

system.addEventListener("change", apply);
apply();
