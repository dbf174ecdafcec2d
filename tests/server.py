"""A server of one's own on loopback: a bare repository with our hook, and nginx with our configuration."""

import datetime
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.sites import PROJECT, SMALL_SITE, SiteFolder

EVER = 120  # seconds after which what should have happened is a failure
TOOLS = ("git", "nginx", "make", "flock", "pgrep")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_PATH = os.environ["PATH"] + ":/usr/sbin"
_ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Editor" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "editor@example.org" for who in ("AUTHOR", "COMMITTER")},
}
# A checkout takes the tests' environment, where the project's own Makefile would install one.
_MAKEFILE = f".venv/site: .venv\n.venv:\n\tln -s {PROJECT}/.venv .venv\n"
_NGINX = """
user {user};
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
{modules}
events {{ worker_connections 512; }}
http {{
    access_log off;
    include {types};
    default_type application/octet-stream;
    {temporary}
    include {folder}/enabled/*.conf;
}}
"""
_RELOAD = """#!/bin/sh
workers=$(pgrep -P "$(cat {pid})")
{command} || exit 1
for worker in $workers; do
    while kill -0 "$worker" 2>/dev/null; do sleep 0.02; done
done
"""


class Answer(NamedTuple):
    """What nginx answered."""

    status: int
    headers: dict[str, str]
    body: bytes


def missing_tools() -> list[str]:
    """The programs that a server needs and this machine has not got."""
    return [name for name in TOOLS if not shutil.which(name, path=_PATH)]


def small_site_of_today() -> str:
    """The small site, whose dates are of last week: a server builds for the day that it is."""
    week = datetime.date.today() - datetime.timedelta(days=7)
    text = SMALL_SITE.replace("2026-11-01", str(week)).replace("2026-11-02", str(week))
    return text.replace("search: false", "search: true")


class Server:
    """The editors' clone, the bare repository that they push to, the published folder, nginx."""

    def __init__(self, root: Path, text: str) -> None:
        self.root = root
        self.clone = SiteFolder(_made(root / "clone"), text)
        self.bare, self.folder = root / "site.git", root / "srv"
        self.nginx = _made(root / "nginx")
        self.port = _free_port()
        self._write_nginx()
        self._reload = self._write_reload()
        self._fill_clone()
        self.git("init", "--bare", "--initial-branch=main", str(self.bare))
        hook = self.bare / "hooks/post-receive"
        shutil.copy(PROJECT / "deploy/post-receive", hook)
        self.configure("site.folder", str(self.folder))
        self.configure("site.reload", str(self._reload))
        self.git("init", "--initial-branch=main")
        self.git("remote", "add", "origin", str(self.bare))

    # ---- the editor

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git in the clone."""
        command = ["git", *arguments]
        return _run(command, self.clone.root)

    def configure(self, name: str, value: str) -> None:
        """Set an option of the bare repository."""
        _run(["git", f"--git-dir={self.bare}", "config", name, value], self.root)

    def commit(self) -> str:
        """Commit all that was edited; the commit's short name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Edit")
        return self.git("rev-parse", "HEAD").stdout[:10]

    def push(self, *arguments: str) -> str:
        """Push, and return what the pusher sees of the server's words."""
        self.commit()
        said = self.git("push", *(arguments or ("origin", "main"))).stderr
        lines = (line.removeprefix("remote: ").rstrip() for line in said.splitlines())
        return "\n".join(lines)

    def hook(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the hook by hand, as an administrator does."""
        command = [str(self.bare / "hooks/post-receive"), *arguments]
        return _run(command, self.root, check=False)

    # ---- what is public

    def start(self) -> None:
        """Start nginx, without the site."""
        subprocess.run(self._nginx_command(), env=_ENVIRONMENT, check=True)

    def enable(self) -> None:
        """Switch the site on, once there is one."""
        conf = (PROJECT / "deploy/nginx.conf").read_text("utf-8")
        conf = conf.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        conf = conf.replace("listen [::]:80;", "").replace("/srv/site", str(self.folder))
        if not BROTLI.exists():
            conf = "\n".join(line for line in conf.splitlines() if "brotli_static" not in line)
        (self.nginx / "enabled/site.conf").write_text(conf, encoding="utf-8")
        subprocess.run([self._reload], env=_ENVIRONMENT, check=True)
        eventually(self._answers)

    def stop(self) -> None:
        """End nginx."""
        pid = self.nginx / "pid"
        subprocess.run([*self._nginx_command(), "-s", "stop"], env=_ENVIRONMENT, check=False)
        eventually(lambda: not pid.exists())

    def get(self, path: str, **headers: str) -> Answer:
        """Ask nginx for an address; `Accept_Encoding="br"` and the like are request headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=EVER)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers={"Host": "www.example.org", **given})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def release(self) -> str:
        """The name of the public release."""
        return (self.folder / "current/release").resolve().name

    def releases(self) -> list[str]:
        """The names of all releases."""
        return sorted(path.name for path in (self.folder / "releases").iterdir())

    def _answers(self) -> bool:
        try:
            return self.get("/").status == 200
        except OSError:
            return False

    # ---- making it

    def _fill_clone(self) -> None:
        root = self.clone.root
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / "rolerisk", root / "rolerisk", ignore=ignore)
        for name in ("build.py", ".gitignore"):
            shutil.copy(PROJECT / name, root / name)
        self.clone.write(".gitignore", self.clone.read(".gitignore").replace(".venv/", ".venv"))
        self.clone.write("Makefile", _MAKEFILE)
        self.clone.write("site/.gitignore", "*\n!.gitignore\n")

    def _write_nginx(self) -> None:
        _made(self.nginx / "enabled")
        kinds = ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")
        temporary = "".join(f"{kind}_temp_path {self.nginx}/{kind};" for kind in kinds)
        types = next(p for p in ("/etc/nginx/mime.types",) if Path(p).exists())
        text = _NGINX.format(
            user="root" if os.getuid() == 0 else "nobody",
            folder=self.nginx,
            modules=f"load_module {BROTLI};" if BROTLI.exists() else "",
            types=types,
            temporary=temporary,
        )
        (self.nginx / "nginx.conf").write_text(text, encoding="utf-8")

    def _write_reload(self) -> Path:
        """`nginx -s reload` that ends once no worker with the old rules is left to answer."""
        command = " ".join([*self._nginx_command(), "-s", "reload"])
        script = self.nginx / "reload"
        script.write_text(_RELOAD.format(pid=self.nginx / "pid", command=command), encoding="utf-8")
        script.chmod(0o755)
        return script

    def _nginx_command(self) -> list[str]:
        program = shutil.which("nginx", path=_PATH)
        assert program
        return [program, "-p", str(self.nginx), "-c", str(self.nginx / "nginx.conf"), "-q"]


def eventually(happened: Callable[[], object]) -> None:
    """Wait for something that happens soon."""
    deadline = time.monotonic() + EVER
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def _run(command: list[str], folder: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=_ENVIRONMENT, check=check, capture_output=True, text=True
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
