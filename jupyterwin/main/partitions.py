"""Partitions: the lasting ones, each a folder of this user's: a lock, a secret, and what its pages stored.

The secret stays with the kernel; only the folder ``storage`` is shown to the host. It knows no host and no window.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterwin.errors import UsageError

if TYPE_CHECKING:
    from jupyterwin.security.profile import Profile

_SECRET_BYTES = 32


def data_folder() -> Path:
    """Where this user's programs keep what they must not lose: by platform."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jupyterwin"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "jupyterwin"
    given = os.environ.get("XDG_DATA_HOME", "")
    base = Path(given) if given.startswith("/") else Path.home() / ".local" / "share"
    return base / "jupyterwin"


class Partition:
    """A lasting partition that this process holds: no other kernel has it until `release`.

    Raises `UsageError` when another kernel does, or when the folder cannot be used.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.storage = folder / "storage"
        """What its pages stored, in the engine's own form."""
        self._folder = folder
        self.lock = -1
        """The descriptor that holds it. A process that inherits it holds the partition too."""
        try:
            for path in (folder, self.storage):
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.chmod(0o700)
            self._take()
            try:
                self.secret = self._read_secret()
            except BaseException:
                self.release()
                raise
        except OSError as problem:
            msg = f"partition: {name!r} cannot be kept in {folder}: {problem}"
            raise UsageError(msg) from problem

    def release(self) -> None:
        """Leave it to others. In a forked child it only lets go: the parent holds it still."""
        lock, self.lock = self.lock, -1
        if lock >= 0:
            os.close(lock)

    def clear(self) -> None:
        """Forget what its pages stored, and the origins they stored it under."""
        shutil.rmtree(self.storage)
        (self._folder / "secret").unlink()

    def _take(self) -> None:
        lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode("ascii", "replace")
            os.close(lock)
            msg = (
                f"partition: {self.name!r} is in use by another kernel (process {holder or 'unknown'}): close its windows "
                "there, or end that kernel, or name another partition"
            )
            raise UsageError(msg) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        self.lock = lock

    def _read_secret(self) -> bytes:
        path = self._folder / "secret"
        with suppress(FileNotFoundError):
            secret = path.read_bytes()
            if len(secret) != _SECRET_BYTES:
                msg = f"partition: {path} is damaged, so what {self.name!r} holds cannot be found again: remove {path.parent}"
                raise UsageError(msg)
            return secret
        secret = secrets.token_bytes(_SECRET_BYTES)
        new = path.with_suffix(".new")  # replaced as a whole: half a secret would be another one
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret)
        new.replace(path)
        return secret


class Partitions:
    """The lasting partitions that this process holds, by profile. Callers hold a lock of their own."""

    def __init__(self) -> None:
        self._held: dict[Profile, Partition] = {}

    def hold(self, profile: Profile) -> Partition | None:
        """The partition of this profile, taken if it lasts. Raises `UsageError` when somebody else has it."""
        if not profile.lasting or profile in self._held:
            return self._held.get(profile)
        for other in self._held:
            if other.partition == profile.partition:
                msg = f"network: windows of the {other} are open, and a lasting partition has one network=: close them first"
                raise UsageError(msg)
        partition = self._held[profile] = Partition(profile.partition, self._folder(profile))
        return partition

    def release(self, profile: Profile) -> None:
        """The host of this profile is gone."""
        partition = self._held.pop(profile, None)
        if partition is not None:
            partition.release()

    def clear(self, profile: Profile) -> None:
        """Forget what a partition holds. Raises `UsageError` when it is in use."""
        if any(other.partition == profile.partition for other in self._held):
            msg = f"partition: windows of {profile.partition!r} are open: close them first"
            raise UsageError(msg)
        folder = self._folder(profile)
        if not folder.exists():
            return
        partition = Partition(profile.partition, folder)
        try:
            partition.clear()
        finally:
            partition.release()

    def forget_in_child(self) -> None:
        """The parent's locks are the parent's."""
        for profile in list(self._held):
            self.release(profile)

    def _folder(self, profile: Profile) -> Path:
        return data_folder() / "partitions" / profile.folder_name
