"""Files for the browser: our own and those inside Python packages, under hashed addresses.

They are collected once into the instance folder, compressed, and served with
an address that changes when the file does, so that a browser may keep them for ever.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import brotli
import click
from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from zetwpo.config import ROOT
from zetwpo.private_files import FILE_MODE

OWN = ROOT / "static"
PREFIX = "/static/"
# Style rules that a page has only where it names them: `50-charts.css` for "charts". All other
# files are on every page.
ON_REQUEST = frozenset({"charts", "editor", "meeting", "methods", "people", "result", "wall"})


class QuickCompressor(Compressor):
    """Leaves alone what does not get smaller. At brotli's best a first start took 6 s longer."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """A tenth larger than the smallest, in a twentieth of its time."""
        return bytes(brotli.compress(data, quality=9))


COMPRESSOR: Compressor = QuickCompressor(quiet=True)


@dataclass(frozen=True)
class Asset:
    """A file that pages refer to by name."""

    name: str
    source: Path

    @property
    def fingerprint(self) -> str:
        """Changes whenever the file may have changed; cheap enough for every start."""
        stat = self.source.stat()
        return f"{self.source}:{stat.st_size}:{stat.st_mtime_ns}"


def _plotly() -> Path:
    # Found without importing the package: that takes longer than starting all the rest.
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def all_assets() -> list[Asset]:
    """Every file that a page may ask for."""
    own = [
        Asset(path.relative_to(OWN).as_posix(), path)
        for path in sorted(OWN.rglob("*"))
        if path.is_file() and path.suffix != ".css"
    ]
    return [*own, Asset("vendor/plotly.min.js", _plotly())]


def collect(folder: Path) -> dict[str, str]:
    """Bring the folder up to date and return the hashed name of each asset."""
    assets = all_assets()
    state = {asset.name: asset.fingerprint for asset in assets}
    # Beside the folder and not in it: it names paths of this machine.
    manifest = folder.with_suffix(".json")
    if manifest.exists():
        known = json.loads(manifest.read_text())
        if known["state"] == state:
            return dict(known["names"])
    click.echo("Collecting the files for the browser ...", err=True)
    names = {asset.name: _publish(asset, folder) for asset in assets}
    # Written last: an interrupted collection is done again.
    manifest.touch(mode=FILE_MODE)
    manifest.write_text(json.dumps({"state": state, "names": names}, indent=1))
    return names


def _publish(asset: Asset, folder: Path) -> str:
    content = asset.source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    path = Path(asset.name)
    hashed = path.with_name(f"{path.stem}.{digest}{path.suffix}")
    target = folder / hashed
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if COMPRESSOR.should_compress(target.name):
        COMPRESSOR.compress(str(target))
    return hashed.as_posix()


@cache
def stylesheet(*wanted: str) -> Markup:
    """Our style rules in one text, which each page carries in its head.

    With those on request that are wanted; raises ValueError where there are none of that name.
    A few kilobytes in the page beat a second round trip before anything shows (see
    docs/decisions/0004-own-stylesheet-in-the-page.md).
    """
    if not ON_REQUEST.issuperset(wanted):
        raise ValueError(f"no style rules on request are called {', '.join(wanted)}")
    left_out = ON_REQUEST.difference(wanted)
    files = [path for path in sorted((OWN / "css").glob("*.css")) if _subject(path) not in left_out]
    text = "\n".join(path.read_text() for path in files)
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return Markup(re.sub(r"\s*\n\s*", "\n", without_comments).strip())  # noqa: S704 (our own files)


def _subject(path: Path) -> str:
    """What a style sheet is about: its name without the number that puts it in its place."""
    return path.stem.partition("-")[2]


def init_app(app: Flask, folder: Path) -> None:
    """Serve the assets, and let templates name them."""
    folder.mkdir(parents=True, exist_ok=True)
    names = collect(folder)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=PREFIX,
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
    )
    app.jinja_env.globals["asset"] = lambda name: PREFIX + names[name]
    app.jinja_env.globals["stylesheet"] = stylesheet
