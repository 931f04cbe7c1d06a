"""Settings that refuse user namespaces are told with the command that changes them."""

from __future__ import annotations

import pytest

from jupyterwin.cli.doctor import namespaces


@pytest.mark.parametrize(
    ("setting", "value", "cure"),
    [
        ("kernel/unprivileged_userns_clone", "0\n", "kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0\n", "user.max_user_namespaces"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1\n", "apparmor-profiles"),
    ],
)
def test_a_setting_that_refuses(tmp_path, setting, value, cure):
    file = tmp_path / setting
    file.parent.mkdir(parents=True)
    file.write_text(value)
    (problem,) = namespaces.problems(tmp_path)
    assert cure in problem.cure


def test_settings_that_allow_or_are_not_there(tmp_path):
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "max_user_namespaces").write_text("10000\n")
    assert namespaces.problems(tmp_path) == []
