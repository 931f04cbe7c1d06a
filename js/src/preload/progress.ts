// `kernel.progress`, and the slim bar that stands for it until a page makes something of its own.
//
// The bar is an element of the page in a closed tree, without a style sheet or a script: no policy of the page is in its way.

import type { Ipc } from "./ipcRenderer.ts";

/** The channel on which the kernel tells of all that is under way. It does not wait for the page's scripts. */
export const PROGRESS = "jw:progress";

/** One call of a handler that says how far it is. `total`: null where nobody knows. */
export interface Job {
  readonly id: number;
  readonly done: number;
  readonly total: number | null;
  readonly text: string;
}

export type DrawProgress = (jobs: readonly Job[]) => unknown;

export interface Progress {
  /** Hear of what is under way: all of it, now and at each change. The bar is no more, while somebody does. */
  subscribe(fn: DrawProgress): () => void;
}

/** What pages and preloads have; `draw` shows jobs where nobody else does. */
export function openProgress(ipc: Ipc, draw: DrawProgress): Progress {
  const hearing = new Set<DrawProgress>();
  let jobs: readonly Job[] = [];
  ipc.listeners.add(PROGRESS, (_event, now: readonly Job[]) => {
    jobs = now;
    for (const hear of hearing.size > 0 ? hearing : [draw]) {
      hear(jobs);
    }
  });
  return {
    subscribe(fn) {
      if (typeof fn !== "function") {
        throw new TypeError("progress.subscribe: a function is expected");
      }
      const hear: DrawProgress = (now) => fn(now);
      hearing.add(hear);
      draw([]);
      hear(jobs);
      return () => {
        hearing.delete(hear);
        if (hearing.size === 0) {
          draw(jobs);
        }
      };
    },
  };
}

/** How far all of it is, from 0 to 1; null where no job knows. */
export function share(jobs: readonly Job[]): number | null {
  const known = jobs.filter(({ total }) => total !== null && total > 0);
  const total = known.reduce((sum, job) => sum + (job.total as number), 0);
  const done = known.reduce((sum, job) => sum + Math.min(job.done, job.total as number), 0);
  return total > 0 ? Math.max(0, done / total) : null;
}

/** The bar at the top of a page; made when there is first something to show. */
export function slimBar(page: Document): DrawProgress {
  let host: HTMLElement | null = null;
  let bar: HTMLElement | null = null;
  let moving: Animation | null = null;

  function begin(): HTMLElement {
    host = page.createElement("div");
    Object.assign(host.style, { position: "fixed", inset: "0 0 auto", height: "3px", zIndex: "2147483647" });
    host.style.pointerEvents = "none";
    host.setAttribute("role", "progressbar");
    host.setAttribute("aria-valuemin", "0");
    host.setAttribute("aria-valuemax", "100");
    bar = page.createElement("div");
    Object.assign(bar.style, { height: "100%", width: "0", background: "#3b78e7", transition: "width 120ms linear" });
    host.attachShadow({ mode: "closed" }).append(bar);
    page.documentElement.append(host);
    return host;
  }

  return (jobs) => {
    if (jobs.length === 0) {
      moving?.cancel();
      host?.remove();
      moving = host = bar = null;
      return;
    }
    const element = host ?? begin();
    const far = share(jobs);
    element.setAttribute("aria-label", jobs.map(({ text }) => text).find((text) => text !== "") ?? "Working");
    element.toggleAttribute("data-far", far !== null);
    if (far === null) {
      element.removeAttribute("aria-valuenow");
      bar?.style.setProperty("width", "30%");
      moving ??=
        bar?.animate([{ marginLeft: "-30%" }, { marginLeft: "100%" }], { duration: 1200, iterations: Infinity }) ??
        null;
    } else {
      moving?.cancel();
      moving = null;
      element.setAttribute("aria-valuenow", String(Math.round(far * 100)));
      bar?.style.setProperty("width", `${far * 100}%`);
    }
  };
}
