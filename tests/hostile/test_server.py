"""`serve` as a process, asked by raw sockets what no browser asks: it answers this machine only."""

import base64
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.sites import PROJECT, SMALL_SITE, SiteFolder

pytestmark = pytest.mark.slow
SECRET = "slug: locksmith"  # stands in roles.yaml, beside the folder that is served


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    site = SiteFolder(tmp_path_factory.mktemp("served"), SMALL_SITE)
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=site.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        line = next(line for line in process.stdout if line.startswith("serving "))
        assert line.startswith("serving http://127.0.0.1:")
        yield int(line.split()[1].rstrip("/").rpartition(":")[2])
    finally:
        process.terminate()
        process.communicate(timeout=60)


def ask(port: int, target: str, *headers: str, host: str = "127.0.0.1", method: str = "GET") -> str:
    """The whole answer to one request, sent as it is written here."""
    lines = [f"{method} {target} HTTP/1.1", *([f"Host: {host}"] if host else []), *headers]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        end = [] if "Upgrade: websocket" in headers else ["Connection: close"]
        connection.sendall("\r\n".join([*lines, *end, "", ""]).encode("latin-1"))
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
            if not end and b"\r\n\r\n" in answer:
                break
    return answer.decode("utf-8", "replace")


def status(answer: str) -> int:
    return int(answer.split()[1]) if answer else 0


def test_a_page_is_served_with_the_script_that_reloads_it(port):
    answer = ask(port, "/roles/baker/")
    assert status(answer) == 200
    assert "Will AI replace Bakers?" in answer
    head = answer.partition("</head>")[0]
    assert 'addEventListener("load"' in head and '{src: "/livereload.js"}' in head
    assert "LiveReload" in ask(port, "/livereload.js")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "localhost:1", "[::1]:8000"])
def test_every_name_of_this_machine_is_answered(port, host):
    assert status(ask(port, "/", host=host)) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example",
        "evil.example@127.0.0.1", "127.0.0.1@evil.example", "0.0.0.0", "127.0.0.2", "[::]", "2130706433",
        "127.0.0.1, evil.example", "127.0.0.1:80:80", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", ["/", "/roles/baker/", "/livereload.js", "/livereload"])
def test_a_name_that_was_led_here_finds_nothing(port, host, target):
    answer = ask(port, target, host=host)
    assert status(answer) in (400, 403)
    assert "Bakers" not in answer
    assert "LiveReload" not in answer


TRAVERSALS = [
    "/../../etc/passwd", "/../../../../../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd", "/%2e%2e%2f%2e%2e%2froles.yaml", "/../../roles.yaml",
    "/..%5c..%5croles.yaml", "/..\\..\\roles.yaml", "/%252e%252e/roles.yaml", "//etc/passwd",
    "/%c0%ae%c0%ae/roles.yaml", "/roles/../../../roles.yaml", "/./../../roles.yaml", "/%00",
    "/roles/baker/index.html%00.txt", "/..;/..;/roles.yaml", "/....//....//roles.yaml", "/" + "a" * 5000,
    "/%2fetc/passwd", "/~root/.profile", "/index.html/../../../roles.yaml", "/.cache/", "/.gitignore",
    "http://evil.example/../../roles.yaml", "file:///etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("target", TRAVERSALS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_outside_the_output_is_served(port, target, method):
    answer = ask(port, target, method=method)
    assert status(answer) in (400, 404)
    assert SECRET not in answer
    assert "root:" not in answer


@pytest.mark.parametrize(
    "target", ["//evil.example/../roles", "//roles", "/%2f%2froles", "/roles/./"]
)
def test_a_redirect_leads_to_this_server(port, target):
    answer = ask(port, target)
    location = answer.partition("Location: ")[2].partition("\r\n")[0]
    assert status(answer) in (200, 301)
    assert location in ("", "/roles/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "FOO"])
def test_only_reading_is_answered(port, method):
    assert status(ask(port, "/", method=method)) in (400, 405)


def test_nobody_can_be_made_to_reload(port):
    assert status(ask(port, "/forcereload?path=x")) == 404


def websocket(port: int, *headers: str, host: str) -> int:
    key = base64.b64encode(os.urandom(16)).decode()
    upgrade = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
    return status(
        ask(port, "/livereload", *upgrade, f"Sec-WebSocket-Key: {key}", *headers, host=host)
    )


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_from_here_may_open_the_socket(port, name):
    assert websocket(port, f"Origin: http://{name}:{port}", host=f"{name}:{port}") == 101


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://127.0.0.1.evil.example",
        "http://127.0.0.1:1",
        "null",
        "file://",
    ],
)
def test_a_page_from_elsewhere_may_not(port, origin):
    assert websocket(port, f"Origin: {origin}", host=f"127.0.0.1:{port}") == 403


def test_a_page_whose_name_was_led_here_may_not(port):
    evil = f"evil.example:{port}"
    assert websocket(port, f"Origin: http://{evil}", host=evil) == 403


def test_the_other_addresses_of_this_machine_are_not_listened_on(port):
    with socket.socket() as probe, pytest.raises(OSError):
        probe.settimeout(5)
        probe.connect(("127.0.0.2", port))
    with socket.socket(socket.AF_INET6) as probe, pytest.raises(OSError):
        probe.settimeout(5)
        probe.connect(("::1", port))


def test_a_port_that_is_taken_is_told(port, tmp_path):
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "serve", "--port", str(port)],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        f"error: port {port} cannot be used (Address already in use); --port 0 takes a free one\n"
    )
