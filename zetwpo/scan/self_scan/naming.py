"""What pages and files call the scans of one person that were finished: by their day."""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime

from zetwpo.clock import dutch
from zetwpo.i18n import day, moment
from zetwpo.scan.self_scan.queries import ScanCard
from zetwpo.scan.telling_apart import Moment, told_apart


def days_of(scans: Iterable[ScanCard]) -> dict[uuid.UUID, str]:
    """For example '3 mei 2026', and '3 mei 2026, 14:05' where two were finished on that day."""
    return _named(scans, lambda at: Moment(day(at), moment(at)))


def stamps_of(scans: Iterable[ScanCard]) -> dict[uuid.UUID, str]:
    """The same for the name of a file: '2026-05-03', or '2026-05-03-1405'."""
    return _named(
        scans, lambda at: Moment(f"{dutch(at):%Y-%m-%d}", f"{dutch(at):%Y-%m-%d-%H%M}", "-{}")
    )


def _named(scans: Iterable[ScanCard], name: Callable[[datetime], Moment]) -> dict[uuid.UUID, str]:
    found = [(each.submitted_at, each.id) for each in scans if each.submitted_at]
    in_order = sorted(found)
    labels = told_apart([name(at) for at, _id in in_order])
    return {key: label for (_at, key), label in zip(in_order, labels, strict=True)}
