"""Lays out what lies on the shelf of a demo trajectory, and what is read for which meeting."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from zetwpo.cycle.meetings.queries import MeetingRow
from zetwpo.cycle.shelf import service
from zetwpo.cycle.shelf.file_kinds import recognise
from zetwpo.cycle.shelf.queries import Shelf, items_on, shelf_of
from zetwpo.cycle.shelf.service import NewFile
from zetwpo.demo.content import FILES, ShelfThing
from zetwpo.demo.stage import Stage
from zetwpo.edits import Sent

# From the end of the meeting before the one for which it is to be read, or of the first one.
PUT = timedelta(days=1)


def lay_out_shelf(stage: Stage, told: Sequence[ShelfThing], meetings: Sequence[MeetingRow]) -> None:
    """Put these things there, each in time to be read."""
    for before, meeting in pairwise(meetings):
        here = [each for each in told if (each.read_for or 2) == meeting.number]
        titles = [each.title for each in here if each.read_for]
        with stage.at(before.ends_at + PUT):
            for each in here:
                _put(stage, each)
            if titles:
                _let_read(stage, titles, meeting)


def _put(stage: Stage, told: ShelfThing) -> None:
    fields = {
        "title": told.title,
        "section": told.section,
        "area": "",
        "text": told.text,
        "url": told.url,
    }
    by = stage.ids[told.by]
    service.put(_shelf(stage), uuid.uuid4(), fields, _file(told.file), by)


def _file(name: str | None) -> NewFile | None:
    if name is None:
        return None
    content = (FILES / name).read_bytes()
    return NewFile(name, recognise(content, name), content)


def _let_read(stage: Stage, titles: Sequence[str], meeting: MeetingRow) -> None:
    keys = [str(each.id) for each in items_on(_shelf(stage)) if each.title in titles]
    service.read_for(meeting.id, {"here": ""}, Sent({"here": " ".join(keys)}), stage.leader_id)


def _shelf(stage: Stage) -> Shelf:
    found = shelf_of(stage.trajectory)
    assert found is not None  # noqa: S101 (set up before)
    return found
