// Theme: light or dark, as the board says, else as what the page is drawn in (JupyterLab), else as the system. It knows no panel.

import { THEME } from "../frames/worn.ts";
import type { Theme } from "./kinds/renderer.ts";

const system = matchMedia("(prefers-color-scheme: dark)");
const calls = new Set<(theme: Theme) => void>();
let forced: Theme | null = null;

export function theme(): Theme {
  return forced ?? worn() ?? (system.matches ? "dark" : "light");
}

function worn(): Theme | null {
  return (globalThis as { [THEME]?: Theme | null })[THEME] ?? null;
}

export function onTheme(call: (theme: Theme) => void): () => void {
  calls.add(call);
  return () => calls.delete(call);
}

/** This theme, whatever the system says; null for that of its surroundings. */
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
addEventListener(THEME, apply);
apply();
