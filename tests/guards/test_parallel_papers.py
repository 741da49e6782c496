"""What somebody puts on a shelf or takes along, many times at the same moment."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.application import Stored
from tests.factories import Maker, Someone, Trajectory
from tests.guards.test_parallel import CLICKS, clicks
from tests.pages.client import Browser
from tests.pages.shelves import PDF
from tests.people import Browse
from zetwpo.audit import AuditEntry
from zetwpo.clock import as_if, now, today
from zetwpo.config import Settings
from zetwpo.cycle.certificate.models import Certificate, CertificateLeader
from zetwpo.cycle.portfolio.models import Portfolio
from zetwpo.cycle.shelf.models import ShelfFile, ShelfItem
from zetwpo.cycle.shelf.rules import MEBIBYTE

SIZE = 3 * MEBIBYTE


@pytest.fixture
def trajectory(make: Maker, facilitator: Someone, owner: Someone) -> Trajectory:
    with as_if(now() - timedelta(days=7)):
        return make.trajectory(facilitator, owner, first_day=today() + timedelta(days=1))


@pytest.fixture
def olga(browse: Browse, owner: Someone, trajectory: Trajectory) -> Browser:
    return browse(owner)


def test_fifty_clicks_claim_one_certificate(
    olga: Browser, make: Maker, trajectory: Trajectory, owner: Someone, stored: Stored
) -> None:
    make.noted(trajectory, 1, owner, "present")
    make.closed(trajectory)
    path = f"{trajectory.path}/certificate"
    assert set(clicks(olga.get(path), path, [{}] * CLICKS)) == {303}
    assert stored.count(Certificate) == 1
    assert stored.count(CertificateLeader) == 1
    assert stored.count(AuditEntry, AuditEntry.action == "certificate claimed") == 1


def test_fifty_clicks_keep_one_portfolio(
    olga: Browser, trajectory: Trajectory, stored: Stored
) -> None:
    path = f"{trajectory.path}/portfolio"
    page = olga.get(path)
    sent = {"seen": page.value("seen"), "introduction": "For whoever reads this."}
    assert set(clicks(page, path, [sent] * CLICKS)) == {303}
    assert stored.values(sa.select(Portfolio.introduction)) == ["For whoever reads this."]


def test_files_that_come_at_once_stay_within_the_room_of_their_partnership(
    app: Flask,
    olga: Browser,
    trajectory: Trajectory,
    stored: Stored,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings: Settings = app.extensions["settings"]
    monkeypatch.setitem(
        app.extensions, "settings", settings.model_copy(update={"shelf_megabytes": 10})
    )
    path = f"{trajectory.path}/shelf/new"
    file = PDF + b"\x00" * (SIZE - len(PDF))
    page = olga.get(path)
    sent = [
        olga.get(path).fields("/shelf/new")
        | {"title": f"File {number}", "section": "theory", "file": (io.BytesIO(file), "a.pdf")}
        | {"csrf_token": page.token}
        for number in range(8)
    ]
    answers = clicks(page, path, sent)
    assert sorted(answers) == [303] * 3 + [409] * 5
    assert stored.values(sa.select(ShelfFile.size)) == [SIZE] * 3
    assert stored.count(ShelfItem) == 3
