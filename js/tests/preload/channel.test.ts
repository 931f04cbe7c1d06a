import { afterEach, describe, expect, test, vi } from "vitest";
import { openQtChannel } from "../../src/preload/channel.ts";
import { startDocument } from "../../src/preload/document.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What the host puts into the world of a document that is being read. */
function begin(signal: number | undefined) {
  vi.stubGlobal("jupyterwinSignal", signal);
  vi.stubGlobal("jupyterwinLoad", 3);
  const document = Object.assign(new EventTarget(), { readyState: "loading" });
  vi.stubGlobal("document", document);
  return (readyState: string) => {
    document.readyState = readyState;
    document.dispatchEvent(new Event("readystatechange"));
  };
}

function transport() {
  const sent: unknown[] = [];
  return {
    sent,
    send: (message: string) => void sent.push(JSON.parse(message)),
    onmessage: (_event: { readonly data: string }): void => expect.fail("nobody listens"),
  };
}

describe("the engine's channel", () => {
  test("is open at once: it listens, and posts by the object of ours", () => {
    const webChannelTransport = transport();
    vi.stubGlobal("qt", { webChannelTransport });
    begin(5);
    openQtChannel(
      () => undefined,
      (post) => post("text"),
      (problem) => expect.fail(problem.message),
    );
    expect(webChannelTransport.sent).toStrictEqual([
      { type: 7, object: "jupyterwin", signal: 5 },
      { type: 6, id: 1, object: "jupyterwin", method: "post", args: ["text", 3] },
    ]);
  });

  test("tells once that the document is complete", () => {
    const webChannelTransport = transport();
    vi.stubGlobal("qt", { webChannelTransport });
    const become = begin(5);
    openQtChannel(
      () => undefined,
      () => undefined,
      (problem) => expect.fail(problem.message),
    );
    become("interactive");
    expect(webChannelTransport.sent).toHaveLength(1);
    become("complete");
    expect(webChannelTransport.sent.slice(1)).toStrictEqual([
      { type: 6, id: 1, object: "jupyterwin", method: "read", args: [3] },
    ]);
  });

  test("brings what our object's signal says, and nothing else of the engine's", () => {
    const webChannelTransport = transport();
    vi.stubGlobal("qt", { webChannelTransport });
    begin(5);
    const receive = vi.fn();
    openQtChannel(
      receive,
      () => undefined,
      (problem) => expect.fail(problem.message),
    );
    for (const message of [
      { type: 10, id: 1, data: null },
      { type: 1, object: "other", signal: 5, args: ["no"] },
      { type: 1, object: "jupyterwin", signal: 0, args: ["no"] },
      { type: 1, object: "jupyterwin", signal: 5 },
      { type: 1, object: "jupyterwin", signal: 5, args: ["text"] },
    ]) {
      webChannelTransport.onmessage({ data: JSON.stringify(message) });
    }
    expect(receive.mock.calls).toStrictEqual([["text"]]);
  });

  test.each([
    ["is not there", undefined, 5],
    ["has no object of ours", { webChannelTransport: transport() }, undefined],
  ])("that %s ends every call, loudly, and leaves the preload its API", async (_what, qt, signal) => {
    vi.stubGlobal("qt", qt);
    begin(signal);
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const options = {
      open: openQtChannel,
      fetchBulk: () => Promise.reject(new Error("none")),
      askHost: () => expect.fail("nobody asks"),
      bridge: null,
      read: () => undefined,
      faults: new EventTarget(),
    };
    const { ipcRenderer } = startDocument({ window: "w" }, options);
    await expect(ipcRenderer.invoke("c")).rejects.toMatchObject({ code: "broken" });
    expect(told).toHaveBeenCalledOnce();
  });
});
