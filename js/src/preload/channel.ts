// The engine's text channel, as Qt offers it in this world: `post` on one object, its signal `parcel` for what arrives.
// It knows nothing of what the strings say.

/** Sends one string. Strings arrive in the order of the calls. */
export type Post = (text: string) => void;

/**
 * Opens the channel: `receive` is told each string that arrives; `opened` gets the way to send, once, or `failed` the
 * reason why there is none.
 */
export type OpenChannel = (
  receive: (text: string) => void,
  opened: (post: Post) => void,
  failed: (problem: Error) => void,
) => void;

interface ChannelObject {
  post(text: string): void;
  readonly parcel: { connect(receive: (text: string) => void): void };
}

/** What the host puts into this world before us: Qt's transport, and Qt's own client for it. */
interface QtWorld {
  readonly qt?: { readonly webChannelTransport?: unknown };
  readonly QWebChannel?: new (
    transport: unknown,
    ready: (channel: { readonly objects: { readonly jupyterwin?: ChannelObject } }) => void,
  ) => { execCallbacks: Callbacks };
}

/** What Qt's client calls with the engine's answers, by their number. */
type Callbacks = Record<string, (answer: unknown) => void>;

/** The engine also answers what the last document of this window asked, and Qt's client calls what is not there. */
const forgiving = (callbacks: Callbacks): Callbacks =>
  new Proxy(callbacks, { get: (all, number: string) => all[number] ?? (() => undefined) });

/** Open the channel of QtWebEngine. */
export const openQtChannel: OpenChannel = (receive, opened, failed) => {
  const { qt, QWebChannel } = globalThis as unknown as QtWorld;
  if (qt?.webChannelTransport === undefined || QWebChannel === undefined) {
    failed(new Error("the engine's channel is not in this world"));
    return;
  }
  const channel = new QWebChannel(qt.webChannelTransport, ({ objects }) => {
    const object = objects.jupyterwin;
    if (object === undefined) {
      failed(new Error("the engine's channel has no object of ours"));
      return;
    }
    object.parcel.connect(receive);
    opened((text) => object.post(text));
  });
  channel.execCallbacks = forgiving(channel.execCallbacks);
};
