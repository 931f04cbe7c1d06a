"""The TypeScript types of the frames are those of `jupyterwin.wire.frames`; whoever changes a frame generates them again."""

from __future__ import annotations

import re
from typing import Any, get_args

import msgspec
import pytest

from jupyterwin import errors
from jupyterwin.wire import frames, place, typescript


def test_the_generated_file_is_up_to_date():
    assert typescript.TARGET.read_text(encoding="utf-8") == typescript.render(), (
        f"js/src/wire/frames.gen.ts is not what the frames say. Run `{typescript.COMMAND}` and commit the file."
    )


def test_the_generated_file_of_places_is_up_to_date():
    assert typescript.PLACE_TARGET.read_text(encoding="utf-8") == typescript.render(place), (
        f"js/src/wire/place.gen.ts is not what the frames say. Run `{typescript.COMMAND}` and commit the file."
    )


def test_the_codes_of_errors_are_those_of_python():
    assert typescript.ERRORS_TARGET.read_text(encoding="utf-8") == typescript.render_errors(), (
        f"js/src/wire/errors.gen.ts is not what jupyterwin/errors.py says. Run `{typescript.COMMAND}` and commit the file."
    )


def test_each_error_class_has_a_code_of_its_own():
    classes = {getattr(errors, name) for name in errors.__all__} - {errors.JupyterWinError, errors.RemoteError}
    assert set(errors.by_code().values()) == classes


def test_every_frame_is_in_the_union_under_its_tag():
    text = typescript.render()
    union = re.search(r"export type Frame =([^;]*);", text)
    assert union is not None
    assert re.findall(r"\w+", union[1]) == [frame.__name__ for frame in get_args(frames.Frame)]
    for frame in get_args(frames.Frame):
        assert f'export interface {frame.__name__} {{\n  readonly op: "{frame.__struct_config__.tag}";\n' in text


def test_names_are_those_of_the_wire_and_defaults_are_optional(monkeypatch):
    class Probe(msgspec.Struct, rename="camel"):
        """One line."""

        two_words: int
        many: list[str | None] = []
        anything: Any = None

    monkeypatch.setattr(frames, "Probe", Probe, raising=False)
    assert (
        "/** One line. */\nexport interface Probe {\n  readonly twoWords: number;\n"
        "  readonly many?: readonly (string | null)[];\n  readonly anything?: unknown;\n}\n"
    ) in typescript.render()


def test_a_type_without_a_row_is_refused(monkeypatch):
    class Probe(msgspec.Struct):
        table: dict[int, int]

    monkeypatch.setattr(frames, "Probe", Probe, raising=False)
    with pytest.raises(TypeError, match="give jupyterwin"):
        typescript.render()
