"""The barest handlers that do the same work: what nobody could leave out, in plain SQL.

Each reads the signed session, looks up who is signed in, checks the form token where there is one,
reads and writes the same rows, as durably, and compresses as the product does. Templates have no
blanks but for the token; there are no rules, no translations, and no forms.
"""

import re
import sqlite3
import uuid
from typing import Any

from flask import Flask, abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import DictLoader

from zetwpo.accounts.guard import SIGN_IN_KEY
from zetwpo.hashing import keyed_hash

# As SQLite keeps moments: in UTC, and without saying so.
NOW = "strftime('%Y-%m-%d %H:%M:%f000')"
WHO = f"""
SELECT person.id, person.name, person.language, membership.role
FROM person
JOIN sign_in ON sign_in.person_id = person.id
LEFT JOIN membership ON membership.person_id = person.id
WHERE sign_in.token_hash = ? AND sign_in.expires_at > {NOW}"""
CARD = "SELECT id, owner_id, response_id, started_at, submitted_at FROM scan WHERE id = ?"
EARLIER = """
SELECT id, owner_id, response_id, started_at, submitted_at FROM scan
WHERE owner_id = ? AND submitted_at < ?
ORDER BY submitted_at DESC LIMIT 1"""
SHARED = f"""
SELECT response_id, name, role, share_from, retracted_at FROM invitation
WHERE scan_id = ? AND share_from <= {NOW} AND withdrawn_at IS NULL
ORDER BY invited_at, name"""
TAKEN = "SELECT kind, key, source FROM taken_item WHERE scan_id = ? ORDER BY taken_at"
QUESTION = """
SELECT version.axis, version.text FROM learning_question_version AS version
JOIN learning_question ON learning_question.id = version.question_id
WHERE learning_question.scan_id = ?
ORDER BY version.number DESC LIMIT 1"""
FILLED = """
SELECT id, 'form', questionnaire, version, form FROM response WHERE id IN ({0})
UNION ALL
SELECT response_id, 'answer', statement, value, '' FROM answer WHERE response_id IN ({0})
UNION ALL
SELECT response_id, kind, axis, 0, text FROM open_answer WHERE response_id IN ({0})"""
STORE_ANSWER = """
INSERT INTO answer (response_id, statement, value) VALUES (?, ?, ?)
ON CONFLICT (response_id, statement) DO UPDATE SET value = excluded.value"""
STORE_TEXT = """
INSERT INTO open_answer (response_id, kind, axis, text) VALUES (?, ?, ?, ?)
ON CONFLICT (response_id, kind, axis) DO UPDATE SET text = excluded.text"""
SUBMIT = f"UPDATE scan SET submitted_at = {NOW} WHERE id = ? AND submitted_at IS NULL"
RECORD = f"""
INSERT INTO audit_entry (id, at, action, actor_id, object_id)
VALUES (?, {NOW}, 'scan submitted', ?, ?)"""

Rows = list[tuple[Any, ...]]


def make_bare(product: Flask, connection: sqlite3.Connection, pages: dict[str, str]) -> Flask:
    """The handlers beside this product, on a connection to its database.

    `pages` has what the product shows, to be shown again: "part" and "result".
    """
    app = Flask("bare")
    app.config.from_mapping(
        {
            key: value
            for key, value in product.config.items()
            if key.startswith(("COMPRESS_", "SECRET_KEY", "SESSION_", "WTF_"))
        }
    )
    CSRFProtect(app)
    Compress(app)
    app.jinja_loader = DictLoader({name: as_template(page) for name, page in pages.items()})

    def ask(question: str, *values: str) -> Rows:
        return connection.execute(question, values).fetchall()

    def find_scan(scan_id: uuid.UUID) -> tuple[Any, ...]:
        """The scan of whoever is signed in."""
        actors = ask(WHO, keyed_hash(session[SIGN_IN_KEY]))
        scans = ask(CARD, scan_id.hex)
        if not actors or not scans or scans[0][1] != actors[0][0]:
            abort(404)
        return scans[0]

    def get_filled(*ids: str) -> dict[str, dict[tuple[str, str], Any]]:
        blanks = ", ".join("?" * len(ids))
        found: dict[str, dict[tuple[str, str], Any]] = {key: {} for key in ids}
        for key, kind, name, number, words in ask(FILLED.format(blanks), *ids, *ids, *ids):
            found[key][kind, name] = words or number
        return found

    @app.get("/scan/<uuid:scan_id>/part/<int:number>")
    def part(scan_id: uuid.UUID, number: int) -> ResponseReturnValue:
        connection.execute("BEGIN")
        get_filled(find_scan(scan_id)[2])
        connection.execute("ROLLBACK")
        return render_template("part")

    @app.post("/scan/<uuid:scan_id>/part/<int:number>")
    def save_part(scan_id: uuid.UUID, number: int) -> ResponseReturnValue:
        connection.execute("BEGIN IMMEDIATE")
        response_id = find_scan(scan_id)[2]
        get_filled(response_id)
        answers, texts = _sent(response_id)
        connection.executemany(STORE_ANSWER, answers)
        connection.executemany(STORE_TEXT, texts)
        connection.execute("COMMIT")
        return redirect(f"/scan/{scan_id}/part/{number + 1}", 303)

    @app.post("/scan/<uuid:scan_id>/submit")
    def submit(scan_id: uuid.UUID) -> ResponseReturnValue:
        connection.execute("BEGIN IMMEDIATE")
        _id, owner_id, response_id, *_rest = find_scan(scan_id)
        get_filled(response_id)
        connection.execute(SUBMIT, (scan_id.hex,))
        connection.execute(RECORD, (uuid.uuid4().hex, owner_id, scan_id.hex))
        connection.execute("COMMIT")
        return redirect(f"/scan/{scan_id}/result", 303)

    @app.get("/scan/<uuid:scan_id>/result")
    def result(scan_id: uuid.UUID) -> ResponseReturnValue:
        connection.execute("BEGIN")
        _id, owner_id, response_id, _started_at, submitted_at = find_scan(scan_id)
        earlier = ask(EARLIER, owner_id, submitted_at)
        shared = ask(SHARED, scan_id.hex)
        get_filled(response_id, *(scan[2] for scan in earlier), *(each[0] for each in shared))
        ask(TAKEN, scan_id.hex)
        ask(QUESTION, scan_id.hex)
        connection.execute("ROLLBACK")
        return render_template("result")

    return app


def as_template(page: str) -> str:
    """The finished page, in which only the form token is filled in."""
    blank = r'\1{% endraw %}{{ csrf_token() }}{% raw %}"'
    return "{% raw %}" + re.sub(r'(name="csrf_token" value=")[^"]*"', blank, page) + "{% endraw %}"


def _sent(response_id: str) -> tuple[Rows, Rows]:
    answers: Rows = []
    texts: Rows = []
    for name, value in request.form.items():
        if name.startswith("text-"):
            _text, kind, axis = name.split("-")
            texts.append((response_id, kind, axis, value))
        elif value.isdigit():
            answers.append((response_id, name.removeprefix("statement-"), int(value)))
    return answers, texts
