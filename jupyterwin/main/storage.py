"""Storage: where a partition that lasts is kept, and the secret of its windows' origins. It starts no host.

The host is shown the partition's own folder and nothing beside it: the secret stays with the kernel.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterwin.errors import UsageError
from jupyterwin.security import origins

if TYPE_CHECKING:
    from jupyterwin.security.profile import Profile

_LENGTH = 32


@dataclass(frozen=True)
class Storage:
    """The folder of one lasting partition."""

    folder: Path
    secret: bytes

    def origin(self, window: str) -> str:
        """The origin of the window of this name: always the same, or nothing it stores would be found again."""
        return origins.lasting_origin(self.secret, window)


def storage_of(profile: Profile) -> Storage | None:
    """Where a profile stores; made if it is not there. None for one that stores nothing on disk. Raises `UsageError`."""
    if not profile.lasting:
        return None
    given = os.environ.get("XDG_DATA_HOME", "")
    data = Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "share"
    root = data / "jupyterwin" / "partitions"
    name = profile.partition.removeprefix("persist:")
    folder, secret = root / name / "storage", root / name / "secret"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Storage(folder, _secret(secret))
    except OSError as problem:
        msg = f"partition: {root / name} cannot be used: {problem}"
        raise UsageError(msg) from problem


def _secret(file: Path) -> bytes:
    """The secret in this file, made once, by whoever comes first."""
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(made, "wb") as new:
        new.write(secret := secrets.token_bytes(_LENGTH))
    return secret
