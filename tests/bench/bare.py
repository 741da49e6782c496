"""The barest Flask handlers that do the same: plain SQL, and a template without a blank."""

import sqlite3
import threading
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from jinja2 import DictLoader

from zetwpo.database import prepare_engine

KEEP_ANSWER = """
INSERT INTO answer (response_id, statement, value) VALUES (?, ?, ?)
ON CONFLICT (response_id, statement) DO UPDATE SET value = excluded.value"""
KEEP_TEXT = """
INSERT INTO open_answer (response_id, kind, axis, text) VALUES (?, ?, ?, ?)
ON CONFLICT (response_id, kind, axis) DO UPDATE SET text = excluded.text"""
NOW = "strftime('%Y-%m-%d %H:%M:%f000')"
SUBMIT = f"UPDATE scan SET submitted_at = {NOW} WHERE id = ?"
RECORD = f"""
INSERT INTO audit_entry (id, at, action, actor_id, object_id)
VALUES (?, {NOW}, 'scan submitted', ?, ?)"""


def make_bare(database: Path, page: str, compression: dict[str, Any]) -> Flask:
    """An application with nothing around the work itself."""
    app = Flask(__name__)
    app.config.update(compression)
    Compress(app)
    app.jinja_loader = DictLoader({"page.html": "{% raw %}" + page + "{% endraw %}"})
    connection = _connections(database)

    @app.post("/save/<uuid:response_id>")
    def save(response_id: uuid.UUID) -> ResponseReturnValue:
        answers, texts = [], []
        for name, value in request.form.items():
            if name.startswith("text-"):
                _text, kind, axis = name.split("-")
                texts.append((response_id.hex, kind, axis, value))
            else:
                answers.append((response_id.hex, name, int(value)))
        writer = connection()
        writer.execute("BEGIN IMMEDIATE")
        writer.executemany(KEEP_ANSWER, answers)
        writer.executemany(KEEP_TEXT, texts)
        writer.execute("COMMIT")
        return redirect("/next", 303)

    @app.post("/submit/<uuid:scan_id>/<uuid:actor_id>")
    def submit(scan_id: uuid.UUID, actor_id: uuid.UUID) -> ResponseReturnValue:
        writer = connection()
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(SUBMIT, (scan_id.hex,))
        writer.execute(RECORD, (uuid.uuid4().hex, actor_id.hex, scan_id.hex))
        writer.execute("COMMIT")
        return redirect("/next", 303)

    @app.get("/page")
    def show() -> ResponseReturnValue:
        return render_template("page.html")

    return app


def _connections(database: Path) -> Any:
    """A function that gives each thread its connection, as durable as those of the product."""
    engine = sa.create_engine(f"sqlite:///{database}")
    prepare_engine(engine)
    mine = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(mine, "connection"):
            mine.connection = engine.raw_connection()
        return mine.connection.driver_connection  # type: ignore[no-any-return]

    return connection
