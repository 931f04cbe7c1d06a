// How the preload hands the bridge's node to the main world: as `relatedTarget` of one event on the window, dispatched
// and stopped before any page script exists. From then on the two worlds alone know the node.
//
// All of it runs before page scripts, so it may use the globals as they are.

const TYPE = "jupyterwin:bridge";

/** Main world: wait for the node. */
export function awaitNode(arrived: (node: EventTarget) => void): void {
  const take = (event: Event): void => {
    event.stopImmediatePropagation();
    window.removeEventListener(TYPE, take, true);
    const root =
      event instanceof MouseEvent && event.relatedTarget instanceof Element && event.relatedTarget.shadowRoot;
    if (root) {
      arrived(root);
    }
  };
  window.addEventListener(TYPE, take, true);
}

/** Isolated world: make the node and hand it over. Whether somebody took it is told by the first message. */
export function handOver(prepare: (node: EventTarget) => void): void {
  // By its namespace: the document may be an image or other XML.
  const host = document.createElementNS("http://www.w3.org/1999/xhtml", "div");
  // Open, or the main world could not get it from its host; nobody else has the host.
  prepare(host.attachShadow({ mode: "open" }));
  window.dispatchEvent(new MouseEvent(TYPE, { relatedTarget: host }));
}
