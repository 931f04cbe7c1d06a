import { afterEach, describe, expect, test, vi } from "vitest";
import { openQtChannel } from "../../src/preload/channel.ts";
import { startDocument } from "../../src/preload/document.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function channelWith(objects: object) {
  return class {
    constructor(_transport: unknown, ready: (channel: object) => void) {
      ready({ objects });
    }
  };
}

describe("the engine's channel", () => {
  test("posts and receives through the object of ours", () => {
    const post = vi.fn();
    const connect = vi.fn();
    vi.stubGlobal("qt", { webChannelTransport: {} });
    vi.stubGlobal("QWebChannel", channelWith({ jupyterwin: { post, parcel: { connect } } }));
    const receive = () => undefined;
    openQtChannel(
      receive,
      (send) => send("text"),
      (problem) => expect.fail(problem.message),
    );
    expect(post.mock.calls).toStrictEqual([["text"]]);
    expect(connect.mock.calls).toStrictEqual([[receive]]);
  });

  test.each([
    ["is not there", undefined, undefined],
    ["has no client", { webChannelTransport: {} }, undefined],
    ["has no object of ours", { webChannelTransport: {} }, channelWith({ other: {} })],
  ])("that %s ends every call, loudly, and leaves the preload its API", async (_what, qt, client) => {
    vi.stubGlobal("qt", qt);
    vi.stubGlobal("QWebChannel", client);
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
