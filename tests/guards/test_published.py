"""What was published never changes: there is no way to, and nothing that people do comes near."""

import ast
from collections.abc import Iterator

from tests.application import Stored
from tests.factories import Maker
from tests.guards.world import World
from zetwpo.config import ROOT
from zetwpo.extensions import db
from zetwpo.library import service
from zetwpo.library.models import PublishedContent
from zetwpo.privacy.service import erase
from zetwpo.privacy.tidying import tidy

NAME = PublishedContent.__name__
# Where it may be named: to make a row, and to read one.
MAKES, READS = "library/service.py", ("library/queries.py", "library/personal_data.py")


def named(tree: ast.AST) -> Iterator[str]:
    """How the table is used: the name of each call that it is given to, and of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = [ast.unparse(each) for each in (node.func, *node.args)]
            if words[0] == NAME or NAME in words[1:]:
                yield words[0]


def test_no_code_changes_or_deletes_it() -> None:
    found = {}
    for path in (ROOT / "zetwpo").rglob("*.py"):
        text = path.read_text("utf-8")
        if NAME in text or f'"{PublishedContent.__tablename__}"' in text:
            found[str(path.relative_to(ROOT / "zetwpo"))] = set(named(ast.parse(text)))
    assert found.pop("library/models.py") == set()
    assert found.pop(MAKES) == {NAME}
    assert set(found) == set(READS)
    assert set().union(*found.values()) <= {"sa.select"}


def test_whatever_becomes_of_drafts_and_people_it_says_the_same(
    world: World, stored: Stored, make: Maker
) -> None:
    def said() -> list[tuple[object, ...]]:
        columns = [
            column for column in PublishedContent.__table__.columns if not column.foreign_keys
        ]
        return sorted(map(tuple, stored.rows(db.select(*columns))), key=repr)

    before = said()
    assert before
    where, outsider = world.partnerships["elsewhere"], world.people["outsider"]
    with make.request():
        draft = service.get_draft(where)
        service.discard_draft(where, draft.revision, outsider.id)
    make.questionnaire_draft(outsider, partnership="Partnership of others")
    with make.request():
        for each in world.people.values():
            erase(each.id)
        tidy()
    assert said() == before
