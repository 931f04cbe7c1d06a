// For which load of its window a document was made. The host changes the scripts when it is asked for another load; a document
// that is on its way just then can be born with scripts that are meant for the next.

/** The load that the scripts of this document are of: when it was asked for, in seconds since 1970. The host puts it there. */
export function loadOfScripts(): number | undefined {
  return (globalThis as { readonly jupyterwinLoad?: number }).jupyterwinLoad;
}

/** Whether the document is of that load too. */
export function isOfLoad(document: Pick<Document, "lastModified">, load: number | undefined): boolean {
  return load !== undefined && document.lastModified === modified(load);
}

/** When a document that was made for this load says it was modified, in the words of `document.lastModified`. */
export function modified(load: number): string {
  const time = new Date(load * 1000);
  const [month, day, ...clock] = [
    time.getMonth() + 1,
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
  ].map((part) => String(part).padStart(2, "0"));
  return `${month}/${day}/${time.getFullYear()} ${clock.join(":")}`;
}
