// Menu: a short list of things to do, at a place in the panel; by mouse or keyboard. It knows no table.

import { make } from "../../dom.ts";

export interface Item {
  readonly label: string;
  /** Of several that exclude each other: whether it is the one. */
  readonly checked?: boolean;
  readonly choose: () => void;
}

/** Groups are parted by lines. Resolves nothing: an item is called when it is chosen. `closed`: where the focus goes then. */
export function openMenu(
  host: HTMLElement,
  at: DOMRect,
  groups: readonly (readonly Item[])[],
  closed: () => void,
): void {
  const el = make("div.jw-t-menu", { role: "menu" });
  const buttons: HTMLButtonElement[] = [];
  const end = (back: boolean) => {
    el.remove();
    removeEventListener("pointerdown", outside, true);
    removeEventListener("blur", away);
    if (back) {
      closed();
    }
  };
  const outside = (event: Event) => !el.contains(event.target as Node) && end(false);
  const away = () => end(false);
  groups.forEach((items, group) => {
    if (group) {
      el.append(make("div.jw-t-rule", { role: "separator" }));
    }
    for (const { label, checked, choose } of items) {
      const button = make("button.jw-t-item", { type: "button", role: "menuitem", tabindex: "-1" }, label);
      if (checked !== undefined) {
        button.setAttribute("role", "menuitemradio");
        button.setAttribute("aria-checked", String(checked));
      }
      button.addEventListener("click", () => {
        end(true);
        choose();
      });
      buttons.push(button);
      el.append(button);
    }
  });
  el.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const focused = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: focused + 1, ArrowUp: focused - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      end(true);
    } else if (next !== undefined) {
      event.preventDefault();
      buttons.at(next % buttons.length)?.focus();
    }
  });
  host.append(el);
  const room = host.getBoundingClientRect();
  const { width, height } = el.getBoundingClientRect();
  el.style.left = `${Math.max(4, Math.min(at.left - room.left, room.width - width - 4))}px`;
  el.style.top = `${Math.max(4, Math.min(at.bottom - room.top, room.height - height - 4))}px`;
  addEventListener("pointerdown", outside, true);
  addEventListener("blur", away);
  buttons[0]?.focus();
}
