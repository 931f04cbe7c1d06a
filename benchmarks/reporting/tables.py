"""Tables of a result, as text for a terminal or as Markdown. It reads the result's JSON form and nothing else."""

from __future__ import annotations

from reporting.rows import GROUPS, OURS, PEERS, SUBJECTS, Row

HEAD = ("", "unit", SUBJECTS[OURS], *(name for peer in PEERS for name in (SUBJECTS[peer], "×")))


def as_text(result: dict) -> str:
    """All tables for a terminal, then what failed."""
    parts = []
    for title, rows in GROUPS.values():
        table = [HEAD, *(_cells(row, result) for row in rows if _known(row, result))]
        if len(table) == 1:
            continue
        widths = [max(len(line[i]) for line in table) for i in range(len(HEAD))]
        lines = [title] + [
            "  "
            + "  ".join(c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True)))
            for line in table
        ]
        parts.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join([*parts, *(["\n".join(_failures(result))] if result["failed"] else [])])


def as_markdown(result: dict, group: str) -> str:
    """One table for a document."""
    _, rows = GROUPS[group]
    lines = ["| " + " | ".join(HEAD) + " |", "|---|---|" + "---:|" * (len(HEAD) - 2)]
    lines += ["| " + " | ".join(_cells(row, result)) + " |" for row in rows if _known(row, result)]
    return "\n".join(lines)


def about(result: dict) -> list[str]:
    """The machine and the versions, one fact a line."""
    machine = result["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    root = "yes" if machine["root"] else "no"
    lines = [
        f"{machine['date']}: {machine['cores']} cores of {machine['cpu']}, {machine['memory_gb']} GB, {machine['system']}",
        f"{machine['python']}; {versions}",
        f"screen: {machine['screen']}; as root: {root}; load average at the start: {machine['load_average']}",
        f"runs of each measurement: {result['repeat']}, calls in each: {result['count']}",
    ]
    for subject, facts in result["facts"].items():
        if facts:
            lines.append(f"{SUBJECTS[subject]}: " + ", ".join(f"{key}: {value}" for key, value in facts.items()))
    return lines


def _known(row: Row, result: dict) -> bool:
    return any(row.metric in metrics for metrics in result["results"].values()) or any(
        row.metric in failure["metrics"] for failure in result["failed"]
    )


def _cells(row: Row, result: dict) -> tuple[str, ...]:
    cells = [row.label, row.unit, _value(result, OURS, row.metric)]
    for peer in PEERS:
        times = result["ratios"].get(peer, {}).get(row.metric)
        cells += [_value(result, peer, row.metric), "" if times is None else f"{times:g}"]
    return tuple(cells)


def _value(result: dict, subject: str, metric: str) -> str:
    found = result["results"].get(subject, {}).get(metric)
    if found is None:
        failed = any(f["subject"] == subject and metric in f["metrics"] for f in result["failed"])
        return "failed" if failed else "–"
    if found["p99"] is not None:
        return f"{found['p50']:,} (p99 {found['p99']:,})"
    if found["values"] == 1:
        return f"{found['p50']:,}"
    return f"{found['p50']:,} ({found['min']:,}–{found['max']:,})"


def _failures(result: dict) -> list[str]:
    return ["failed:"] + [
        f"  {f['name']} of {SUBJECTS[f['subject']]}, {f['times']} of {result['repeat']} runs: {f['reason']}"
        for f in result["failed"]
    ]
