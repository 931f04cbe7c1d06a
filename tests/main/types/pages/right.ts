// A page that uses the kernel rightly: every line must be accepted.

async function calls(): Promise<void> {
  const prices: number[] = await kernel.quote("MSFT", 90);
  await kernel.quote("MSFT");
  await kernel.quote.with({ timeout: 500, signal: new AbortController().signal })("MSFT");

  const legs = [{ symbol: "MSFT" }, { symbol: "IBM", amount: "1.50" }] as const;
  const order: kernel.Order = await kernel.place({ side: "buy", legs, placed: new Date() }, { limit: 5 });
  const due: string | null = order.due;
  const amount: string | undefined = order.legs[0]?.amount;
  await kernel.place(order, { limit: 4, dry: true });
  const parent: kernel.Order | null = order.parent;

  const found = await kernel.find({ symbol: "x", limit: 3 }, 1, 2, 3);
  const limit: number | undefined = found["x"]?.limit;
  const size: number = await kernel.area({ type: "circle", radius: 2 });
  await kernel.area({ type: "square", sideLength: 2 });
  const names: readonly string[] = (await kernel.model({ count: 3 })).names;
  const [x, y]: [number, number] = await kernel.move([1], [2, "up"]);

  const table = await kernel.load("a/b", { fast: false });
  await kernel.load({ fast: false });
  const column: ArrayLike<number> = table.getChild("price").toArray();
  const again: jupyterwin.ArrowTable = await kernel.history(table);
  await kernel.history(new Uint8Array());

  for await (const leg of kernel.ticks("MSFT")) {
    const symbol: string = leg.symbol;
    console.log(symbol);
  }
  for await (const price of kernel.watch.with({ timeout: 5 })("MSFT", 500)) {
    console.log(price.toFixed());
  }

  const grid = await kernel.fit(new Float64Array([1, 2]), "curve");
  const cells: BigInt64Array = grid.data;
  const mean: number | null = await kernel.mean(null, new Map([[1, 2]]));
  const [raw, set]: [ArrayBuffer, Set<string>] = await kernel.delete(null, ["a"], new Uint8Array());
  await kernel.delete(1, new Set(["a"]), raw);
  await kernel.when("2026-01-31", "12:00:00", "an id", { zoom: 1 });
  const page: { readonly items: kernel.Leg[]; readonly more: boolean } = await kernel.page(1);
  await kernel.tree({ children: [{ children: [] }] });
  const none: null = await kernel.nothing();
  const later: number = await kernel.slow();
  const loud: string = await kernel.shout("x", 2);
  const number: number = await kernel.search({ symbol: "x" });
  const zoom: number = (await kernel.chart()).zoom;
  const free: any = await kernel.untyped(1, "x", 3, 4, { c: 5 });
  const one: number[] = await kernel.quick("MSFT");
  console.log(prices, due, amount, parent, limit, size, names, x, y, column, again, cells, mean, set, page, none, later);
  console.log(loud, number, zoom, free, one);
}

function channels(): void {
  const off = kernel.on("tick", (tick: { price: number }) => console.log(tick.price));
  off();
  kernel.once("tick", () => undefined);
  kernel.send("hello", 1, { a: [2] });
  kernel.handle("selection", () => [1, 2]);
}

function errors(problem: unknown): void {
  const { code, path, data } = problem as jupyterwin.KernelError;
  if (code === "bad-arguments" || code === "of-my-own") {
    console.log(path, data);
  }
}

// In a preload.
const { contextBridge, ipcRenderer } = jupyterwin;
contextBridge.exposeInMainWorld("api", {
  quote: (symbol: string) => ipcRenderer.invoke("quote", symbol),
  onTick: (callback: (tick: unknown) => void) => ipcRenderer.on("tick", (_event, tick) => callback(tick)),
});
ipcRenderer.handle("selection", ({ signal }, from: number) => (signal.aborted ? [] : [from]));

calls().then(channels, errors);
