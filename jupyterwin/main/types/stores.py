"""Stores in a ``kernel.d.ts``: the traits of each as properties of an interface. It knows shapes and text, and no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyterwin.main.types.typescript import NAMESPACE, comment, key

if TYPE_CHECKING:
    from jupyterwin.main.types.shapes import Shape
    from jupyterwin.main.types.typescript import TypeScript


@dataclass(frozen=True)
class TypedTrait:
    """A trait, as a page has it."""

    shape: Shape
    doc: str = ""
    read_only: bool = False


@dataclass(frozen=True)
class TypedStore:
    """A store, as a page has it: the name of its class, what that says of itself, its traits."""

    name: str
    doc: str
    traits: Mapping[str, TypedTrait]


def member(stores: Mapping[str, TypedStore], typescript: TypeScript) -> str:
    """The member ``store`` of the interface of ``kernel``: one store, or several by name. Declares their interfaces."""
    types = {name: _interface(store, typescript) for name, store in stores.items()}
    if "" in types:
        return f"readonly store: {types['']};"
    return f"readonly store: {{ {' '.join(f'readonly {key(name)}: {kind};' for name, kind in types.items())} }};"


def _interface(store: TypedStore, typescript: TypeScript) -> str:
    values, given, properties = [], [], []
    for name, trait in store.traits.items():
        got, taken = typescript.text(trait.shape, "out"), typescript.text(trait.shape, "in")
        values.append(f"readonly {key(name)}: {got}")
        properties += comment(trait.doc)
        if trait.read_only:
            properties.append(f"readonly {key(name)}: {got};")
            continue
        given.append(f"readonly {key(name)}: {taken}")
        if got == taken:
            properties.append(f"{key(name)}: {got};")
        else:
            properties.append(f"get {key(name)}(): {got};\nset {key(name)}(value: {taken});")
    base = f"jupyterwin.Store<{{ {'; '.join(values)} }}, {{ {'; '.join(given)} }}>"
    lines = [f"  {line}" for text in properties for line in text.splitlines()]
    head = "\n".join(comment(store.doc))
    body = "\n".join(lines)
    name = typescript.declare(
        store.name, lambda name: f"{head}\ninterface {name} extends {base} {{\n{body}\n}}".lstrip()
    )
    return f"{NAMESPACE}.{name}"
