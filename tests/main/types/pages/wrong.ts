// A page that uses the kernel wrongly: each line after a mark must be refused, or the mark itself is an error.

async function calls(): Promise<void> {
  // @ts-expect-error -- there is no such function
  kernel.quotes("MSFT");
  // @ts-expect-error -- a number is no symbol
  kernel.quote(5);
  // @ts-expect-error -- an argument is missing
  kernel.quote();
  // @ts-expect-error -- one too many
  kernel.quote("MSFT", 1, 2);
  // @ts-expect-error -- the answer is a promise
  kernel.quote("MSFT").length;
  // @ts-expect-error -- of numbers
  const texts: string[] = await kernel.quote("MSFT");
  // @ts-expect-error -- seconds have another name
  kernel.quote.with({ seconds: 5 });
  // @ts-expect-error -- the option is required
  kernel.place({ side: "buy", legs: [], placed: new Date() });
  // @ts-expect-error -- no such side
  kernel.place({ side: "hold", legs: [], placed: new Date() }, { limit: 5 });
  // @ts-expect-error -- a string is no date
  kernel.place({ side: "buy", legs: [], placed: "now" }, { limit: 5 });
  // @ts-expect-error -- a field is missing, deep inside
  kernel.place({ side: "buy", legs: [{ amount: 1 }], placed: new Date() }, { limit: 5 });
  // @ts-expect-error -- the event is not the page's to give
  kernel.find({ symbol: "x" }, { channel: "x" });
  // @ts-expect-error -- no such shape
  kernel.area({ type: "triangle", radius: 1 });
  // @ts-expect-error -- the fields of another shape
  kernel.area({ type: "circle", sideLength: 1 });
  // @ts-expect-error -- it travels by its other name
  kernel.area({ type: "square", side_length: 1 });
  // @ts-expect-error -- three is too many
  kernel.move([1, 2, 3]);
  // @ts-expect-error -- a stream is no promise
  kernel.ticks("MSFT").then();
  // @ts-expect-error -- 64 bits are needed
  kernel.fit(new Float32Array());
  // @ts-expect-error -- no such kind
  kernel.fit(new Float64Array(), "circle");
  // @ts-expect-error -- keys are numbers
  kernel.mean([1], new Map([["a", 1]]));
  // @ts-expect-error -- it may be null
  const mean: number = await kernel.mean([1], new Map());
  // @ts-expect-error -- a string is no bytes
  kernel.delete(1, ["a"], "raw");
  // @ts-expect-error -- a page cannot give a function
  kernel.nothing(() => undefined);
  // @ts-expect-error -- nothing can be put on it
  kernel.more = 1;
  // @ts-expect-error -- what is private is not exposed
  kernel._private();
  console.log(texts, mean);
}

// @ts-expect-error -- a channel has a name
kernel.send(5);
// @ts-expect-error -- a listener is a function
kernel.on("tick", "later");
// @ts-expect-error -- ipcRenderer has no such method
jupyterwin.ipcRenderer.sendTo(1, "x");
// @ts-expect-error -- a name comes first
jupyterwin.contextBridge.exposeInMainWorld({});

void calls();
