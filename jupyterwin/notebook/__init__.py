"""The only folder that knows IPython: the extension, magics, cards and the cell that is running."""
