// What preloads throw and nobody catches.

import { describe, expect, test } from "vitest";
import { pause, start } from "../support/document.ts";

/** An event as the engine makes it, for errors of this world alone. */
function fault(type: string, fields: object): Event {
  return Object.assign(new Event(type, { cancelable: true }), fields);
}

const thrown = (error: unknown, place: object = { filename: "p.js", lineno: 7 }) =>
  fault("error", { error, message: "Uncaught x", ...place });

function watched(opens?: Promise<unknown>) {
  const faults = new EventTarget();
  const { kernel } = start({}, opens, undefined, faults);
  return { faults, kernel };
}

describe("an uncaught error", () => {
  test("is told with its file and line, and not by the console besides", async () => {
    const { faults, kernel } = watched();
    const event = thrown(Object.assign(new TypeError("no"), { data: { a: 1 } }));
    faults.dispatchEvent(event);
    expect(await kernel.next("fault")).toMatchObject({
      error: { code: "handler-raised", message: "no", name: "TypeError", data: { a: 1 } },
      file: "p.js",
      line: 7,
    });
    expect(event.defaultPrevented).toBe(true);
  });

  test.each([
    ["a script that could not be read", thrown(null, { filename: "userscript:p.js", lineno: 2 }), "p.js", 2],
    ["a value that is no Error", thrown(5), "p.js", 7],
  ])("of %s has its place too", async (_what, event, file, line) => {
    const { faults, kernel } = watched();
    faults.dispatchEvent(event);
    expect(await kernel.next("fault")).toMatchObject({ file, line });
  });

  test("that comes before the channel is there waits", async () => {
    const { faults, kernel } = watched(pause(20));
    faults.dispatchEvent(thrown(new Error("early")));
    expect(kernel.posted).toHaveLength(0);
    expect(await kernel.next("fault")).toMatchObject({ error: { message: "early" } });
  });

  test("is cut, and told a hundred times at most", async () => {
    const { faults, kernel } = watched();
    const events = Array.from({ length: 105 }, () => thrown(new Error("x".repeat(50_000))));
    for (const event of events) {
      faults.dispatchEvent(event);
    }
    const first = (await kernel.next("fault")) as { error: { message: string } };
    expect(first.error.message).toHaveLength(20_000);
    expect(kernel.frames.filter(({ op }) => op === "fault")).toHaveLength(100);
    expect(events.filter((event) => event.defaultPrevented)).toHaveLength(100);
  });
});

describe("a rejection that nobody handles", () => {
  test("has the place of its error", async () => {
    const { faults, kernel } = watched();
    const reason = Object.assign(new Error("late"), { stack: "Error: late\n    at f (p.js:12:3)\n    at p.js:20:1" });
    faults.dispatchEvent(fault("unhandledrejection", { reason }));
    expect(await kernel.next("fault")).toMatchObject({ error: { message: "late" }, file: "p.js", line: 12 });
  });

  test("with what is no Error has none", async () => {
    const { faults, kernel } = watched();
    faults.dispatchEvent(fault("unhandledrejection", { reason: "no" }));
    const told = await kernel.next("fault");
    expect(told).not.toHaveProperty("file");
    expect(told).not.toHaveProperty("line");
  });
});
