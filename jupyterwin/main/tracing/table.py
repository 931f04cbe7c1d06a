"""A trace as a table: HTML for notebooks, plain text elsewhere. It records nothing and knows no front end.

Colours are the front end's own, by its CSS variables, so the table is dark where the notebook is.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from jupyterwin.main.tracing.shown import size_text

if TYPE_CHECKING:
    from jupyterwin.main.tracing.record import Record
    from jupyterwin.main.tracing.trace import Trace

ROWS = 100
"""Rows that the table shows, the newest first."""
_LINES = 50
_SLOW = 1.0

_STYLE = """
.jw-trace{--ink:var(--jp-ui-font-color1,var(--vscode-foreground,inherit));
--soft:var(--jp-ui-font-color2,var(--vscode-descriptionForeground,#80868b));
--back:var(--jp-layout-color0,var(--vscode-editor-background,Canvas));
--line:var(--jp-border-color2,var(--vscode-panel-border,#8885));
--good:var(--jp-success-color1,#2e9e5b);--bad:var(--jp-error-color1,#d84a3f);--wait:var(--jp-warn-color1,#c77d0a);
--link:var(--jp-brand-color1,#3b82c4);color:var(--ink);font:12px/1.45 system-ui,sans-serif;max-width:100%}
.jw-trace .jw-head{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;padding:2px 0 6px}
.jw-trace .jw-head b{font-size:13px}
.jw-trace .jw-scroll{max-height:26em;overflow:auto;border:1px solid var(--line);border-radius:6px;
scrollbar-color:var(--line) transparent}
.jw-trace table{border-collapse:collapse;table-layout:auto;width:100%;margin:0;font-variant-numeric:tabular-nums;color:var(--ink)}
.jw-trace th{position:sticky;top:0;background:var(--back);color:var(--soft);font-weight:600;
box-shadow:inset 0 -1px var(--line)}
.jw-trace tr,.jw-trace tbody tr:nth-child(odd){background:transparent}
.jw-trace tbody tr:hover{background:#8882}
.jw-trace th,.jw-trace td{padding:3px 10px;text-align:left;white-space:nowrap;border:0;vertical-align:top}
.jw-trace td{border-top:1px solid var(--line)}
.jw-trace tbody tr:first-child td{border-top:0}
.jw-trace .jw-number{text-align:right}
.jw-trace .jw-code{font-family:var(--jp-code-font-family,ui-monospace,monospace);white-space:normal;
overflow-wrap:anywhere}.jw-trace .jw-name{min-width:10em}
.jw-trace .jw-clip{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;max-width:34em}
.jw-trace .jw-soft{color:var(--soft)}.jw-trace .jw-good{color:var(--good)}.jw-trace .jw-bad{color:var(--bad)}
.jw-trace .jw-wait{color:var(--wait)}.jw-trace .jw-link{color:var(--link)}
""".replace("\n", "")


def html(trace: Trace) -> str:
    """The newest rows as a table under a line of counters."""
    rows = list(trace)
    newest = rows[: -ROWS - 1 : -1]
    windows = {row.window for row in rows}
    names = ["time", *(["window"] if len(windows) > 1 else []), "to", "kind", "channel"]
    heads = "".join(f"<th>{name}</th>" for name in (*names, "values" if trace.values else "kinds of values"))
    numbers = "".join(f"<th class=jw-number>{name}</th>" for name in ("size", "took"))
    body = "".join(_row(row, many=len(windows) > 1) for row in newest) or _empty(len(names) + 4)
    older = trace.dropped + len(rows) - len(newest)
    foot = f"<div class=jw-soft>… {older} older, {trace.dropped} of them no longer kept</div>" if older else ""
    return (
        f"<div class=jw-trace><style>{_STYLE}</style><div class=jw-head>{_head(trace, sorted(windows))}</div>"
        f"<div class=jw-scroll><table><thead><tr>{heads}{numbers}<th>outcome</th></tr></thead><tbody>{body}</tbody>"
        f"</table></div>{foot}</div>"
    )


def text(trace: Trace) -> str:
    """The newest rows, a line each, oldest first."""
    rows = list(trace)
    older = trace.dropped + max(0, len(rows) - _LINES)
    lines = [f"… {older} older rows"] if older else []
    return "\n".join([*lines, *(str(row) for row in rows[-_LINES:])]) or "(no traffic yet)"


def _head(trace: Trace, windows: list[str]) -> str:
    state = "<span class=jw-good>● live</span>" if trace.active else "<span class=jw-soft>■ stopped</span>"
    counts = [f"{count} {_plural(kind, count)}" for kind, count in sorted(trace.counts.items())]
    failed = [f"<span class=jw-bad>{trace.failed} failed</span>"] if trace.failed else []
    sizes = [f"{size_text(trace.bytes['to-kernel'])} to kernel", f"{size_text(trace.bytes['to-page'])} to page"]
    facts = [*map(escape, counts), *failed, *sizes]
    spans = "".join(f"<span class=jw-soft>{fact}</span>" for fact in facts)
    return f"<b>{escape(', '.join(windows)) or 'ipc'}</b>{state}{spans}"


def _plural(kind: str, count: int) -> str:
    return kind if count == 1 else f"{kind}s"


def _empty(columns: int) -> str:
    return f"<tr><td colspan={columns} class=jw-soft>no traffic yet</td></tr>"


def _row(row: Record, *, many: bool) -> str:
    to = "kernel" if row.direction == "to-kernel" else "page"
    cells = [
        _cell(f"{row.time:%H:%M:%S.%f}"[:-3], "jw-soft"),
        *([_cell(row.window)] if many else []),
        _cell(f"→ {to}", "jw-link" if to == "kernel" else "jw-soft"),
        _cell(row.kind),
        _cell(row.channel, "jw-code jw-name"),
        _clipped(_span(row.args)),
        _cell(_sizes(row), "jw-number"),
        _cell(_took(row), "jw-number jw-wait" if (row.seconds or 0) > _SLOW else "jw-number"),
        _clipped(_outcome(row)),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(content: str, kind: str = "") -> str:
    return f"<td class='{kind}'>{escape(content)}</td>"


def _clipped(content: str) -> str:
    """A cell of text that may be long."""
    return f"<td class=jw-code><div class=jw-clip>{content}</div></td>"


def _span(content: str, kind: str = "jw-soft") -> str:
    return f"<span class={kind}>{escape(content)}</span>" if content else ""


def _sizes(row: Record) -> str:
    """What went, and what came back."""
    sizes = [row.size, *([row.answer_size] if row.answer_size else [])]
    return " ⇄ ".join(map(size_text, sizes))


def _took(row: Record) -> str:
    if row.seconds is None:
        return "…" if row.outcome == "pending" else ""
    return f"{1000 * row.seconds:.1f} ms" if row.seconds < _SLOW else f"{row.seconds:.2f} s"


def _outcome(row: Record) -> str:
    kind = "jw-bad" if row.failed else "jw-wait" if row.outcome == "pending" else "jw-good"
    notes = [f"{row.items} {_plural('item', row.items)}"] if row.kind == "stream" else []
    notes += [f"{row.missed} older missed"] if row.missed else []
    return " ".join(filter(None, [_span(row.outcome, kind), _span(" · ".join([*notes, *filter(None, [row.answer])]))]))
