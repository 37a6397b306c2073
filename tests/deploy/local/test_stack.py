"""The stack with small processes in place of the real ones: order, supervision, nothing left."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.errors import LocalError
from deploy.local.process import ProcessSpec
from deploy.local.settings import REPOSITORY, on_free_ports
from deploy.local.stack import Stack
from tests.deploy.processes import is_gone, until

_FOREVER = "import signal, time; time.sleep(600)"
_STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
_WITH_CHILD = (
    "import subprocess, sys, time; from pathlib import Path\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "Path('child').write_text(str(child.pid)); time.sleep(600)"
)


def _dummy(name: str, code: str = _FOREVER, **more: object) -> ProcessSpec:
    return ProcessSpec(name, (sys.executable, "-c", code), **more)  # type: ignore[arg-type]


def _stack(folder: Path, *specs: ProcessSpec, said: list[str] | None = None) -> Stack:
    say = said.append if said is not None else lambda _line: None
    return Stack(on_free_ports(folder), table=lambda _around: list(specs), servers=False, say=say)


@pytest.mark.promise("AVA-03")
def test_it_starts_a_killed_process_again_and_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    with _stack(tmp_path, _dummy("clerk"), said=said) as stack:
        first = stack.pid("clerk")
        stack.kill("clerk")
        stack.await_ready("clerk")
        assert stack.pid("clerk") not in {None, first}
        assert stack.restarts("clerk") == 1
    assert "clerk was killed (SIGKILL); starting it again in 0.2 s" in said
    assert any(line.startswith("clerk works again") for line in said)


def test_it_waits_longer_after_each_death(tmp_path: Path) -> None:
    said: list[str] = []
    with _stack(tmp_path, _dummy("clerk"), said=said) as stack:
        for _ in range(3):
            stack.kill("clerk")
            stack.await_ready("clerk")
    delays = [line.partition("again in ")[2] for line in said if "starting it again" in line]
    assert delays == ["0.2 s", "0.4 s", "0.8 s"]


def test_it_starts_in_order_of_need(tmp_path: Path) -> None:
    mark = "from pathlib import Path; import time; time.sleep(0.3); Path('mark').touch()"
    look = "from pathlib import Path; assert Path('mark').exists(); import time; time.sleep(600)"
    task = _dummy("prepare", mark, once=True, folder=tmp_path)
    with _stack(tmp_path, _dummy("use", look, after=("prepare",), folder=tmp_path), task) as stack:
        assert stack.restarts("use") == 0


def test_it_leaves_no_process_and_no_lock_behind(tmp_path: Path) -> None:
    specs = [_dummy("plain"), _dummy("parent", _WITH_CHILD, folder=tmp_path)]
    with _stack(tmp_path, *specs) as stack:
        until((tmp_path / "child").exists)
        until((tmp_path / "child").read_text)
        pids = [stack.pid("plain"), stack.pid("parent"), int((tmp_path / "child").read_text())]
    # the child was killed with its parent's group: the kernel may take an instant to bury it
    until(lambda: all(pid is not None and is_gone(pid) for pid in pids))
    with _stack(tmp_path, _dummy("plain")):
        pass


def test_it_kills_a_process_that_does_not_stop(tmp_path: Path) -> None:
    said: list[str] = []
    stack = _stack(tmp_path, _dummy("stubborn", _STUBBORN), said=said)
    stack.start()
    pid = stack.pid("stubborn")
    assert pid is not None
    until(lambda: _ignores_sigterm(pid))
    stack.stop(patience=0.3)
    assert is_gone(pid)
    assert said == ["stubborn did not stop in 0.3 s: killed"]


def _ignores_sigterm(pid: int) -> bool:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    ignored = next(line for line in lines if line.startswith("SigIgn"))
    return bool(int(ignored.split()[1], 16) & 1 << (signal.SIGTERM - 1))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import sys; sys.exit('setting PORT: not a number')", "setting PORT: not a number"),
        ("import sys; print('no such file'); sys.exit(2)", "exit code 2"),
    ],
)
def test_it_shows_why_a_process_never_works(tmp_path: Path, code: str, said: str) -> None:
    async def never() -> bool:
        return False

    with pytest.raises(LocalError, match="clerk ended") as caught:
        _stack(tmp_path, _dummy("clerk", code, ready=never)).start()
    assert said in str(caught.value)
    assert "clerk.log" in str(caught.value)


def test_it_gives_up_on_a_process_that_never_becomes_ready(tmp_path: Path) -> None:
    async def never() -> bool:
        return False

    code = "print('warming up', flush=True); import time; time.sleep(600)"
    with pytest.raises(LocalError, match=r"clerk was not ready after 1 s(.|\n)*warming up"):
        _stack(tmp_path, _dummy("clerk", code, ready=never)).start(timeout=1)


@pytest.mark.faults
def test_it_dies_whole_when_the_launcher_itself_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from deploy.local.process import ProcessSpec; from deploy.local.stack import Stack\n"
        "from deploy.local.settings import on_free_ports\n"
        f"clerk = ProcessSpec('clerk', (sys.executable, '-c', {_STUBBORN!r}))\n"
        f"stack = Stack(on_free_ports(Path({str(tmp_path)!r})), table=lambda _: [clerk])\n"
        "stack.start()\n"
        "print(*(stack.pid(n) for n in ('clerk', 'postgres', 'redis')), flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=REPOSITORY
    ) as launcher:
        assert launcher.stdout is not None
        pids = [int(word) for word in launcher.stdout.readline().split()]
        launcher.send_signal(signal.SIGKILL)
    assert len(pids) == 3
    for pid in pids:
        until(lambda pid=pid: is_gone(pid))

    said: list[str] = []
    stack = _stack(tmp_path, _dummy("clerk"), said=said)
    with stack:
        pass
    assert said == [f"Took over from process {launcher.pid}, which ended without stopping Parvis."]


@pytest.mark.faults
def test_it_brings_a_killed_postgresql_and_redis_back(tmp_path: Path) -> None:
    stack = Stack(on_free_ports(tmp_path), table=lambda _around: [], say=lambda _line: None)
    with stack:
        for name in ("postgres", "redis"):
            stack.kill(name)
            stack.await_ready(name)
            assert stack.restarts(name) >= 1
            with socket.create_connection(("127.0.0.1", stack.settings.ports[name]), timeout=5):
                pass


def test_it_shows_the_output_of_each_process_when_asked(tmp_path: Path) -> None:
    said: list[str] = []
    settings = on_free_ports(tmp_path)
    code = (
        "print('bonjour', flush=True); print('x' * 200_000, flush=True); import time; time.sleep(9)"
    )
    stack = Stack(
        type(settings)(settings.folder, settings.ports, verbose=True),
        table=lambda _around: [_dummy("clerk", code)],
        servers=False,
        say=said.append,
    )
    with stack:
        until(lambda: (tmp_path / "logs" / "clerk.log").stat().st_size > 200_000)
    assert said[0].endswith("clerk | bonjour")


def test_it_sets_a_large_log_aside(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "clerk.log").write_bytes(b"x" * (6 << 20))
    with _stack(tmp_path, _dummy("clerk")):
        assert (tmp_path / "logs" / "clerk.log").stat().st_size == 0
        assert (tmp_path / "logs" / "clerk.log.1").exists()


def test_it_tells_where_everything_is(tmp_path: Path) -> None:
    stack = _stack(tmp_path)
    assert stack.urls["portal"] == f"http://localhost:{stack.settings.ports['gateway']}"
    assert stack.urls["smtp"].startswith("smtp://127.0.0.1:")
    assert os.environ.get("PARVIS_PORT") is None
