// Listeners by channel, with Electron's rules: called in the order they were added; one that throws is reported, and the
// next still runs. A channel may have any name.

// biome-ignore lint/suspicious/noExplicitAny: listeners of users take what their channel brings
export type Listener<E> = (event: E, ...args: any[]) => void;

interface Entry<E> {
  readonly listener: Listener<E>;
  readonly once: boolean;
}

/** The listeners of one emitter. `E` is the event that they get before the message's arguments. */
export class Listeners<E> {
  readonly #byChannel = new Map<string, readonly Entry<E>[]>();

  /** Add a listener; the disposer takes this very registration away. */
  add(channel: string, listener: Listener<E>, once = false): () => void {
    checkChannel(channel);
    if (typeof listener !== "function") {
      throw new TypeError(`the listener for channel '${channel}' is no function`);
    }
    const entry = { listener, once };
    this.#byChannel.set(channel, [...this.#entries(channel), entry]);
    return () => this.#keep(channel, (other) => other !== entry);
  }

  /** Take away the registration of `listener` that was added last. */
  remove(channel: string, listener: Listener<E>): void {
    const last = this.#entries(channel).findLast((entry) => entry.listener === listener);
    this.#keep(channel, (entry) => entry !== last);
  }

  /** Take away all listeners, or those of one channel. */
  clear(channel?: string): void {
    if (channel === undefined) {
      this.#byChannel.clear();
    } else {
      this.#byChannel.delete(channel);
    }
  }

  count(channel: string): number {
    return this.#entries(channel).length;
  }

  /** Call the listeners there are now. False when there are none. */
  emit(channel: string, event: E, args: readonly unknown[]): boolean {
    const entries = this.#entries(channel);
    for (const entry of entries) {
      if (entry.once) {
        this.#keep(channel, (other) => other !== entry);
      }
      try {
        entry.listener(event, ...args);
      } catch (problem) {
        console.error(`jupyterwin: a listener for channel '${channel}' threw`, problem);
      }
    }
    return entries.length > 0;
  }

  #entries(channel: string): readonly Entry<E>[] {
    return this.#byChannel.get(channel) ?? [];
  }

  #keep(channel: string, wanted: (entry: Entry<E>) => boolean): void {
    const rest = this.#entries(channel).filter(wanted);
    if (rest.length > 0) {
      this.#byChannel.set(channel, rest);
    } else {
      this.#byChannel.delete(channel);
    }
  }
}

/** A channel's name is a string, and not empty. */
export function checkChannel(channel: unknown): asserts channel is string {
  if (typeof channel !== "string" || channel === "") {
    throw new TypeError("a channel's name is a string that is not empty");
  }
}
