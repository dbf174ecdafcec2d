"""Work that is done in another process beside this one's.

Each in an interpreter of its own: that of the tests may have threads, and then nothing is forked.
"""

import subprocess
import sys
import textwrap

import pytest

from tests.sites import PROJECT


@pytest.mark.parametrize(
    "code",
    [
        """
        with beside(os.getpid, jobs=2) as made:
            assert made() != os.getpid()
        """,
        """
        asked = []
        with beside(lambda: asked.append(1), jobs=1) as made:
            assert asked == []
            made()
        assert asked == [1]
        """,
        """
        done = threading.Event()
        threading.Thread(target=done.wait).start()
        with beside(os.getpid, jobs=2) as made:
            assert made() == os.getpid()
        done.set()
        """,
        """
        def work():
            raise CommandError("it is damaged")
        with beside(work, jobs=2) as made:
            try:
                made()
            except CommandError as error:
                assert str(error) == "it is damaged"
            else:
                raise AssertionError("nothing was raised")
        """,
        """
        here = os.getpid()
        def work():
            if os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            return 7
        with beside(work, jobs=2) as made:
            assert made() == 7
        """,
        """
        with beside(threading.Event().wait, jobs=2):
            pass
        """,
    ],
    ids=[
        "in another process",
        "with one job here, when it is asked",
        "beside another thread here",
        "what it raises is raised",
        "killed, it is done here",
        "without end, it is stopped when nobody asks",
    ],
)
def test_work_beside(code):
    imports = "import os, signal, threading\nfrom rolerisk.errors import CommandError\n"
    imports += "from rolerisk.workers import beside\n"
    script = imports + textwrap.dedent(code)
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
