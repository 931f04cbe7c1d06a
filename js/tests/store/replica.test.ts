// Copies of one store: whatever order news and answers arrive in, all end where the kernel is, and none shows a value again
// that its page has overwritten.

import { describe, expect, test } from "vitest";
import { type Changes, Replica } from "../../src/store/replica.ts";
import { same } from "../../src/store/same.ts";
import { type Entry, type Outcome, Writer } from "../../src/store/writer.ts";
import { randomFrom } from "../support/random.ts";

/** The kernel's end: one order for everybody, each trait with the version of its last change. Odd values are refused. */
class Kernel {
  readonly state: Record<string, readonly [number, unknown]> = {};
  version = 0;

  commit([values, expected]: Entry): Outcome {
    const names = Object.keys(values);
    const stale = names.some((name) => (this.state[name]?.[0] ?? 0) > (expected?.[name] ?? Number.POSITIVE_INFINITY));
    const bad = Object.values(values).some((value) => typeof value === "number" && value % 10 === 7);
    if (!stale && !bad) {
      this.version += 1;
      for (const name of names) {
        this.state[name] = [this.version, values[name]];
      }
    }
    const state = Object.fromEntries(names.flatMap((name) => (this.state[name] ? [[name, this.state[name]]] : [])));
    return [structuredClone(state), stale ? { code: "conflict" } : bad ? { code: "bad" } : null];
  }
}

/** A page: its copy, what it was told, and letters that have not arrived. */
class Page {
  readonly shown: Changes[] = [];
  readonly refused: unknown[] = [];
  readonly requests: { entries: readonly Entry[]; answer: (outcomes: readonly Outcome[]) => void }[] = [];
  readonly answers: (() => void)[] = [];
  readonly news: Record<string, readonly [number, unknown]>[] = [];
  readonly replica = new Replica((changes) => this.shown.push(changes));
  readonly writer = new Writer(
    this.replica,
    (entries) => new Promise((answer) => this.requests.push({ entries, answer })),
    (_values, error) => this.refused.push(error),
  );
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a copy", () => {
  test("keeps the higher version, whichever comes last", () => {
    const { replica, shown } = new Page();
    replica.receive({ a: [2, "new"] });
    replica.receive({ a: [1, "old"], b: [1, "b"] });
    expect(replica.all()).toStrictEqual({ a: "new", b: "b" });
    expect(shown).toStrictEqual([{ a: "new" }, { b: "b" }]);
  });

  test("shows what the page wrote until it is answered, and then what the kernel has", () => {
    const { replica, shown } = new Page();
    replica.receive({ a: [1, 1] });
    replica.write(1, { a: 2 });
    replica.write(2, { a: 3 });
    replica.receive({ a: [2, 2] }); // an echo of the first
    replica.answered(1, ["a"], { a: [2, 2] });
    expect(replica.get("a")).toBe(3);
    replica.receive({ a: [4, 40] }); // another page, after the second
    replica.answered(2, ["a"], { a: [3, 3] });
    expect(replica.get("a")).toBe(40);
    expect(shown).toStrictEqual([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 40 }]);
  });

  test("goes back when a write is refused", () => {
    const { replica, shown } = new Page();
    replica.receive({ a: [1, 1] });
    replica.write(1, { a: 7 });
    replica.answered(1, ["a"], {});
    expect(shown).toStrictEqual([{ a: 1 }, { a: 7 }, { a: 1 }]);
  });

  test("tells nobody of a value that is what it was", () => {
    const { replica, shown } = new Page();
    replica.receive({ a: [1, { rows: [1, new Date(5)] }] });
    replica.receive({ a: [2, { rows: [1, new Date(5)] }] });
    expect(shown).toHaveLength(1);
    expect(replica.version("a")).toBe(2);
  });
});

describe("writes", () => {
  test("of one trait that wait give way to the newest; what `set` was given does not", async () => {
    const { writer, requests, replica } = new Page();
    writer.assign("a", 0);
    await settle();
    for (let n = 1; n <= 1000; n++) {
      writer.assign("a", n);
      writer.assign("b", -n);
    }
    void writer.set({ a: "set" });
    writer.assign("a", "after");
    expect(writer.waiting).toBe(4);
    expect(requests.map(({ entries }) => entries)).toStrictEqual([[[{ a: 0 }, null]]]);
    requests[0]?.answer([[{ a: [1, 0] }, null]]);
    await settle();
    expect(requests[1]?.entries).toStrictEqual([
      [{ a: 1000 }, null],
      [{ b: -1000 }, null],
      [{ a: "set" }, null],
      [{ a: "after" }, null],
    ]);
    expect(replica.get("a")).toBe("after");
  });

  test("that a listener makes while it hears of one end as that one", async () => {
    const kernel = new Kernel();
    let writer: Writer;
    const replica: Replica = new Replica(({ a }) => (a as number) < 5 && writer.assign("a", (a as number) + 1));
    writer = new Writer(
      replica,
      async (entries) => entries.map((entry) => kernel.commit(entry)),
      () => undefined,
    );
    writer.assign("a", 1);
    await settle();
    await settle();
    expect([replica.get("a"), kernel.state.a?.[1], replica.version("a")]).toStrictEqual([5, 5, kernel.state.a?.[0]]);
    replica.receive({ a: [kernel.version + 1, 9] });
    expect(replica.get("a")).toBe(9); // nothing of its own is left over it
  });

  test("that the kernel never answers are taken back", async () => {
    const { replica, refused } = new Page();
    const writer = new Writer(
      replica,
      () => Promise.reject(new Error("gone")),
      (_values, error) => refused.push(error),
    );
    replica.receive({ a: [1, 1] });
    writer.assign("a", 2);
    await expect(writer.set({ a: 3 })).rejects.toThrow("gone");
    expect(refused).toHaveLength(1);
    expect(replica.get("a")).toBe(1);
  });
});

describe.each([1, 2, 3, 4, 5, 6, 7, 8])("pages that write at random, seed %i", (seed) => {
  test("end where the kernel is", async () => {
    const random = randomFrom(seed);
    const pick = (count: number) => Math.floor(random() * count);
    const kernel = new Kernel();
    const pages = [new Page(), new Page(), new Page()];
    const tell = (names: readonly string[]) => {
      for (const page of pages) {
        page.news.push(
          Object.fromEntries(names.flatMap((name) => (kernel.state[name] ? [[name, kernel.state[name]]] : []))),
        );
      }
    };
    const step = (page: Page, writes: boolean) => {
      const name = "abc".charAt(pick(3));
      switch (pick(writes ? 6 : 3)) {
        case 0: {
          const news = page.news.splice(pick(page.news.length), 1); // in any order
          for (const state of news) {
            page.replica.receive(state);
          }
          break;
        }
        case 1: {
          const request = page.requests.shift();
          if (request !== undefined) {
            const outcomes = request.entries.map((entry) => kernel.commit(entry));
            tell(request.entries.flatMap(([values]) => Object.keys(values)));
            page.answers.push(() => request.answer(outcomes));
          }
          break;
        }
        case 2:
          page.answers.shift()?.();
          break;
        case 3: {
          const value = pick(1000);
          page.writer.assign(name, value);
          expect(page.replica.get(name)).toBe(value);
          break;
        }
        case 4:
          page.writer.set({ [name]: pick(1000), a: pick(1000) }).catch(() => undefined);
          break;
        default:
          kernel.commit([{ [name]: pick(1000) }, null]);
          tell([name]);
      }
    };
    for (let n = 0; n < 2000; n++) {
      step(pages[pick(3)] as Page, true);
      await Promise.resolve();
    }
    while (
      pages.some(
        ({ news, requests, answers, writer }) => news.length + requests.length + answers.length + writer.waiting,
      )
    ) {
      step(pages[pick(3)] as Page, false);
      await settle();
    }
    const there = Object.fromEntries(Object.entries(kernel.state).map(([name, [, value]]) => [name, value]));
    for (const { replica, refused } of pages) {
      expect(replica.all()).toStrictEqual(there);
      expect(refused.length).toBeGreaterThan(0);
    }
  }, 60_000);
});

test("what is the same", () => {
  const equal = [
    [Number.NaN, Number.NaN],
    [new Date(3), new Date(3)],
    [new Float64Array([1, 2]), new Float64Array([1, 2])],
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
  ];
  const different = [
    [0, -0],
    [1, "1"],
    [1, true],
    [[1], [1, 2]],
    [new Uint8Array([1]), new Int8Array([1])],
    [{ a: undefined }, { b: undefined }],
    [new Map(), new Map()],
  ];
  for (const [a, b] of equal) {
    expect(same(a, b)).toBe(true);
  }
  for (const [a, b] of different) {
    expect(same(a, b)).toBe(false);
  }
});
