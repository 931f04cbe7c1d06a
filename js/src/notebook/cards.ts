// Buttons of cards: a hidden anywidget, never displayed, shows the buttons of its kernel's cards while that kernel lives, and
// tells it which was clicked. A card is plain HTML: without this, as in a saved notebook, its buttons are not there.

import { type KernelConnection, watch } from "./kernel.ts";

interface Model {
  get(name: string): unknown;
  send(content: unknown): void;
  readonly widget_manager?: { readonly kernel?: KernelConnection | null };
}

/** What the kernel gave its cards: `CARD` and `ACT` of `cards.py`. */
const CARD = "data-jupyterwin-card";
const ACT = "data-jupyterwin-act";

const style = (cards: string) => `
${cards} [${ACT}] {
  display: inline-block !important;
  margin-left: 4px;
  padding: 0 6px;
  border: 1px solid var(--jp-border-color1, rgba(127, 127, 127, .35));
  border-radius: 4px;
  background: transparent;
  color: inherit;
  font: inherit;
  font-size: 12px;
  cursor: pointer;
}
${cards} [${ACT}]:hover { background: var(--jp-layout-color2, rgba(127, 127, 127, .15)); }
${cards} [${ACT}]:focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px; }
`;

function initialize({ model }: { readonly model: Model }): () => void {
  const cards = `[${CARD}^="${String(model.get("group"))}-"]`;
  const sheet = document.createElement("style");
  sheet.textContent = style(cards);
  document.head.append(sheet);
  const end = new AbortController();
  document.addEventListener(
    "click",
    (event) => {
      const button =
        event.isTrusted && event.target instanceof Element ? event.target.closest(`${cards} [${ACT}]`) : null;
      if (button !== null) {
        const card = button.closest(cards)?.getAttribute(CARD);
        model.send({ card, act: button.getAttribute(ACT) });
      }
    },
    { signal: end.signal },
  );
  const over = () => {
    end.abort();
    sheet.remove();
  };
  const kernel = model.widget_manager?.kernel;
  if (kernel != null) {
    watch(kernel, over);
  }
  return over;
}

export default { initialize };
