"""Live tables: rows that come in, from any thread, and the newest of them kept. They know no page."""

from jupyterwin.panels.livetable.table import LiveTable as LiveTable
from jupyterwin.panels.livetable.table import Rows as Rows
