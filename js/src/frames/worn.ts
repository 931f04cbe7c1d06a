// The theme of what the page is drawn in, where that has one of its own (JupyterLab): a property of the window, and the event
// that tells of another.

export const THEME = "jupyterwin:theme";
