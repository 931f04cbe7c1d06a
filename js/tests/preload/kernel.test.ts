// `window.kernel` in a page: calls, streams, channels, as the page sees them through the bridge.

import { describe, expect, test, vi } from "vitest";
import { pause } from "../support/document.ts";
import { collectUntil } from "../support/gc.ts";
import { TestWindow } from "../support/worlds.ts";

const functions = {
  add: (a: number, b: number) => a + b,
  echo: (...args: unknown[]) => args,
  fails: () => {
    throw new RangeError("no such symbol");
  },
  *ticks(count: number) {
    for (let n = 0; n < count; n++) {
      yield { n };
    }
  },
  *breaks() {
    yield 1;
    throw new RangeError("broken");
  },
};
const kernel = [
  ...["add", "echo", "fails", "never", "__proto__"].map((name) => ({ name })),
  ...["ticks", "breaks", "silent"].map((name) => ({ name, stream: true })),
];

function open(): TestWindow {
  return new TestWindow({ kernel }, functions);
}

/** How a promise of the page ended, as text. */
function ended(window: TestWindow, text: string): Promise<string> {
  return window.page(`(${text}).then(
    (value) => "value " + JSON.stringify(value),
    (e) => [e instanceof Error && "error", e.name, e.code, e.message, e.path].join("|"),
  )`) as Promise<string>;
}

describe("window.kernel", () => {
  test("is there when there is something to reach, and only then", () => {
    expect(new TestWindow({ kernel: [] }).page("Object.keys(kernel).join()")).toBe(
      "on,once,send,missed,handle,progress",
    );
    expect(new TestWindow({ kernel: null }).page("typeof kernel")).toBe("undefined");
    expect(new TestWindow().page("typeof kernel")).toBe("undefined");
  });

  test("has the exposed functions and nothing of ours", () => {
    const window = open();
    expect(
      window.page(
        "Object.keys(kernel).filter((n) => !['on', 'once', 'send', 'missed', 'handle', 'progress'].includes(n)).sort().join()",
      ),
    ).toBe("__proto__,add,breaks,echo,fails,never,silent,ticks");
    expect(
      window.page(
        "[Object.isFrozen(kernel), Object.isFrozen(kernel.add), kernel.then, Object.getPrototypeOf(kernel) === Object.prototype].join()",
      ),
    ).toBe("true,true,,true");
  });
});

describe("a call", () => {
  test("gives the kernel's answer, with the values of both worlds", async () => {
    const window = open();
    expect(await ended(window, "kernel.add(1, 2)")).toBe("value 3");
    const text = `kernel.echo(new Map([[1, new Date(5)]]), 2n ** 70n, new Uint8Array([1]), { days: 3 }).then((v) =>
      [v[0] instanceof Map && v[0].get(1) instanceof Date, v[1] === 2n ** 70n, v[2] instanceof Uint8Array, v[3].days].join())`;
    expect(await ended(window, text)).toBe('value "true,true,true,3"');
  });

  test("rejects with an Error of the page that has name, code, message and path", async () => {
    const window = open();
    expect(await ended(window, "kernel.fails()")).toBe("error|RangeError|handler-raised|no such symbol|");
    expect(await ended(window, "kernel.add({ rows: [() => 1] })")).toMatch(
      /^error\|Unserializable\|unserializable\|.*\|args\[0\]\.rows\[0\]$/,
    );
  });

  test("before the channel is open is not lost", async () => {
    const window = open();
    expect(window.kernel.posted).toStrictEqual([]);
    expect(await ended(window, "Promise.all([kernel.add(1, 1), kernel.add(2, 2)])")).toBe("value [2,4]");
  });

  test("ends at once when the kernel is gone, and so do later ones", async () => {
    const window = open();
    const pending = ended(window, "kernel.never()");
    await window.kernel.next("invoke");
    window.kernel.kill();
    expect(await pending).toMatch(/^error\|KernelGone\|kernel-gone\|/);
    expect(await ended(window, "kernel.add(1, 2)")).toMatch(/^error\|KernelGone\|kernel-gone\|/);
  });
});

describe("a call with options", () => {
  test("is cancelled by its signal, and the kernel is told", async () => {
    const window = open();
    const pending = ended(
      window,
      "(globalThis.controller = new AbortController(), kernel.never.with({ signal: controller.signal })(1))",
    );
    const { id } = await window.kernel.next("invoke");
    window.page("controller.abort()");
    expect(await pending).toBe("error|Cancelled|cancelled|the call was cancelled|");
    expect(await window.kernel.next("cancel")).toMatchObject({ id });
    window.kernel.push({ op: "result", id, value: 5 }); // crosses the cancel on its way: dropped
    expect(await ended(window, "kernel.add(1, 2)")).toBe("value 3");
  });

  test("with a signal that was aborted before never leaves", async () => {
    const window = open();
    expect(
      await ended(
        window,
        "(() => { const c = new AbortController(); c.abort(); return kernel.never.with({ signal: c.signal })(); })()",
      ),
    ).toMatch(/^error\|Cancelled\|cancelled/);
    await pause();
    expect(window.kernel.all("invoke")).toStrictEqual([]);
  });

  test("ends at its deadline, which the kernel knows too", async () => {
    const window = open();
    expect(await ended(window, "kernel.never.with({ timeout: 20 })()")).toBe(
      "error|DeadlineExceeded|deadline|no answer within 20 ms|",
    );
    expect((await window.kernel.next("invoke")).timeout).toBe(20);
    expect((await window.kernel.next("cancel")).reason).toBe("deadline");
    expect(await ended(window, "kernel.add.with({ timeout: 1000 })(1, 2)")).toBe("value 3");
  });

  test.each(["{ timeout: 'soon' }", "{ timeout: -1 }", "{ signal: {} }"])("%s is refused", async (options) => {
    expect(await ended(open(), `kernel.never.with(${options})()`)).toMatch(/^error\|TypeError/);
  });
});

describe("a stream", () => {
  const collect = (call: string) =>
    `(async () => { const all = []; for await (const t of ${call}) all.push(t.n ?? t); return all; })()`;

  test("gives its items in order, then ends", async () => {
    const window = open();
    const all = Array.from({ length: 100 }, (_, n) => n);
    expect(await ended(window, collect("kernel.ticks(100)"))).toBe(`value ${JSON.stringify(all)}`);
    expect(await ended(window, collect("kernel.ticks(0)"))).toBe("value []");
  });

  test("runs no further ahead than its credit", async () => {
    const window = open();
    window.page("globalThis.stream = kernel.ticks(1000)");
    await window.kernel.next("credit");
    await pause(20);
    expect(window.kernel.all("credit").map((frame) => frame.count)).toStrictEqual([16]);
    expect(
      await ended(
        window,
        "(async () => { for (let n = 0; n < 8; n++) await stream.next(); return (await stream.next()).value.n; })()",
      ),
    ).toBe("value 8");
    expect((await window.kernel.next("credit", 2)).count).toBe(8);
  });

  test("that is broken out of is cancelled", async () => {
    const window = open();
    expect(
      await ended(
        window,
        "(async () => { let n = 0; for await (const t of kernel.ticks(1000)) if (++n === 3) break; return n; })()",
      ),
    ).toBe("value 3");
    expect((await window.kernel.next("cancel")).id).toBe(window.kernel.all("invoke")[0]?.id);
  });

  test("whose iterator nobody holds any more is cancelled", async () => {
    const window = open();
    window.page("kernel.ticks(1000).next(); undefined");
    await window.kernel.next("invoke");
    await collectUntil(() => window.kernel.all("cancel").length > 0);
  });

  test("gives its items before its error", async () => {
    const window = open();
    const text = `(async () => { const all = []; try { for await (const t of kernel.breaks()) all.push(t); } catch (e) { all.push(e.name, e.code); } return all; })()`;
    expect(await ended(window, text)).toBe('value [1,"RangeError","handler-raised"]');
  });

  test("ends with its signal, with the kernel, and with arguments that cannot cross", async () => {
    const window = open();
    const aborted = ended(
      window,
      "(globalThis.controller = new AbortController(), kernel.silent.with({ signal: controller.signal })().next())",
    );
    await window.kernel.next("invoke");
    window.page("controller.abort()");
    expect(await aborted).toMatch(/^error\|Cancelled\|cancelled/);
    expect(await ended(window, "kernel.ticks(() => 1).next()")).toMatch(/^error\|Unserializable\|unserializable/);
    const pending = ended(window, "kernel.silent().next()");
    await window.kernel.next("invoke", 2);
    window.kernel.kill();
    expect(await pending).toMatch(/^error\|KernelGone\|kernel-gone/);
  });

  test("of a peer that ignores credit fails and is cancelled", async () => {
    const window = open();
    window.page("globalThis.stream = kernel.silent()");
    const { id } = await window.kernel.next("invoke");
    for (let n = 0; n < 17; n++) {
      window.kernel.push({ op: "item", id, value: n });
    }
    expect((await window.kernel.next("cancel")).id).toBe(id);
    expect(
      await ended(
        window,
        "(async () => { for (let n = 0; n < 16; n++) await stream.next(); return stream.next(); })()",
      ),
    ).toMatch(/^error\|PeerError\|peer/);
  });
});

describe("channels", () => {
  test("bring the page a message's values, never an event", async () => {
    const window = open();
    await window.kernel.next("hello");
    window.page("globalThis.seen = []; globalThis.off = kernel.on('tick', (...args) => seen.push(args))");
    window.page("kernel.once('tick', (...args) => seen.push(['once', ...args]))");
    window.kernel.send("tick", 1, { a: [2] });
    window.kernel.send("tick", 2);
    window.page("off()");
    window.kernel.send("tick", 3);
    expect(window.page("JSON.stringify(seen)")).toBe('[[1,{"a":[2]}],["once",1,{"a":[2]}],[2]]');
  });

  test("a listener of the page that throws is reported, and the next still runs", async () => {
    const window = open();
    await window.kernel.next("hello");
    window.page(
      "kernel.on('tick', () => { throw new Error('in the page'); }); kernel.on('tick', () => { globalThis.ran = true; })",
    );
    window.kernel.send("tick");
    expect(window.page("ran")).toBe(true);
    expect(window.told).toStrictEqual([
      [expect.stringContaining("'tick'"), expect.objectContaining({ message: "in the page" })],
    ]);
  });

  test("take the page's messages to the kernel, and refuse what cannot cross at once", async () => {
    const window = open();
    window.page("kernel.send('log', 'text', { n: 1 })");
    expect(await window.kernel.next("send")).toMatchObject({ channel: "log", args: ["text", { n: 1 }] });
    expect(
      window.page("try { kernel.send('log', [() => 1]); } catch (e) { [e instanceof Error, e.code, e.path].join() }"),
    ).toBe("true,unserializable,args[0][0]");
  });

  test("ask the page, which answers by its handler until it is taken away", async () => {
    const window = open();
    await window.kernel.next("hello");
    window.page("globalThis.off = kernel.handle('selection', async (a, b) => ({ sum: a + b }))");
    const id = window.kernel.invoke("selection", [1, 2]);
    expect(await window.kernel.next("result")).toMatchObject({ id, value: { sum: 3 } });
    window.page("off(); kernel.handle('selection', () => { throw new TypeError('not now'); })");
    window.kernel.invoke("selection");
    expect((await window.kernel.next("error")).error).toStrictEqual({
      code: "handler-raised",
      message: "not now",
      name: "TypeError",
    });
  });

  test.each(["on('c', 1)", "once('c')", "handle('c', {})", "on('', () => 1)", "send(5)"])(
    "kernel.%s is refused",
    (call) => {
      expect(open().page(`try { kernel.${call}; } catch (e) { e instanceof TypeError }`)).toBe(true);
    },
  );
});

test("nothing is left behind when calls have ended", async () => {
  const window = open();
  await vi.waitFor(() => expect(window.kernel.frames.length).toBeGreaterThan(0));
  for (let count = 0; count < 200; count++) {
    void ended(window, `kernel.add(${count}, 1)`);
  }
  expect(await ended(window, "kernel.add(1, 1)")).toBe("value 2");
  await vi.waitFor(() => expect(window.kernel.session.unacknowledged).toBe(0));
  expect(window.uncaught).toStrictEqual([]);
  expect(window.told).toStrictEqual([]);
});

test("a page sends what may give way, and asks how many it missed", async () => {
  const window = open();
  window.page("for (let n = 0; n < 9; n++) kernel.send.with({ policy: 'latest' })('price', n)");
  expect(await window.kernel.next("send")).toMatchObject({ channel: "price", args: [8], missed: 8 });
  window.page("kernel.on('tick', () => (globalThis.missed = kernel.missed('tick')))");
  window.kernel.push({ op: "send", channel: "tick", args: [], missed: 4 });
  await pause();
  expect(window.page("[globalThis.missed, kernel.missed('other')].join()")).toBe("4,0");
});
