// Whether the preload runs before the page, as it must: what is exposed after a page's script ran came too late, and the
// bridge could be handed to the page itself.

/** What is looked at of a document. */
export type EarlyDocument = Pick<Document, "documentElement" | "URL" | "getElementsByTagName">;

/** Whether the document has nothing yet that could have run a script. */
export function isFirst(document: EarlyDocument): boolean {
  if (document.documentElement === null || document.documentElement.firstElementChild === null) {
    return true;
  }
  // The empty page is born whole: <html>, <head> and <body>, and no script in them.
  return document.URL === "about:blank" && document.getElementsByTagName("*").length <= 3;
}
