import { afterEach, describe, expect, test, vi } from "vitest";
import { openQtChannel } from "../../src/preload/channel.ts";
import { startDocument } from "../../src/preload/document.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Callbacks = Record<string, (answer: unknown) => void>;

function channelWith(objects: object, made: { execCallbacks: Callbacks }[] = []) {
  return class {
    execCallbacks: Callbacks = {};

    constructor(_transport: unknown, ready: (channel: object) => void) {
      made.push(this);
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

  test("takes an answer to what the last document asked for nothing", () => {
    const made: { execCallbacks: Callbacks }[] = [];
    vi.stubGlobal("qt", { webChannelTransport: {} });
    vi.stubGlobal("QWebChannel", channelWith({ jupyterwin: { post: vi.fn(), parcel: { connect: vi.fn() } } }, made));
    openQtChannel(
      () => undefined,
      () => undefined,
      (problem) => expect.fail(problem.message),
    );
    const callbacks = made[0]?.execCallbacks as Callbacks;
    const asked = vi.fn();
    callbacks["3"] = asked;
    callbacks["3"]?.("answer");
    expect(asked).toHaveBeenCalledWith("answer");
    delete callbacks["3"];
    expect(() => (callbacks["3"] as (answer: unknown) => void)("answer")).not.toThrow();
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
