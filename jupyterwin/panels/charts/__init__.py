"""Charts of live and still tables: what to draw and from which columns. They draw nothing themselves: the page does."""

from jupyterwin.panels.charts.chart import Chart as Chart
from jupyterwin.panels.charts.marks import area as area
from jupyterwin.panels.charts.marks import bar as bar
from jupyterwin.panels.charts.marks import line as line
from jupyterwin.panels.charts.marks import scatter as scatter
