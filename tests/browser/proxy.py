"""A real nginx in front of a server, with TLS: the way in that people take."""

import os
import re
import shutil
import ssl
import subprocess
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from tests.browser.ports import free_port
from tests.waiting import PATIENCE, wait_until
from zetwpo.config import ROOT

# Debian keeps it off the PATH of people who are not root.
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CERTIFICATE, KEY = "certificate.pem", "key.pem"
# All that nginx writes stays in its own folder. `user` is refused to whoever is not root, and
# for root it would otherwise be somebody who cannot read that folder.
MAIN = """
{user}
daemon off;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 1024; }}
http {{
    access_log access.log;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    {site}
}}
"""
GUIDE = ROOT / "docs" / "operating.md"
# Where the configuration in the guide says what differs from one place to the next.
NAME = "scan.school.example"
FOLDER = f"/etc/letsencrypt/live/{NAME}/"


def site_of_guide() -> str:
    """The configuration that the operating guide gives, as it stands there."""
    (site,) = re.findall(r"^```nginx\n(.*?)^```$", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    return str(site)


def without_tls(site: str) -> str:
    """The same site, for whoever does not need a secret on the way."""
    return re.sub(r"^ *ssl_.*\n", "", site, flags=re.MULTILINE).replace("443 ssl;", "443;")


class Proxy:
    """One nginx on a port of its own, in front of a server on another.

    Its port is known before it starts, as the server behind it has to know its public address.
    """

    def __init__(self, folder: Path, has_tls: bool = True) -> None:
        self.folder = folder
        self.port = free_port()
        # Where people come in who left out the s of https.
        self.plain_port = free_port()
        self.has_tls = has_tls
        scheme = "https" if has_tls else "http"
        self.address = f"{scheme}://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, behind: int, site: str = "") -> None:
        """Start it in front of the server on that port, and wait until it answers.

        `site` is what the guide has, unless a test needs another.
        """
        self.folder.mkdir(exist_ok=True)
        if self.has_tls:
            make_certificate(self.folder)
        user = "user root;" if os.geteuid() == 0 else ""
        site = self._placed_here(site or site_of_guide(), behind)
        (self.folder / "nginx.conf").write_text(MAIN.format(user=user, site=site))
        with (self.folder / "output.log").open("ab") as log:
            self._process = subprocess.Popen(
                [NGINX, "-p", f"{self.folder}/", "-c", "nginx.conf", "-e", "error.log"],
                stdout=log,
                stderr=log,
            )
        wait_until(lambda: self._answers() or self._has_ended())
        assert not self._has_ended(), self.log

    def stop(self) -> None:
        """End it with all connections that are open."""
        if self._process:
            self._process.terminate()
            self._process.wait(PATIENCE)
            self._process = None

    @property
    def log(self) -> str:
        """All that it wrote: what it served, and what went wrong."""
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(file.read_text(errors="replace") for file in files)

    def connect(self, comes_from: str = "127.0.0.1") -> HTTPConnection:
        """A connection from this address, of somebody who trusts the certificate."""
        source = (comes_from, 0)
        if not self.has_tls:
            return HTTPConnection("127.0.0.1", self.port, PATIENCE, source)
        trust = ssl.create_default_context(cafile=self.folder / CERTIFICATE)
        return HTTPSConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=source, context=trust
        )

    def _placed_here(self, site: str, behind: int) -> str:
        if not self.has_tls:
            site = without_tls(site)
        for there, here in {
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            f"https://{NAME}": self.address,
            f"{FOLDER}fullchain.pem": CERTIFICATE,
            f"{FOLDER}privkey.pem": KEY,
            "/var/log/nginx/": "",
            NAME: "localhost",
            "http://127.0.0.1:8000": f"http://127.0.0.1:{behind}",
        }.items():
            assert there in site or not self.has_tls, f"the guide has no {there} any more"
            site = site.replace(there, here)
        return site

    def _answers(self) -> bool:
        connection = self.connect()
        try:
            connection.request("HEAD", "/health")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None


def make_certificate(folder: Path) -> None:
    """Make a certificate for this machine that nobody signed, and its key, in the folder."""
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        + ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", names]
        + ["-keyout", folder / KEY, "-out", folder / CERTIFICATE],
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
